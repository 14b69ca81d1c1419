import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Document, Job, List } from '#api/api-model.ts';
import { stretchPages } from './page-stretch.ts';
import { isOpen, withJob } from './job-state.ts';

type Pages<Item> = InfiniteData<List<Item>>;

/**
 * Puts snapshots of runs into everything on screen. Answers true when the lists must be read again
 * because a snapshot cannot make them right by itself: a new document, or a finished one.
 */
export function applyJobs(queryClient: QueryClient, jobs: readonly Job[]): boolean {
  let needsLists = false;
  for (const job of jobs) {
    const before = knownJob(queryClient, job.id);
    patchLists(queryClient, job);
    const hasMoved = before !== undefined && before.status !== job.status;
    const { documentId } = job;
    if (documentId !== null && (hasMoved || before?.pagesDone !== job.pagesDone)) {
      void refreshPageSizes(queryClient, documentId);
    }
    if (hasMoved) {
      void queryClient.invalidateQueries({ queryKey: ['job-history', job.id] });
      if (documentId !== null) {
        void queryClient.invalidateQueries({ queryKey: ['page', documentId] });
        void queryClient.invalidateQueries({ queryKey: ['document', documentId] });
      }
    }
    needsLists ||= before === undefined || (hasMoved && !isOpen(job));
  }
  rememberJobs(queryClient, jobs);
  return needsLists;
}

/** Reads again only those stretches of pages that were not complete. */
async function refreshPageSizes(queryClient: QueryClient, documentId: string): Promise<void> {
  await queryClient.invalidateQueries(
    {
      queryKey: ['page-sizes', documentId],
      predicate: (query) => !isFullStretch(query.state.data),
    },
    { cancelRefetch: false },
  );
}

function isFullStretch(data: unknown): boolean {
  return (
    typeof data === 'object' &&
    data !== null &&
    'items' in data &&
    Array.isArray(data.items) &&
    data.items.length >= stretchPages
  );
}

function patchLists(queryClient: QueryClient, job: Job): void {
  queryClient.setQueriesData<Pages<Document>>({ queryKey: ['documents'] }, (pages) =>
    mapItems(pages, (document) => withJob(document, job)),
  );
  queryClient.setQueryData<Document>(['document', job.documentId], (document) =>
    document ? withJob(document, job) : undefined,
  );
  queryClient.setQueriesData<Pages<Job>>({ queryKey: ['jobs'] }, (pages) =>
    mapItems(pages, (old) => (old.id === job.id ? job : old)),
  );
}

/** Changes items in place of a paged list; pages in which nothing changed stay the same object. */
export function mapItems<Item>(
  pages: Pages<Item> | undefined,
  change: (item: Item) => Item,
): Pages<Item> | undefined {
  if (!pages) return undefined;
  let isChanged = false;
  const changed = pages.pages.map((page) => {
    const items = page.items.map(change);
    if (items.every((item, index) => item === page.items[index])) return page;
    isChanged = true;
    return { ...page, items };
  });
  return isChanged ? { ...pages, pages: changed } : pages;
}

/** The last snapshot of a run that came in; undefined for one that is new here. */
export function knownJob(queryClient: QueryClient, jobId: string): Job | undefined {
  return queryClient.getQueryData<ReadonlyMap<string, Job>>(['live-jobs'])?.get(jobId);
}

/** Keeps the last snapshot of each run, to tell what is new in the next. */
export function rememberJobs(queryClient: QueryClient, jobs: readonly Job[]): void {
  const known = new Map(queryClient.getQueryData<ReadonlyMap<string, Job>>(['live-jobs']));
  for (const job of jobs) known.set(job.id, job);
  queryClient.setQueryData<ReadonlyMap<string, Job>>(['live-jobs'], known);
}

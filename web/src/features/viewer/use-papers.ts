import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Document, PageSummary } from '#api/api-model.ts';
import { stretchPages } from '#features/jobs/page-stretch.ts';
import type { PaperSize } from './page-layout.ts';
import { pageSizesQuery } from './viewer-queries.ts';

export interface Paper extends PaperSize {
  /** What is known of the page; undefined until it has been read. */
  summary: PageSummary | undefined;
}

/** The pages of a document. Those not read yet get the size of the page before them. */
export function usePapers(document: Document): readonly Paper[] {
  const stretches = Math.max(1, Math.ceil((document.pageCount ?? 0) / stretchPages));
  const summaries = useQueries({
    queries: Array.from({ length: stretches }, (_, stretch) =>
      pageSizesQuery(document.id, stretch),
    ),
    combine: joinStretches,
  });
  return useMemo(
    () => fillPapers(summaries, document.pageCount ?? 0),
    [summaries, document.pageCount],
  );
}

function joinStretches(
  results: readonly { data: { items: PageSummary[] } | undefined }[],
): PageSummary[] {
  return results.flatMap((result) => result.data?.items ?? []);
}

const unknownPaper = { width: 595, height: 842 };

/** Gives every page up to `pageCount` a size. */
export function fillPapers(summaries: readonly PageSummary[], pageCount: number): Paper[] {
  const byNumber = new Map(summaries.map((summary) => [summary.number, summary]));
  const count = Math.max(pageCount, ...summaries.slice(-1).map((summary) => summary.number));
  let last: PaperSize = summaries[0] ?? unknownPaper;
  return Array.from({ length: count }, (_, index) => {
    const summary = byNumber.get(index + 1);
    if (summary) last = summary;
    return { width: last.width, height: last.height, summary };
  });
}

import { getDocument } from '#features/documents/index.ts';
import type { Actor } from '#features/identity/index.ts';
import type { JobBells, ProcessingJob } from '#features/jobs/index.ts';
import { createExtractJob, getJob } from '#features/jobs/index.ts';
import { type UsageLimitDeps, requirePages } from '#features/usage/index.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { defaultReadingSettings } from '#pipeline/reading-settings.ts';
import type { RunWish } from './run.ts';
import { planRun } from './run.ts';

export interface RunDeps extends UsageLimitDeps {
  bells: JobBells;
}

/**
 * Reads a document again: the whole of it, some pages or one stage, with other settings if wanted. Pages that are
 * read again replace what was stored of them, but for those a person has worked on. Throws `document.not_found`, `job.state_conflict` while a run
 * is open, `usage.limit_reached`, and what `planRun` throws.
 */
export async function startRun(
  deps: RunDeps,
  actor: Actor,
  documentId: DocumentId,
  wish: RunWish & { priority?: number | undefined },
): Promise<ProcessingJob> {
  const document = await getDocument(deps, actor, documentId);
  const { items, pagesPlanned, options } = planRun(
    wish,
    document,
    defaultReadingSettings.rangePages,
  );
  const pages = pagesPlanned ?? document.pageCount ?? 1;
  if (pages > 0) await requirePages(deps, document.ownerId, pages);
  const jobId = await deps.database.transaction(
    (sql) =>
      createExtractJob(sql, deps.bells, actor, document.versionId, {
        options,
        pagesPlanned,
        ...(items && { items }),
        ...(wish.priority !== undefined && { priority: wish.priority }),
      }),
    { actor },
  );
  return getJob(deps, actor, jobId);
}

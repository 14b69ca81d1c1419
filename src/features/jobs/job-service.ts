import type { Database, Transaction } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { raise } from '#kernel/app-error.ts';
import { decodeIdCursor, pageOf } from '#kernel/cursor.ts';
import type { JobId, VersionId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { JobStatus } from '#kernel/state-machines.ts';
import type { Bell } from '#queue/bell.ts';
import { enqueueItems } from '#queue/queue-repository.ts';
import type { HistoryEntry, ProcessingJob } from './job.ts';
import { jobNotFound } from './job.ts';
import type { NewJob } from './job-repository.ts';
import { findJob, insertJob, listHistory, listJobs } from './job-repository.ts';
import type { OpenWork, StagePerformance } from './queue-stats-repository.ts';
import { listOpenWork, listStagePerformance } from './queue-stats-repository.ts';

export interface JobBells {
  /** Rung when there are new work items. */
  queue: Bell;
  /** Rung with the id of a job that changed. */
  jobs: Bell;
  /** Rung with the id of a job whose running work should stop. */
  cancel: Bell;
}

export interface JobDeps {
  database: Database;
  bells: JobBells;
}

/** A stage over a range of pages that a job starts with. */
export interface FirstItem {
  stage: string;
  pageFrom: number;
  pageTo: number;
}

/** What every run over a whole document starts with; the page count is not known yet. */
const wholeDocument: readonly FirstItem[] = [{ stage: 'classify', pageFrom: 1, pageTo: 1 }];

/**
 * Creates an extract job with its first work items in the caller's transaction. Throws `job.state_conflict` when
 * the version is being processed already.
 */
export async function createExtractJob(
  sql: Transaction,
  bells: JobBells,
  actor: Actor,
  versionId: VersionId,
  wish: Partial<Pick<NewJob, 'options' | 'priority' | 'pagesPlanned'>> & {
    items?: readonly FirstItem[];
  } = {},
): Promise<JobId> {
  const id = newId<JobId>();
  const { items = wholeDocument, ...rest } = wish;
  const priority = wish.priority ?? 0;
  await insertJob(sql, actor, { id, versionId, openItems: items.length, options: {}, ...rest });
  await enqueueItems(
    sql,
    items.map(({ stage, pageFrom, pageTo }) => ({
      ownerId: actor.userId,
      jobId: id,
      queue: stage,
      pageFrom,
      pageTo,
      priority,
    })),
  );
  ringAfterCommit(sql, bells, id);
  return id;
}

/** Throws `job.not_found`. */
export async function getJob(deps: JobDeps, actor: Actor, id: JobId): Promise<ProcessingJob> {
  return (await findJob(deps.database.as(actor), actor, id)) ?? raise(jobNotFound(id));
}

export async function getJobPage(
  deps: JobDeps,
  actor: Actor,
  query: { status: JobStatus | undefined; cursor: string | undefined; limit: number },
): Promise<{ items: ProcessingJob[]; nextCursor: string | null }> {
  const before = query.cursor === undefined ? null : decodeIdCursor(query.cursor);
  const { status, limit } = query;
  const rows = await listJobs(deps.database.as(actor), actor, { status, before, limit });
  return pageOf(rows, limit, (job) => [job.id]);
}

/** Throws `job.not_found`. */
export async function getJobHistory(
  deps: JobDeps,
  actor: Actor,
  id: JobId,
): Promise<HistoryEntry[]> {
  const job = await getJob(deps, actor, id);
  return listHistory(deps.database.as(actor), job.id);
}

/** How much work of the actor's is open, and how its stages did in the last 24 hours. */
export async function getQueueStats(
  deps: JobDeps,
  actor: Actor,
): Promise<{ open: OpenWork[]; stages: StagePerformance[] }> {
  const sql = deps.database.as(actor);
  const [open, stages] = await Promise.all([
    listOpenWork(sql, actor),
    listStagePerformance(sql, actor),
  ]);
  return { open, stages };
}

/** Wakes workers for new items of a job, and whoever watches it, once they are there. */
export function ringAfterCommit(sql: Transaction, bells: JobBells, id: JobId): void {
  sql.afterCommit(() => {
    bells.queue.ring();
    bells.jobs.ring(id);
  });
}

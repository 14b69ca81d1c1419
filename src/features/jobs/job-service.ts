import type { Database, Transaction } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { raise } from '#kernel/app-error.ts';
import { decodeIdCursor, pageOf } from '#kernel/cursor.ts';
import type { JobId, VersionId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { JobStatus } from '#kernel/state-machines.ts';
import { isFinishedJob } from '#kernel/state-machines.ts';
import type { Bell } from '#queue/bell.ts';
import { enqueueItems, redriveItems, removeItems } from '#queue/queue-repository.ts';
import type { HistoryEntry, ProcessingJob } from './job.ts';
import { jobConflict, jobNotFound } from './job.ts';
import {
  cancelJobRow,
  findJob,
  insertJob,
  listHistory,
  listJobs,
  lockJob,
  requeueJobRow,
} from './job-repository.ts';

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

/** Creates an extract job with its first work item in the caller's transaction. */
export async function createExtractJob(
  sql: Transaction,
  bells: JobBells,
  actor: Actor,
  versionId: VersionId,
): Promise<JobId> {
  const id = newId<JobId>();
  await insertJob(sql, actor, { id, versionId, openItems: 1, options: {} });
  await enqueueItems(sql, [
    { ownerId: actor.userId, jobId: id, queue: 'classify', pageFrom: 1, pageTo: 1, priority: 0 },
  ]);
  ringAfterCommit(sql, bells, id);
  return id;
}

/** Throws `job.not_found`. */
export async function getJob(deps: JobDeps, actor: Actor, id: JobId): Promise<ProcessingJob> {
  return (await findJob(deps.database.sql, actor, id)) ?? raise(jobNotFound(id));
}

export async function getJobPage(
  deps: JobDeps,
  actor: Actor,
  query: { status: JobStatus | undefined; cursor: string | undefined; limit: number },
): Promise<{ items: ProcessingJob[]; nextCursor: string | null }> {
  const before = query.cursor === undefined ? null : decodeIdCursor(query.cursor);
  const { status, limit } = query;
  const rows = await listJobs(deps.database.sql, actor, { status, before, limit });
  return pageOf(rows, limit, (job) => [job.id]);
}

/** Throws `job.not_found`. */
export async function getJobHistory(
  deps: JobDeps,
  actor: Actor,
  id: JobId,
): Promise<HistoryEntry[]> {
  const job = await getJob(deps, actor, id);
  return listHistory(deps.database.sql, job.id);
}

/**
 * Runs a failed job again from where it failed: its dead items are tried anew and what was stored stays.
 * Throws `job.not_found`, or `job.state_conflict` unless the job has failed.
 */
export async function retryJob(deps: JobDeps, actor: Actor, id: JobId): Promise<ProcessingJob> {
  await deps.database.transaction(async (sql) => {
    const job = (await lockJob(sql, actor, id)) ?? raise(jobNotFound(id));
    if (job.status !== 'failed') throw jobConflict(job, 'retried');
    const redriven = await redriveItems(sql, id);
    await requeueJobRow(sql, id, Math.max(1, redriven));
    if (redriven === 0) {
      await enqueueItems(sql, [
        {
          ownerId: actor.userId,
          jobId: id,
          queue: 'classify',
          pageFrom: 1,
          pageTo: 1,
          priority: 0,
        },
      ]);
    }
    ringAfterCommit(sql, deps.bells, id);
  });
  return getJob(deps, actor, id);
}

/** Ends an open job. What was read stays. Throws `job.not_found` or `job.state_conflict`. */
export async function cancelJob(deps: JobDeps, actor: Actor, id: JobId): Promise<ProcessingJob> {
  await deps.database.transaction(async (sql) => {
    const job = (await lockJob(sql, actor, id)) ?? raise(jobNotFound(id));
    if (isFinishedJob(job.status)) throw jobConflict(job, 'cancelled');
    await removeItems(sql, id);
    await cancelJobRow(sql, id);
    sql.afterCommit(() => {
      deps.bells.cancel.ring(id);
      deps.bells.jobs.ring(id);
    });
  });
  return getJob(deps, actor, id);
}

function ringAfterCommit(sql: Transaction, bells: JobBells, id: JobId): void {
  sql.afterCommit(() => {
    bells.queue.ring();
    bells.jobs.ring(id);
  });
}

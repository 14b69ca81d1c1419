import type { Transaction } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { raise } from '#kernel/app-error.ts';
import type { JobId } from '#kernel/ids.ts';
import type { JobStatus } from '#kernel/state-machines.ts';
import { isFinishedJob } from '#kernel/state-machines.ts';
import {
  enqueueItems,
  holdItems,
  lockItems,
  prioritiseItems,
  redriveItems,
  removeItems,
  resumeItems,
} from '#queue/queue-repository.ts';
import type { ProcessingJob } from './job.ts';
import { jobConflict, jobNotFound } from './job.ts';
import {
  cancelJobRow,
  countItemsRedriven,
  pauseJobRow,
  requeueJobRow,
  resumeJobRow,
  setJobPriority,
} from './job-control-repository.ts';
import { insertHistory } from './job-progress-repository.ts';
import { lockJob } from './job-repository.ts';
import type { JobDeps } from './job-service.ts';
import { getJob, ringAfterCommit } from './job-service.ts';

/**
 * Changes a job under its lock. Its items are locked first, as by everybody who writes both: so a change waits for
 * effects that are being stored, and those that come later find their lease gone.
 */
async function changeJob(
  deps: JobDeps,
  actor: Actor,
  id: JobId,
  change: (sql: Transaction, job: ProcessingJob) => Promise<void>,
): Promise<ProcessingJob> {
  // Nobody may lock what is not theirs.
  await getJob(deps, actor, id);
  await deps.database.transaction(
    async (sql) => {
      await lockItems(sql, id);
      const job = (await lockJob(sql, actor, id)) ?? raise(jobNotFound(id));
      await change(sql, job);
    },
    { actor },
  );
  return getJob(deps, actor, id);
}

/** Lets what runs for the job stop at once, on whatever machine. */
function stopAfterCommit(sql: Transaction, deps: JobDeps, id: JobId): void {
  sql.afterCommit(() => {
    deps.bells.cancel.ring(id);
    deps.bells.jobs.ring(id);
  });
}

/** Ends an open job. What was read stays. Throws `job.not_found` or `job.state_conflict`. */
export async function cancelJob(deps: JobDeps, actor: Actor, id: JobId): Promise<ProcessingJob> {
  return changeJob(deps, actor, id, async (sql, job) => {
    if (isFinishedJob(job.status)) throw jobConflict(job, 'cancelled');
    await removeItems(sql, id);
    await cancelJobRow(sql, id);
    stopAfterCommit(sql, deps, id);
  });
}

const pausable: ReadonlySet<JobStatus> = new Set(['queued', 'running']);

/**
 * Holds a job: nothing of it starts, and what runs is stopped and will be done again from its start. What was read
 * stays. Throws `job.not_found` or `job.state_conflict`.
 */
export async function pauseJob(deps: JobDeps, actor: Actor, id: JobId): Promise<ProcessingJob> {
  return changeJob(deps, actor, id, async (sql, job) => {
    if (!pausable.has(job.status)) throw jobConflict(job, 'paused');
    await holdItems(sql, id);
    await pauseJobRow(sql, id);
    stopAfterCommit(sql, deps, id);
  });
}

/** Lets a paused job go on. Throws `job.not_found` or `job.state_conflict`. */
export async function resumeJob(deps: JobDeps, actor: Actor, id: JobId): Promise<ProcessingJob> {
  return changeJob(deps, actor, id, async (sql, job) => {
    if (job.status !== 'paused') throw jobConflict(job, 'resumed');
    await resumeItems(sql, id);
    await resumeJobRow(sql, id);
    ringAfterCommit(sql, deps.bells, id);
  });
}

/**
 * Runs a failed job again from where it failed: its dead items are tried anew and what was stored stays.
 * Throws `job.not_found`, or `job.state_conflict` unless the job has failed.
 */
export async function retryJob(deps: JobDeps, actor: Actor, id: JobId): Promise<ProcessingJob> {
  return changeJob(deps, actor, id, async (sql, job) => {
    if (job.status !== 'failed') throw jobConflict(job, 'retried');
    await requeueFailed(sql, deps, job);
  });
}

/**
 * Tries the dead items of a job anew, also while the rest of it still runs or is paused.
 * Throws `job.not_found`, or `job.state_conflict` when the job has none or has ended otherwise.
 */
export async function redriveJob(deps: JobDeps, actor: Actor, id: JobId): Promise<ProcessingJob> {
  return changeJob(deps, actor, id, async (sql, job) => {
    if (job.deadItems === 0) throw jobConflict(job, 'redriven: nothing of it was set aside');
    if (job.status === 'failed') {
      await requeueFailed(sql, deps, job);
      return;
    }
    const items = await redriveItems(sql, id);
    await countItemsRedriven(sql, id, items);
    await noteAction(sql, job, 'job.redrive', { items });
    if (job.status === 'paused') await holdItems(sql, id);
    ringAfterCommit(sql, deps.bells, id);
  });
}

/**
 * Gives an open job another priority, which counts for everything of it that has not begun.
 * Throws `job.not_found` or `job.state_conflict`.
 */
export async function prioritiseJob(
  deps: JobDeps,
  actor: Actor,
  id: JobId,
  priority: number,
): Promise<ProcessingJob> {
  return changeJob(deps, actor, id, async (sql, job) => {
    if (isFinishedJob(job.status)) throw jobConflict(job, 'given another priority');
    if (job.priority === priority) return;
    await prioritiseItems(sql, id, priority);
    await setJobPriority(sql, id, priority);
    await noteAction(sql, job, 'job.priority', { from: job.priority, to: priority });
    ringAfterCommit(sql, deps.bells, id);
  });
}

async function requeueFailed(sql: Transaction, deps: JobDeps, job: ProcessingJob): Promise<void> {
  const { id, ownerId, priority } = job;
  const redriven = await redriveItems(sql, id);
  await requeueJobRow(sql, id, Math.max(1, redriven));
  await noteAction(sql, job, 'job.retry', { items: redriven });
  // An export whose files are all made or given up has nothing to begin with.
  if (redriven === 0 && job.kind !== 'export') {
    await enqueueItems(sql, [
      { ownerId, jobId: id, queue: 'classify', pageFrom: 1, pageTo: 1, priority },
    ]);
  }
  ringAfterCommit(sql, deps.bells, id);
}

async function noteAction(
  sql: Transaction,
  job: ProcessingJob,
  action: string,
  details: Record<string, unknown>,
): Promise<void> {
  await insertHistory(sql, {
    ownerId: job.ownerId,
    jobId: job.id,
    action,
    stage: job.stage,
    attempt: job.attempts,
    details,
  });
}

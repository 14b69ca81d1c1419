import type { Database, Transaction } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { type JobBells, lockJobRow } from '#features/jobs/index.ts';
import { raise } from '#kernel/app-error.ts';
import { decodeCursor, pageOf } from '#kernel/cursor.ts';
import type { ReviewTaskId, UserId } from '#kernel/ids.ts';
import { isId } from '#kernel/ids.ts';
import type { ReviewStatus } from '#kernel/state-machines.ts';
import type { HitlTask } from './review.ts';
import { isOpenTask, taskConflict, taskNotFound } from './review.ts';
import type { ReviewSettings } from './review-gate.ts';
import {
  assignTaskRow,
  cancelTaskRow,
  claimNextTask,
  countWaitingTasks,
  findTask,
  listTasks,
  lockTask,
  releaseExpiredTasks,
  releaseTaskRow,
  saveDraftRow,
  startTaskRow,
} from './review-repository.ts';
import { endReviewedJob } from './reviewed-job.ts';

export interface ReviewDeps {
  database: Database;
  bells: JobBells;
  review: ReviewSettings;
}

export interface TaskQuery {
  status: ReviewStatus | undefined;
  mine: boolean;
  cursor: string | undefined;
  limit: number;
}

/** Most urgent first; without a status those that are open. Also says how many are open in all. */
export async function getTaskPage(
  deps: ReviewDeps,
  actor: Actor,
  { cursor, ...query }: TaskQuery,
): Promise<{ items: HitlTask[]; nextCursor: string | null; open: number }> {
  const after = cursor === undefined ? null : decodeTaskCursor(cursor);
  // Not as the actor: a reviewer sees tasks on the documents of others, which the query itself tells apart.
  const [rows, open] = await Promise.all([
    listTasks(deps.database.sql, actor, { ...query, after }),
    countWaitingTasks(deps.database.sql, actor),
  ]);
  return { ...pageOf(rows, query.limit, (task) => [task.priority, task.id]), open };
}

function decodeTaskCursor(cursor: string): { priority: number; id: string } {
  const [priority, id] = decodeCursor(
    cursor,
    2,
    ([first, second]) => Number.isInteger(first) && isId(String(second)),
  );
  return { priority: Number(priority), id: String(id) };
}

/** Throws `review.not_found`. */
export async function getTask(deps: ReviewDeps, actor: Actor, id: ReviewTaskId): Promise<HitlTask> {
  return (await findTask(deps.database.sql, actor, id)) ?? raise(taskNotFound(id));
}

/** Gives the most urgent waiting task to the actor; null when nothing waits. Leases that are over end here. */
export async function claimNext(deps: ReviewDeps, actor: Actor): Promise<HitlTask | null> {
  const id = await deps.database.transaction(async (sql) => {
    const lease = leaseFrom(deps, new Date());
    await releaseExpiredTasks(sql, lease.now);
    return claimNextTask(sql, actor, lease);
  });
  return id === null ? null : getTask(deps, actor, id);
}

/** Gives a waiting task to a reviewer. Throws `review.not_found`, `review.conflict`, or `review.invalid` for nobody. */
export async function assignTask(
  deps: ReviewDeps,
  actor: Actor,
  id: ReviewTaskId,
  reviewer: UserId,
): Promise<HitlTask> {
  return changeTask(deps, actor, id, async (sql, task, lease) => {
    if (task.status !== 'pending') throw taskConflict(task, 'assigned');
    await assignTaskRow(sql, id, reviewer, lease);
  });
}

/** Begins; a waiting task is taken first. Throws `review.not_found` or `review.conflict`. */
export async function startTask(
  deps: ReviewDeps,
  actor: Actor,
  id: ReviewTaskId,
): Promise<HitlTask> {
  return changeTask(deps, actor, id, async (sql, task, lease) => {
    if (task.status === 'pending') await assignTaskRow(sql, id, actor.userId, lease);
    else if (!isOpenTask(task.status) || task.assignedTo !== actor.userId) {
      throw taskConflict(task, 'started');
    }
    await startTaskRow(sql, id, lease);
  });
}

/** Keeps what the reviewer has so far and renews their lease. Throws as `startTask`. */
export async function saveDraft(
  deps: ReviewDeps,
  actor: Actor,
  id: ReviewTaskId,
  draft: Record<string, unknown>,
): Promise<HitlTask> {
  return changeTask(deps, actor, id, async (sql, task, lease) => {
    if (task.assignedTo !== actor.userId) throw taskConflict(task, 'saved');
    await saveDraftRow(sql, id, draft, lease.expiresAt);
  });
}

/** Puts a task back into the queue. Throws as `startTask`. */
export async function releaseTask(
  deps: ReviewDeps,
  actor: Actor,
  id: ReviewTaskId,
): Promise<HitlTask> {
  return changeTask(deps, actor, id, async (sql, task) => {
    const isHolder = task.assignedTo === actor.userId || task.ownerId === actor.userId;
    if (task.assignedTo === null || !isHolder) throw taskConflict(task, 'released');
    await releaseTaskRow(sql, id);
  });
}

/** Takes a question back: the reading stands as it is. The job ends when it was the last one. */
export async function cancelTask(
  deps: ReviewDeps,
  actor: Actor,
  id: ReviewTaskId,
): Promise<HitlTask> {
  return changeTask(deps, actor, id, async (sql, task) => {
    if (!isOpenTask(task.status)) throw taskConflict(task, 'cancelled');
    await cancelTaskRow(sql, id);
    await endReviewedJob(sql, deps.bells, task.jobId);
  });
}

export interface Lease {
  now: Date;
  expiresAt: Date;
}

/** Locks job and task, in this order everywhere, and changes the task. */
export async function changeTask(
  deps: ReviewDeps,
  actor: Actor,
  id: ReviewTaskId,
  change: (sql: Transaction, task: HitlTask, lease: Lease) => Promise<void>,
): Promise<HitlTask> {
  return deps.database.transaction(async (sql) => {
    const { jobId } = (await findTask(sql, actor, id)) ?? raise(taskNotFound(id));
    await lockJobRow(sql, jobId);
    const task = (await lockTask(sql, actor, id)) ?? raise(taskNotFound(id));
    await change(sql, task, leaseFrom(deps, new Date()));
    sql.afterCommit(() => deps.bells.jobs.ring(jobId));
    // As its owner sees it: a reviewer who has given a task back or done it does not have it any more.
    return (await findTask(sql, { ...actor, userId: task.ownerId }, id)) ?? raise(taskNotFound(id));
  });
}

function leaseFrom(deps: ReviewDeps, now: Date): Lease {
  return { now, expiresAt: new Date(now.getTime() + deps.review.leaseMs) };
}

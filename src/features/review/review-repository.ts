import type { Sql, Transaction } from '#db/database.ts';
import { fragment, json, literalInteger } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { JobId, ReviewTaskId, UserId } from '#kernel/ids.ts';
import type { ReviewStatus } from '#kernel/state-machines.ts';
import type { HitlTask } from './review.ts';

const columns = fragment`
  t.id, t.owner_id, t.job_id, d.id as document_id, d.title as document_title, j.version_id, t.page_number,
  t.zone_id, t.reason, t.priority, t.status, t.assigned_to, t.lease_expires_at, t.draft_data, t.final_data,
  t.review_notes, t.due_at, t.completed_by, t.created_at, t.assigned_at, t.started_at, t.completed_at`;

const source = fragment`
  hitl_tasks t
  join processing_jobs j on j.id = t.job_id
  join document_versions v on v.id = j.version_id
  join documents d on d.id = v.document_id and d.deleted_at is null`;

/** Tasks about one's own documents, and those one was given. */
function visibleTo(actor: Actor) {
  return fragment`(t.owner_id = ${actor.userId} or t.assigned_to = ${actor.userId})`;
}

export interface TaskFilter {
  status: ReviewStatus | undefined;
  /** Only tasks of the actor themselves. */
  mine: boolean;
  after: { priority: number; id: string } | null;
  limit: number;
}

/** Most urgent first, then oldest; one more than `limit`. Without a status: all that are open. */
export async function listTasks(sql: Sql, actor: Actor, filter: TaskFilter): Promise<HitlTask[]> {
  const { status, mine, after, limit } = filter;
  const inStatus =
    status === undefined
      ? fragment`t.status in ('pending', 'assigned', 'in_progress')`
      : fragment`t.status = ${status}`;
  const behind = after
    ? fragment`(t.priority < ${after.priority} or (t.priority = ${after.priority} and t.id > ${after.id}))`
    : fragment`true`;
  return sql<HitlTask>`
    select ${columns} from ${source}
    where ${visibleTo(actor)} and ${inStatus} and ${behind}
      and (not ${mine} or t.assigned_to = ${actor.userId})
    order by t.priority desc, t.id limit ${literalInteger(limit + 1)}`;
}

export async function findTask(sql: Sql, actor: Actor, id: ReviewTaskId): Promise<HitlTask | null> {
  const rows = await sql<HitlTask>`
    select ${columns} from ${source} where t.id = ${id} and ${visibleTo(actor)}`;
  return rows[0] ?? null;
}

/** The same, locked until the end of the transaction. */
export async function lockTask(
  sql: Transaction,
  actor: Actor,
  id: ReviewTaskId,
): Promise<HitlTask | null> {
  const rows = await sql<HitlTask>`
    select ${columns} from ${source} where t.id = ${id} and ${visibleTo(actor)} for no key update of t`;
  return rows[0] ?? null;
}

/** Tasks whose reviewer let their lease run out wait for another one. Resolves to how many. */
export async function releaseExpiredTasks(sql: Sql, now: Date): Promise<number> {
  const rows = await sql`
    update hitl_tasks set assigned_to = null
    where id in (
      select id from hitl_tasks
      where status in ('assigned', 'in_progress') and lease_expires_at < ${now}
      for update skip locked
    )
    returning id`;
  return rows.length;
}

/** Gives the most urgent waiting task to a reviewer; null when none waits. Two reviewers never get one task. */
export async function claimNextTask(
  sql: Transaction,
  actor: Actor,
  lease: { now: Date; expiresAt: Date },
): Promise<ReviewTaskId | null> {
  const rows = await sql<{ id: ReviewTaskId }>`
    update hitl_tasks
    set status = 'assigned', assigned_to = ${actor.userId}, assigned_at = ${lease.now},
      lease_expires_at = ${lease.expiresAt}
    where id = (
      select t.id from ${source}
      where t.owner_id = ${actor.userId} and t.status = 'pending'
      order by t.priority desc, t.id limit 1
      for update of t skip locked
    )
    returning id`;
  return rows[0]?.id ?? null;
}

export async function assignTaskRow(
  sql: Transaction,
  id: ReviewTaskId,
  reviewer: UserId,
  lease: { now: Date; expiresAt: Date },
): Promise<void> {
  await sql`
    update hitl_tasks
    set status = 'assigned', assigned_to = ${reviewer}, assigned_at = ${lease.now},
      lease_expires_at = ${lease.expiresAt}
    where id = ${id}`;
}

export async function startTaskRow(
  sql: Transaction,
  id: ReviewTaskId,
  lease: { now: Date; expiresAt: Date },
): Promise<void> {
  await sql`
    update hitl_tasks
    set status = 'in_progress', started_at = coalesce(started_at, ${lease.now}), lease_expires_at = ${lease.expiresAt}
    where id = ${id}`;
}

/** Keeps what a reviewer has so far beside what the machine made, and renews the lease. */
export async function saveDraftRow(
  sql: Transaction,
  id: ReviewTaskId,
  draft: Record<string, unknown>,
  expiresAt: Date,
): Promise<void> {
  await sql`
    update hitl_tasks
    set draft_data = draft_data || jsonb_build_object('decision', ${json(draft)}::jsonb), lease_expires_at = ${expiresAt}
    where id = ${id}`;
}

/** Back into the queue, where the trigger of the schema puts what nobody has. */
export async function releaseTaskRow(sql: Transaction, id: ReviewTaskId): Promise<void> {
  await sql`update hitl_tasks set assigned_to = null where id = ${id}`;
}

export async function cancelTaskRow(sql: Transaction, id: ReviewTaskId): Promise<void> {
  await sql`update hitl_tasks set status = 'cancelled', assigned_to = null where id = ${id}`;
}

export async function completeTaskRow(
  sql: Transaction,
  id: ReviewTaskId,
  decision: { finalData: Record<string, unknown>; notes: string | null; by: UserId; now: Date },
): Promise<void> {
  const { finalData, notes, by, now } = decision;
  await sql`
    update hitl_tasks
    set status = 'completed', assigned_to = null, completed_at = ${now}, completed_by = ${by},
      final_data = ${json(finalData)}, review_notes = coalesce(${notes}, review_notes)
    where id = ${id}`;
}

/** Questions of a run that are still open. */
export async function countOpenTasks(sql: Sql, jobId: JobId): Promise<number> {
  const rows = await sql<{ count: number }>`
    select count(*) as count from hitl_tasks
    where job_id = ${jobId} and status in ('pending', 'assigned', 'in_progress')`;
  return rows[0]?.count ?? 0;
}

/** Open questions of the actor, for the sign beside the menu. */
export async function countWaitingTasks(sql: Sql, actor: Actor): Promise<number> {
  const rows = await sql<{ count: number }>`
    select count(*) as count from ${source}
    where ${visibleTo(actor)} and t.status in ('pending', 'assigned', 'in_progress')`;
  return rows[0]?.count ?? 0;
}

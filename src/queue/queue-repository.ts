import type { Sql, Transaction } from '#db/database.ts';
import type { JobId, WorkerId } from '#kernel/ids.ts';
import { OwnerTurns } from './owner-turns.ts';
import type { NewWorkItem, WorkItem } from './work-item.ts';

/** Inserts work items in the caller's transaction, in one statement. Ring the bell after the commit. */
export async function enqueueItems(sql: Sql, items: readonly NewWorkItem[]): Promise<void> {
  if (items.length === 0) return;
  await sql`
    insert into processing_queue (owner_id, job_id, queue, page_from, page_to, priority, run_at)
    select n.owner_id, n.job_id, n.queue, n.page_from, n.page_to, n.priority, coalesce(n.run_at, now())
    from unnest(
      ${items.map((item) => item.ownerId)}::uuid[],
      ${items.map((item) => item.jobId)}::uuid[],
      ${items.map((item) => item.queue)}::text[],
      ${items.map((item) => item.pageFrom)}::int[],
      ${items.map((item) => item.pageTo)}::int[],
      ${items.map((item) => item.priority)}::smallint[],
      ${items.map((item) => item.runAt ?? null)}::timestamptz[]
    ) as n (owner_id, job_id, queue, page_from, page_to, priority, run_at)`;
}

/**
 * Leases up to `slots[queue]` due items of each queue to a worker: larger priority first, then owners by their
 * turn, then older. SKIP LOCKED keeps workers from waiting for each other; the lease token fences off earlier
 * holders. The claim does not wait for the disk: one that a crash of PostgreSQL undoes is a ready item again.
 */
export async function claimItems(
  sql: Sql,
  worker: WorkerId,
  slots: ReadonlyMap<string, number>,
  leaseMs: number,
  now: Date | null = null,
  turns: OwnerTurns = new OwnerTurns(),
): Promise<WorkItem[]> {
  const queues = [...slots.keys()];
  const table = turns.table(queues);
  const items = await sql<WorkItem>`
    select item.*
    from (select set_config('synchronous_commit', 'off', true)) relaxed
    cross join lateral claim_items(
      ${worker}, ${queues}::text[], ${[...slots.values()]}::int[],
      make_interval(secs => ${leaseMs / 1000}), coalesce(${now}, now()),
      ${table.queues}::text[], ${table.owners}::uuid[], ${table.values}::float8[],
      ${queues.map((queue) => turns.entry(queue))}::float8[]
    ) item`;
  turns.note(items);
  return items;
}

/** A finished item that leaves nothing but its line in the log. */
export interface FinishedItem {
  item: WorkItem;
  durationMs: number;
}

/**
 * Removes finished items and logs each as `item.done`, in one statement. Resolves to the ids whose lease held;
 * the others were handed to somebody else.
 */
export async function finishItems(
  sql: Sql,
  finished: readonly FinishedItem[],
): Promise<Set<number>> {
  const rows = await sql<{ id: number }>`
    select id from finish_items(
      ${finished.map(({ item }) => item.id)}::bigint[],
      ${finished.map(({ item }) => item.leaseToken)}::bigint[],
      ${finished.map(({ durationMs }) => Math.round(durationMs))}::int[]
    ) as id`;
  return new Set(rows.map((row) => row.id));
}

/** Removes a finished item if its lease still holds; false means the effect must be thrown away. */
export async function deleteLeasedItem(sql: Sql, item: WorkItem): Promise<boolean> {
  const rows = await sql`
    delete from processing_queue
    where id = ${item.id} and lease_token = ${item.leaseToken} and status = 'running'
    returning id`;
  return rows.length === 1;
}

/**
 * Gives an item back for another try after `delayMs`; without a delay it keeps its place. False when the lease
 * was lost.
 */
export async function retryItem(
  sql: Sql,
  item: WorkItem,
  delayMs: number,
  error: { code: string; message: string },
  now: Date | null = null,
): Promise<boolean> {
  const rows = await sql`
    update processing_queue
    set status = 'ready', lease_owner = null, lease_expires_at = null,
        run_at = case when ${delayMs} > 0
          then coalesce(${now}, now()) + make_interval(secs => ${delayMs / 1000}) else run_at end,
        error_code = ${error.code}, error_message = ${error.message}
    where id = ${item.id} and lease_token = ${item.leaseToken} and status = 'running'
    returning id`;
  return rows.length === 1;
}

/** Sets an item aside until it is redriven or its job is cancelled. False when the lease was lost. */
export async function buryItem(
  sql: Sql,
  item: WorkItem,
  error: { code: string; message: string },
): Promise<boolean> {
  const rows = await sql`
    update processing_queue
    set status = 'dead', lease_owner = null, lease_expires_at = null,
        error_code = ${error.code}, error_message = ${error.message}
    where id = ${item.id} and lease_token = ${item.leaseToken} and status = 'running'
    returning id`;
  return rows.length === 1;
}

/** Hands back items that were claimed but not finished; the try does not count. */
export async function releaseItems(sql: Sql, items: readonly WorkItem[]): Promise<void> {
  await sql`
    update processing_queue q
    set status = 'ready', lease_owner = null, lease_expires_at = null, attempts = q.attempts - 1
    from unnest(${items.map((item) => item.id)}::bigint[], ${items.map((item) => item.leaseToken)}::bigint[])
      as held (id, token)
    where q.id = held.id and q.lease_token = held.token and q.status = 'running'`;
}

/** Prolongs the leases of a worker and returns the ids it still holds. */
export async function extendLeases(
  sql: Sql,
  worker: WorkerId,
  items: readonly WorkItem[],
  leaseMs: number,
  now: Date | null = null,
): Promise<Set<number>> {
  const rows = await sql<{ id: number }>`
    update processing_queue q
    set lease_expires_at = coalesce(${now}, now()) + make_interval(secs => ${leaseMs / 1000})
    from unnest(${items.map((item) => item.id)}::bigint[], ${items.map((item) => item.leaseToken)}::bigint[])
      as held (id, token)
    where q.id = held.id and q.lease_token = held.token and q.status = 'running'
      and q.lease_owner = ${worker}
    returning q.id`;
  return new Set(rows.map((row) => row.id));
}

/**
 * Locks items whose lease ran out or whose worker is among `deadWorkers`, so that the caller can
 * give them back or bury them in the same transaction.
 */
export async function lockAbandonedItems(
  sql: Transaction,
  deadWorkers: readonly WorkerId[],
  limit: number,
  now: Date | null = null,
): Promise<WorkItem[]> {
  return sql<WorkItem>`
    select q.id, q.owner_id, q.job_id, q.queue, q.page_from, q.page_to, q.priority,
      q.attempts as attempt, q.max_attempts, q.lease_token
    from processing_queue q
    where q.status = 'running'
      and (q.lease_expires_at < coalesce(${now}, now()) or q.lease_owner = any(${deadWorkers}::uuid[]))
    order by q.id
    limit ${limit}
    for update skip locked`;
}

/** Makes the dead items of a job ready again with a fresh count of tries; resolves to how many. */
export async function redriveItems(
  sql: Sql,
  jobId: JobId,
  now: Date | null = null,
): Promise<number> {
  const rows = await sql`
    update processing_queue
    set status = 'ready', attempts = 0, run_at = coalesce(${now}, now()), error_code = null, error_message = null
    where job_id = ${jobId} and status = 'dead'
    returning id`;
  return rows.length;
}

/**
 * Locks the items of a job, waiting for effects that are being stored. Everybody locks items before their job:
 * whoever changes both calls this first.
 */
export async function lockItems(sql: Transaction, jobId: JobId): Promise<void> {
  await sql`select id from processing_queue where job_id = ${jobId} order by id for update`;
}

/**
 * Holds the items of a paused job: none is due, and what runs is taken from its worker, free of charge, so that its
 * effect will be refused. Resolves to how many were held.
 */
export async function holdItems(sql: Sql, jobId: JobId): Promise<number> {
  const rows = await sql`
    update processing_queue
    set attempts = attempts - case status when 'running' then 1 else 0 end,
        status = 'ready', lease_owner = null, lease_expires_at = null, run_at = 'infinity'
    where job_id = ${jobId} and status in ('ready', 'running') and run_at <> 'infinity'
    returning id`;
  return rows.length;
}

/** Makes held items due again; resolves to how many. */
export async function resumeItems(
  sql: Sql,
  jobId: JobId,
  now: Date | null = null,
): Promise<number> {
  const rows = await sql`
    update processing_queue set run_at = coalesce(${now}, now())
    where job_id = ${jobId} and status = 'ready' and run_at = 'infinity'
    returning id`;
  return rows.length;
}

/** Gives every item of a job another priority, those that run too: they may come back. */
export async function prioritiseItems(sql: Sql, jobId: JobId, priority: number): Promise<void> {
  await sql`
    update processing_queue set priority = ${priority}
    where job_id = ${jobId} and priority <> ${priority}`;
}

/** Removes every item of a job, running ones included: their effects will be refused. */
export async function removeItems(sql: Sql, jobId: JobId): Promise<number> {
  const rows = await sql`delete from processing_queue where job_id = ${jobId} returning id`;
  return rows.length;
}

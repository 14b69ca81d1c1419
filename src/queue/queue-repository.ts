import type { Sql, Transaction } from '#db/database.ts';
import type { JobId, WorkerId } from '#kernel/ids.ts';
import type { NewWorkItem, WorkItem } from './work-item.ts';

/** Inserts work items in the caller's transaction, in one statement. Ring the bell after the commit. */
export async function enqueueItems(sql: Sql, items: readonly NewWorkItem[]): Promise<void> {
  if (items.length === 0) return;
  await sql`
    insert into processing_queue (owner_id, job_id, queue, page_from, page_to, priority)
    select * from unnest(
      ${items.map((item) => item.ownerId)}::uuid[],
      ${items.map((item) => item.jobId)}::uuid[],
      ${items.map((item) => item.queue)}::text[],
      ${items.map((item) => item.pageFrom)}::int[],
      ${items.map((item) => item.pageTo)}::int[],
      ${items.map((item) => item.priority)}::smallint[]
    )`;
}

/**
 * Leases up to `slots[queue]` ready items of each queue to a worker: larger priority first, then older.
 * SKIP LOCKED keeps workers from waiting for each other; the lease token fences off earlier holders.
 * The claim does not wait for the disk: one that a crash of PostgreSQL undoes is a ready item again.
 */
export async function claimItems(
  sql: Sql,
  worker: WorkerId,
  slots: ReadonlyMap<string, number>,
  leaseMs: number,
  now: Date | null = null,
): Promise<WorkItem[]> {
  // 1. no wait for the disk, 2. the free slots of each queue, 3. the best ready items for them, 4. lease those
  return sql<WorkItem>`
    with relaxed as (
      select set_config('synchronous_commit', 'off', true)
    ), wanted as (
      select w.queue, w.slots from relaxed, unnest(${[...slots.keys()]}::text[], ${[...slots.values()]}::int[]) as w (queue, slots)
    ), best as (
      select item.id
      from wanted
      cross join lateral (
        select q.id
        from processing_queue q
        where q.status = 'ready' and q.queue = wanted.queue and q.run_at <= coalesce(${now}, now())
        order by q.priority desc, q.id
        limit wanted.slots
        for update skip locked
      ) item
    )
    update processing_queue q
    set status = 'running',
        attempts = q.attempts + 1,
        lease_owner = ${worker},
        lease_token = q.lease_token + 1,
        lease_expires_at = coalesce(${now}, now()) + make_interval(secs => ${leaseMs / 1000}),
        last_attempt_at = coalesce(${now}, now())
    from best
    where q.id = best.id
    returning q.id, q.owner_id, q.job_id, q.queue, q.page_from, q.page_to, q.priority,
      q.attempts as attempt, q.max_attempts, q.lease_token`;
}

/** Removes a finished item if its lease still holds; false means the effect must be thrown away. */
export async function deleteLeasedItem(sql: Sql, item: WorkItem): Promise<boolean> {
  const rows = await sql`
    delete from processing_queue
    where id = ${item.id} and lease_token = ${item.leaseToken} and status = 'running'
    returning id`;
  return rows.length === 1;
}

/** Gives an item back for another try after `delayMs`. False when the lease was lost. */
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
        run_at = coalesce(${now}, now()) + make_interval(secs => ${delayMs / 1000}),
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
export async function redriveItems(sql: Sql, jobId: JobId): Promise<number> {
  const rows = await sql`
    update processing_queue
    set status = 'ready', attempts = 0, run_at = now(), error_code = null, error_message = null
    where job_id = ${jobId} and status = 'dead'
    returning id`;
  return rows.length;
}

/** Removes every item of a job, running ones included: their effects will be refused. */
export async function removeItems(sql: Sql, jobId: JobId): Promise<number> {
  const rows = await sql`delete from processing_queue where job_id = ${jobId} returning id`;
  return rows.length;
}

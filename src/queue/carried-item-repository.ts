import type { Sql } from '#db/database.ts';
import type { WorkerId } from '#kernel/ids.ts';
import type { WorkItem } from './work-item.ts';

/** A ready item, as far as a carrier needs to know it. */
export interface CarriedItem {
  id: number;
  queue: string;
  priority: number;
  /** Tries so far: with the id it names one stay on the queue. */
  attempts: number;
}

/** The first `limit` due items of each queue, in the order in which they should run. */
export async function listReadyItems(
  sql: Sql,
  queues: readonly string[],
  limit: number,
): Promise<CarriedItem[]> {
  return sql<CarriedItem>`
    select item.* from unnest(${queues}::text[]) as wanted (queue)
    cross join lateral (
      select q.id, q.queue, q.priority, q.attempts from processing_queue q
      where q.status = 'ready' and q.queue = wanted.queue and q.run_at <= now()
      order by q.priority desc, q.id limit ${limit}
    ) item`;
}

/** Leases this very item to a worker. Null when it is not ready any more: somebody has it, or it is done. */
export async function claimItem(
  sql: Sql,
  worker: WorkerId,
  id: number,
  leaseMs: number,
): Promise<WorkItem | null> {
  const rows = await sql<WorkItem>`
    with relaxed as (select set_config('synchronous_commit', 'off', true))
    update processing_queue q
    set status = 'running', attempts = q.attempts + 1, lease_owner = ${worker},
        lease_token = q.lease_token + 1, last_attempt_at = now(),
        lease_expires_at = now() + make_interval(secs => ${leaseMs / 1000})
    from relaxed
    where q.id = ${id} and q.status = 'ready' and q.run_at <= now()
    returning q.id, q.owner_id, q.job_id, q.queue, q.page_from, q.page_to, q.priority,
      q.attempts as attempt, q.max_attempts, q.lease_token`;
  return rows[0] ?? null;
}

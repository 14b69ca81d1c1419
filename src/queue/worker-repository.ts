import type { Sql } from '#db/database.ts';
import type { WorkerId } from '#kernel/ids.ts';

export interface WorkerRow {
  id: WorkerId;
  host: string;
  pid: number;
}

export interface WorkerAnnouncement extends WorkerRow {
  /** Names its advisory lock. */
  lockKey: number;
  version: string;
  /** Whether a session of the worker holds that lock. */
  holdsLock?: boolean;
}

/** Announces a worker, or says that it still lives; one that was thought dead is known again. */
export async function announceWorker(sql: Sql, worker: WorkerAnnouncement): Promise<void> {
  await sql`
    insert into workers (id, lock_key, host, pid, version, holds_lock)
    values (${worker.id}, ${worker.lockKey}, ${worker.host}, ${worker.pid}, ${worker.version},
      ${worker.holdsLock ?? false})
    on conflict (id) do update set heartbeat_at = now(), holds_lock = excluded.holds_lock`;
}

export async function deleteWorkers(sql: Sql, ids: readonly WorkerId[]): Promise<void> {
  await sql`delete from workers where id = any(${ids}::uuid[])`;
}

/**
 * All workers. `isLockFree`: the worker had taken its lock and nobody holds it now. Looking takes the lock in a
 * way that many may share, for as long as this statement lasts.
 */
export async function listWorkers(sql: Sql): Promise<(WorkerRow & { isLockFree: boolean })[]> {
  return sql<WorkerRow & { isLockFree: boolean }>`
    select id, host, pid,
      case when holds_lock then pg_try_advisory_xact_lock_shared(lock_key) else false end as is_lock_free
    from workers`;
}

/** Workers not heard of for `silentMs`; their leases ran out long before. */
export async function listSilentWorkers(sql: Sql, silentMs: number): Promise<WorkerRow[]> {
  return sql<WorkerRow>`
    select id, host, pid from workers
    where heartbeat_at < now() - make_interval(secs => ${silentMs / 1000})`;
}

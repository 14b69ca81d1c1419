import type { Sql } from '#db/database.ts';
import type { WorkerId } from '#kernel/ids.ts';

export interface WorkerRow {
  id: WorkerId;
  host: string;
  pid: number;
}

/** Announces a worker. `lockKey` names its advisory lock. */
export async function insertWorker(
  sql: Sql,
  worker: WorkerRow & { lockKey: number; version: string },
): Promise<void> {
  await sql`
    insert into workers (id, lock_key, host, pid, version)
    values (${worker.id}, ${worker.lockKey}, ${worker.host}, ${worker.pid}, ${worker.version})`;
}

export async function beatWorker(sql: Sql, id: WorkerId): Promise<void> {
  await sql`update workers set heartbeat_at = now() where id = ${id}`;
}

export async function deleteWorkers(sql: Sql, ids: readonly WorkerId[]): Promise<void> {
  await sql`delete from workers where id = any(${ids}::uuid[])`;
}

/** Workers that said they run on `host`: whether their processes live can be seen from here. */
export async function listWorkersOf(sql: Sql, host: string): Promise<WorkerRow[]> {
  return sql<WorkerRow>`select id, host, pid from workers where host = ${host}`;
}

/** Workers not heard of for `silentMs`; their leases ran out long before. */
export async function listSilentWorkers(sql: Sql, silentMs: number): Promise<WorkerRow[]> {
  return sql<WorkerRow>`
    select id, host, pid from workers
    where heartbeat_at < now() - make_interval(secs => ${silentMs / 1000})`;
}

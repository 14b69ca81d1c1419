import { setTimeout as pause } from 'node:timers/promises';
import { readProcess } from '../process-tree.ts';
import type { CheckContext } from './check.ts';

/** A session may be in a transaction at the moment of looking; one that stays there is a violation. */
const settleMs = 10_000;

/** Nobody but a living worker holds an advisory lock, and nobody sits in an open transaction. */
export async function checkSessions({ database }: CheckContext): Promise<string[]> {
  const deadline = performance.now() + settleMs;
  for (;;) {
    const violations = await findStuckSessions(database);
    if (violations.length === 0 || performance.now() > deadline) return violations;
    await pause(100);
  }
}

/** The look of one moment; a session may be in a transaction just then. */
export async function findStuckSessions(database: CheckContext['database']): Promise<string[]> {
  const locks = await database.sql<{ pid: number; key: string }>`
    select pid, classid || ':' || objid as key
    from pg_locks l
    where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())
      -- The lock by which a living worker is known.
      and not exists (
        select from workers w
        where w.holds_lock and w.lock_key >> 32 = l.classid::bigint
          and w.lock_key & 4294967295 = l.objid::bigint)`;
  const sessions = await database.sql<{ pid: number; state: string; query: string }>`
    select pid, state, query from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'`;
  return [
    ...locks.map((row) => `session ${row.pid} holds the advisory lock ${row.key}`),
    ...sessions.map((row) => `session ${row.pid} is ${row.state} after: ${row.query}`),
  ];
}

/** Every worker on record is a process that lives. */
export async function checkWorkersLive({ database }: CheckContext): Promise<string[]> {
  const rows = await database.sql<{ id: string; pid: number }>`select id, pid from workers`;
  return rows
    .filter((row) => readProcess(row.pid) === null)
    .map((row) => `worker ${row.id} is on record, but its process ${row.pid} is gone`);
}

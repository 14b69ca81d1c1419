import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import type { QueueEngine } from './queue-engine.ts';

const entry = path.join(import.meta.dirname, '..', 'peers', 'queue-worker-server.ts');
const items = 2_000;

/** What a killed worker left. */
export interface KillOutcome {
  /** Items without an effect after `patienceMs`. */
  lost: number;
  /** Items whose effect is stored more than once. */
  doubled: number;
  /** From the kill until the first item the dead worker held was begun again; null when none was in time. */
  restartMs: number | null;
}

/**
 * Kills a worker with -9 in the midst of 2,000 items of 50 ms at concurrency 50, starts another one at once, and
 * looks for up to `patienceMs`. Effects are rows of a table.
 */
export async function killWorker(
  engine: QueueEngine,
  url: string,
  patienceMs: number,
): Promise<KillOutcome> {
  const pool = new Pool({ connectionString: url, max: 2 });
  const children: ChildProcess[] = [];
  const startWorker = (): ChildProcess => {
    const child = spawn(process.execPath, [entry, engine.name, url], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    children.push(child);
    return child;
  };
  try {
    await pool.query(`
      drop table if exists bench_starts, bench_effects;
      create table bench_starts (item int, pid int, at timestamptz default clock_timestamp());
      create table bench_effects (item int);
      grant all on bench_starts, bench_effects to public`);
    await engine.reset();
    await engine.enqueueMany(items);
    const first = startWorker();
    await untilEffects(pool, items * 0.3, 60_000);
    const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now');
    first.kill('SIGKILL');
    await once(first, 'exit');
    startWorker();
    await untilEffects(pool, items, patienceMs);
    return await readOutcome(pool, first.pid ?? 0, rows[0]?.now ?? new Date());
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await pool.end();
  }
}

async function untilEffects(pool: Pool, count: number, patienceMs: number): Promise<void> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline;) {
    const { rows } = await pool.query<{ done: number }>(
      'select count(distinct item)::int as done from bench_effects',
    );
    if ((rows[0]?.done ?? 0) >= count) return;
    await pause(50);
  }
}

async function readOutcome(pool: Pool, killedPid: number, killedAt: Date): Promise<KillOutcome> {
  const { rows } = await pool.query<KillOutcome>(
    `select
       ($1 - (select count(distinct item) from bench_effects))::int as lost,
       (select count(*)::int from (select from bench_effects group by item having count(*) > 1) d) as doubled,
       (select min(extract(epoch from again.at - $3::timestamptz) * 1000)::float8
        from bench_starts again
        join bench_starts before on before.item = again.item and before.pid = $2
        where again.pid <> $2) as "restartMs"`,
    [items, killedPid, killedAt],
  );
  return rows[0] ?? { lost: items, doubled: 0, restartMs: null };
}

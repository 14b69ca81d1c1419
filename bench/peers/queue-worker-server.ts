// A worker to be killed: node queue-worker-server.ts ENGINE URL. Each item takes 50 ms and leaves a row.
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import { silentLogger } from '#kernel/logger.ts';
import { createBell } from '#queue/bell.ts';
import { Worker } from '#queue/worker.ts';
import { openAsOwner } from '../filled-library.ts';
import { openGraphileQueue } from './graphile-queue.ts';
import { openPgBossQueue } from './pg-boss-queue.ts';

const [engine = '', url = ''] = process.argv.slice(2);
const pool = new Pool({ connectionString: url, max: 10 });

async function noteStart(item: number): Promise<void> {
  await pool.query('insert into bench_starts (item, pid) values ($1, $2)', [item, process.pid]);
}

/** A peer cannot store the effect in the transaction that removes the job. */
async function work(item: number): Promise<void> {
  await noteStart(item);
  await pause(50);
  await pool.query('insert into bench_effects values ($1)', [item]);
}

if (engine === 'docmill') {
  const database = openAsOwner(url);
  await new Worker({
    database,
    bell: createBell(database, 'bench_queue', silentLogger),
    handlers: {
      async handle(item) {
        await noteStart(item.pageFrom - 1);
        await pause(50);
        return async (sql) => {
          await sql`insert into bench_effects values (${item.pageFrom - 1})`;
        };
      },
      onRetry: async () => undefined,
      onDead: async () => undefined,
    },
    concurrency: { ocr: 50 },
    version: 'bench',
    logger: silentLogger,
  }).start();
} else {
  const open = engine === 'pg-boss' ? openPgBossQueue : openGraphileQueue;
  await (await open(url)).startWorker(50, work);
}

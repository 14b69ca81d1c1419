import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { Pool } from 'pg';
import { z } from 'zod';
import type { QueueEngine } from '../queue/queue-engine.ts';

const task = 'bench';
const payloadSchema = z.object({ item: z.number() });
const quiet = new Logger(() => () => undefined);

/**
 * graphile-worker as its page on performance has it: a local queue of 500, completions and failures in batches,
 * bulk by addJobs. It keeps no history.
 */
export async function openGraphileQueue(url: string): Promise<QueueEngine> {
  const pool = new Pool({ connectionString: url, max: 12 });
  pool.on('error', () => undefined);
  const utils = await makeWorkerUtils({ pgPool: pool, logger: quiet });
  await utils.migrate();
  return {
    name: 'graphile-worker',
    async reset() {
      await pool.query('truncate graphile_worker._private_jobs cascade');
    },
    async enqueueOne(item) {
      await utils.addJob(task, { item });
    },
    async enqueueMany(count) {
      await utils.addJobs(
        Array.from({ length: count }, (_, item) => ({ identifier: task, payload: { item } })),
      );
    },
    async startWorker(concurrency, handle) {
      const runner = await run({
        connectionString: url,
        concurrency,
        noHandleSignals: true,
        logger: quiet,
        parsedCronItems: [],
        preset: {
          worker: {
            maxPoolSize: Math.min(concurrency + 2, 22),
            localQueue: { size: 500, refetchDelay: { durationMs: 10 } },
            completeJobBatchDelay: 0,
            failJobBatchDelay: 0,
          },
        },
        taskList: {
          [task]: async (payload) => {
            await handle(payloadSchema.parse(payload).item);
          },
        },
      });
      return { stop: () => runner.stop() };
    },
    async pending() {
      const { rows } = await pool.query<{ open: number }>(
        'select count(*)::int as open from graphile_worker._private_jobs',
      );
      return rows[0]?.open ?? 0;
    },
    async close() {
      await utils.release();
      await pool.end();
    },
  };
}

import { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import type { QueueEngine } from '../queue/queue-engine.ts';

const queue = 'bench';

interface BossData {
  item: number;
}

/**
 * pg-boss with batches of 100 by up to four loops, fetched again at once while batches are full, woken by NOTIFY,
 * with its shortest heartbeat: the best of what was tried. It keeps finished jobs, as we keep our log.
 */
export async function openPgBossQueue(url: string): Promise<QueueEngine> {
  const pool = new Pool({ connectionString: url, max: 4 });
  pool.on('error', () => undefined);
  const boss = new PgBoss({
    connectionString: url,
    max: 20,
    schedule: false,
    useListenNotify: true,
    monitorIntervalSeconds: 2,
    superviseIntervalSeconds: 2,
  });
  boss.on('error', () => undefined);
  boss.on('warning', () => undefined);
  await boss.start();
  await boss.createQueue(queue, { notify: true, heartbeatSeconds: 10 });
  return {
    name: 'pg-boss',
    async reset() {
      await boss.deleteAllJobs(queue);
      await pool.query('vacuum pgboss.job');
    },
    async enqueueOne(item) {
      await boss.send(queue, { item });
    },
    async enqueueMany(count) {
      await boss.insert(
        queue,
        Array.from({ length: count }, (_, item) => ({ data: { item } })),
      );
    },
    async startWorker(concurrency, handle) {
      const loops = Math.min(concurrency, 4);
      const atOnce = Math.ceil(concurrency / loops);
      await boss.work<BossData>(
        queue,
        {
          batchSize: 100,
          localConcurrency: loops,
          burstWhenBatchFull: true,
          pollingIntervalSeconds: 0.5,
        },
        async (jobs) => {
          const left = jobs.values();
          const workOff = async (): Promise<void> => {
            for (const job of left) await handle(job.data.item);
          };
          await Promise.all(Array.from({ length: atOnce }, workOff));
        },
      );
      return { stop: () => boss.offWork(queue) };
    },
    async pending() {
      const { rows } = await pool.query<{ open: number }>(
        "select count(*)::int as open from pgboss.job where state < 'completed'",
      );
      return rows[0]?.open ?? 0;
    },
    async close() {
      await boss.stop({ graceful: false });
      await pool.end();
    },
  };
}

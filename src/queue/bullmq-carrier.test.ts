import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { silentLogger } from '#kernel/logger.ts';
import { eventually } from '#test/support/eventually.ts';
import { openWorker } from '#test/support/open-worker.ts';
import {
  type TestRedis,
  redisInstalled,
  startRedis,
  whyNoRedis,
} from '#test/support/redis-server.ts';
import { type SeededJob, readQueue, seedJob, workItemOf } from '#test/support/seed-rows.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import type { Bell } from './bell.ts';
import { createBell } from './bell.ts';
import { BullmqCarrier } from './bullmq-carrier.ts';
import { enqueueItems } from './queue-repository.ts';
import type { WorkItem } from './work-item.ts';
import type { WorkerHandlers } from './item-runner.ts';
import type { Worker } from './worker.ts';

const noEffect = async (): Promise<void> => undefined;

describe.skipIf(!redisInstalled())(`work carried by BullMQ${whyNoRedis}`, () => {
  let clone: TestDatabase;
  let database: Database;
  let bell: Bell;
  let redis: TestRedis;
  let job: SeededJob;
  let sites: { worker: Worker; carrier: BullmqCarrier }[] = [];

  beforeAll(async () => {
    clone = await createTestDatabase();
    database = clone.database;
    bell = createBell(database, 'carried', silentLogger);
  });
  afterAll(() => clone.close());
  beforeEach(async () => {
    redis = await startRedis();
    job = await seedJob(database.sql);
  });
  afterEach(async () => {
    for (const { worker, carrier } of sites) {
      await carrier.stop();
      await worker.stop();
    }
    sites = [];
    await redis.stop();
    await database.sql`delete from processing_queue`;
  });

  /** A process of the kind that does work; `limit` items of each queue at once. */
  async function open(handle: WorkerHandlers['handle'], limit = 4) {
    const concurrency = { ocr: limit, classify: limit };
    const carrier: BullmqCarrier = new BullmqCarrier({
      database,
      bell,
      redisUrl: redis.url,
      concurrency,
      take: (id) => worker.take(id),
      logger: silentLogger,
      feedMs: 100,
    });
    const { worker, log } = openWorker(database, handle, {
      bell,
      concurrency,
      carrier,
      pollMs: 100,
    });
    await worker.start();
    await carrier.start();
    sites.push({ worker, carrier });
    return { carrier, worker, log };
  }

  async function enqueue(count: number, change: Partial<WorkItem> = {}): Promise<void> {
    await enqueueItems(
      database.sql,
      Array.from({ length: count }, () => workItemOf(job, change)),
    );
    bell.ring();
  }

  const done = () =>
    eventually('an empty queue', async () => (await readQueue(database.sql)).length === 0, 30_000);

  test('every item is done once, by whichever process gets its id', async () => {
    const [one, two] = [await open(async () => noEffect), await open(async () => noEffect)];
    await eventually('BullMQ', () => one.carrier.isCarrying() && two.carrier.isCarrying());
    await enqueue(60);
    await enqueue(60, { queue: 'classify' });
    await done();
    const ids = [...one.log.handled, ...two.log.handled].map((item) => item.id);
    expect(new Set(ids).size).toBe(120);
    expect(ids).toHaveLength(120);
    expect(one.log.handled.length * two.log.handled.length).toBeGreaterThan(0);
  });

  test('no process works on more of a queue at once than it may, and larger priorities go first', async () => {
    let [running, most] = [0, 0];
    const order: number[] = [];
    const { carrier } = await open(async (item) => {
      running += 1;
      most = Math.max(most, running);
      order.push(item.priority);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return noEffect;
    }, 1);
    await eventually('BullMQ', () => carrier.isCarrying());
    // In one transaction, so that all of them are there when the first is handed over.
    await database.transaction((sql) =>
      enqueueItems(
        sql,
        [1, 5, -3, 9, 0].map((priority) => workItemOf(job, { priority })),
      ),
    );
    await done();
    expect(most).toBe(1);
    expect(order).toEqual([9, 5, 1, 0, -3]);
  });

  test('an item that fails is tried again, and its next stay is carried too', async () => {
    let tries = 0;
    const { carrier, log } = await open(async () => {
      tries += 1;
      if (tries === 1) throw new Error('once');
      return noEffect;
    });
    await eventually('BullMQ', () => carrier.isCarrying());
    await enqueue(1);
    await done();
    expect(log.handled.map((item) => item.attempt)).toEqual([1, 2]);
  });

  test('with Redis gone workers claim by themselves, and go back when it is there again', async () => {
    const { carrier, log } = await open(async () => noEffect);
    await eventually('BullMQ', () => carrier.isCarrying());
    await redis.kill();
    await enqueue(20);
    await done();
    expect(carrier.isCarrying()).toBe(false);
    await redis.restart();
    await eventually('BullMQ again', () => carrier.isCarrying());
    await enqueue(20);
    await done();
    expect(new Set(log.handled.map((item) => item.id)).size).toBe(40);
    expect(log.handled).toHaveLength(40);
  });

  test('ids that BullMQ has lost are handed over again', async () => {
    const gate = Promise.withResolvers<void>();
    const { carrier, log } = await open(async () => {
      await gate.promise;
      return noEffect;
    }, 1);
    await eventually('BullMQ', () => carrier.isCarrying());
    await enqueue(5);
    await eventually('the first', () => log.handled.length === 1);
    await redis.run('flushall');
    gate.resolve();
    await done();
    expect(log.handled).toHaveLength(5);
  });

  test('a Redis without memory, or silent for 5 s, holds nothing up', async () => {
    const { carrier } = await open(async () => noEffect);
    await eventually('BullMQ', () => carrier.isCarrying());
    await redis.run('config', 'set', 'maxmemory', '1');
    await enqueue(10);
    await done();
    await redis.run('config', 'set', 'maxmemory', '0');
    await eventually('BullMQ again', () => carrier.isCarrying());
    await redis.run('client', 'pause', '5000', 'ALL');
    const startedMs = Date.now();
    await enqueue(10);
    await done();
    expect(Date.now() - startedMs).toBeLessThan(4_000);
  });

  test('without Redis at the start work is done all the same, and a stop does not wait for it', async () => {
    await redis.kill();
    const { carrier, worker } = await open(async () => noEffect);
    await enqueue(5);
    await done();
    const startedMs = Date.now();
    await carrier.stop();
    await worker.stop();
    expect(Date.now() - startedMs).toBeLessThan(5_000);
  });
});

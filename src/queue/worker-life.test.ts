import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { createDatabase } from '#db/create-database.ts';
import { systemUserId } from '#kernel/system-user.ts';
import type { Database } from '#db/database.ts';
import { silentLogger } from '#kernel/logger.ts';
import { eventually } from '#test/support/eventually.ts';
import { openWorker, untilAborted } from '#test/support/open-worker.ts';
import { type SeededJob, readQueue, seedJob, workItemOf } from '#test/support/seed-rows.ts';
import {
  type TestDatabase,
  createTestDatabase,
  runAsAdmin,
  runOn,
} from '#test/support/test-database.ts';

import { createBell } from './bell.ts';
import { enqueueItems, removeItems } from './queue-repository.ts';
import type { Effect, WorkerHandlers } from './item-runner.ts';
import type { Worker } from './worker.ts';

const program = { kind: 'system', userId: systemUserId } as const;
let clone: TestDatabase;
let database: Database;
let job: SeededJob;
/** Stopped after each test, so that a failing one leaves nothing behind. */
let started: Worker[] = [];

beforeAll(async () => {
  clone = await createTestDatabase();
  database = clone.database;
});

afterAll(() => clone.close());

beforeEach(async () => {
  job = await seedJob(database.sql);
});

afterEach(async () => {
  await Promise.all(started.map((worker) => worker.stop()));
  started = [];
  await database.sql`delete from processing_queue`;
});

const noEffect: Effect = async () => undefined;

async function start(
  handle: WorkerHandlers['handle'],
  options: Parameters<typeof openWorker>[2] = {},
) {
  const opened = openWorker(database, handle, options);
  started.push(opened.worker);
  await opened.worker.start();
  return opened;
}

async function enqueueOne(): Promise<void> {
  await enqueueItems(database.sql, [workItemOf(job)]);
}

/** Timers that keep this process alive. */
function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

function workerRows() {
  return database.sql<{ id: string; pid: number }>`select id, pid from workers`;
}

/** The one row on the queue once its lease runs until later than `before`. */
function leaseAfter(before: Date): Promise<Date> {
  return eventually('a longer lease', async () => {
    const [row] = await readQueue(database.sql);
    const expiresAt = row?.leaseExpiresAt ?? before;
    return expiresAt > before && expiresAt;
  });
}

test('a started worker is known by its process, and a stopped one is forgotten', async () => {
  const { worker } = await start(async () => noEffect);
  await worker.start();
  expect(await workerRows()).toEqual([{ id: worker.id, pid: process.pid }]);
  await worker.stop();
  await worker.stop();
  expect(await workerRows()).toEqual([]);
});

test('a stopped worker can be started again', async () => {
  const { worker, log } = await start(async () => noEffect);
  await worker.stop();
  await enqueueOne();
  await worker.start();
  await eventually('the item', () => log.handled.length === 1);
});

test('a ring wakes a worker that would not look for a long time', async () => {
  const { log } = await start(async () => noEffect);
  await enqueueOne();
  createBell(database, 'test_queue', silentLogger).ring();
  await eventually('the item', () => log.handled.length === 1);
});

test('a worker that hears nothing looks by itself', async () => {
  const { log } = await start(async () => noEffect, { pollMs: 20 });
  await enqueueOne();
  await eventually('the item', () => log.handled.length === 1);
});

test('the end of an item makes room for the next one at once', async () => {
  await enqueueItems(
    database.sql,
    Array.from({ length: 30 }, () => workItemOf(job)),
  );
  const { log } = await start(async () => noEffect, { concurrency: { ocr: 1 } });
  await eventually('all items', () => log.handled.length === 30);
});

test('stopping waits for work that ends in time', async () => {
  await enqueueOne();
  const gate = Promise.withResolvers<void>();
  const { worker, log } = await start(async () => {
    await gate.promise;
    return noEffect;
  });
  await eventually('the item', () => log.handled.length === 1);
  let stopped = false;
  const stopping = worker.stop().finally(() => {
    stopped = true;
  });
  // It would have stopped by now if it did not wait: this takes a few trips to the database.
  for (let trip = 0; trip < 20; trip += 1) await database.sql`select 1`;
  expect(stopped).toBe(false);
  gate.resolve();
  await stopping;
  expect(await readQueue(database.sql)).toEqual([]);
});

test('stopping hands back what does not end in time, and the try does not count', async () => {
  await enqueueOne();
  const reasons: unknown[] = [];
  const { worker, log } = await start(
    async (_, signal) =>
      untilAborted(signal).catch((reason: unknown) => {
        reasons.push(reason);
        throw reason;
      }),
    { graceMs: 20 },
  );
  await eventually('the item', () => log.handled.length === 1);
  await worker.stop();
  expect(await readQueue(database.sql)).toMatchObject([
    { status: 'ready', attempts: 0, leaseOwner: null, errorCode: null },
  ]);
  expect(reasons).toEqual([new Error('the worker is stopping')]);
  expect([log.retried, log.dead]).toEqual([[], []]);
});

test('a worker that stops takes nothing new', async () => {
  const { worker, log } = await start(async () => noEffect, { pollMs: 1 });
  await worker.stop();
  await enqueueOne();
  createBell(database, 'test_queue', silentLogger).ring();
  for (let trip = 0; trip < 20; trip += 1) await database.sql`select 1`;
  expect(log.handled).toEqual([]);
});

test('an item that takes too long is stopped and tried again', async () => {
  await enqueueOne();
  const { worker, log } = openWorker(database, (_, signal) => untilAborted(signal), {
    itemTimeoutMs: 20,
  });
  await worker.tick();
  await worker.idle();
  expect(await readQueue(database.sql)).toMatchObject([
    { status: 'ready', attempts: 1, errorCode: 'engine.timeout' },
  ]);
  expect(log.retried).toMatchObject([{ code: 'engine.timeout', permanent: false }]);
});

test('cancelling a job stops what runs for it and nothing else', async () => {
  const other = await seedJob(database.sql);
  await enqueueItems(database.sql, [workItemOf(job), workItemOf(other)]);
  const gate = Promise.withResolvers<void>();
  const aborted: string[] = [];
  const { worker, log } = openWorker(database, async (item, signal) => {
    await Promise.race([gate.promise, untilAborted(signal)]).catch((reason: unknown) => {
      aborted.push(item.jobId);
      throw reason;
    });
    return noEffect;
  });
  await worker.tick();
  await removeItems(database.sql, job.jobId);
  worker.abortJob(job.jobId);
  await eventually('the abort', () => aborted.length === 1);
  gate.resolve();
  await worker.idle();
  expect(aborted).toEqual([job.jobId]);
  expect(await readQueue(database.sql)).toEqual([]);
  expect([log.retried, log.dead]).toEqual([[], []]);
});

test('heartbeats keep the lease of long work', async () => {
  await enqueueOne();
  const gate = Promise.withResolvers<void>();
  const { log } = await start(
    async () => {
      await gate.promise;
      return noEffect;
    },
    { leaseMs: 600 },
  );
  await eventually('the item', () => log.handled.length === 1);
  const first = await leaseAfter(new Date(0));
  const second = await leaseAfter(first);
  expect((await leaseAfter(second)) > second).toBe(true);
  gate.resolve();
});

test('a worker that lost a lease notices at its next heartbeat and stops the work', async () => {
  await enqueueOne();
  const reasons: unknown[] = [];
  await start(
    (_, signal) =>
      untilAborted(signal).catch((reason: unknown) => {
        reasons.push(reason);
        throw reason;
      }),
    { leaseMs: 300 },
  );
  await eventually('the lease', async () => (await readQueue(database.sql))[0]?.leaseOwner);
  await runOn(
    clone.ownerUrl,
    `update processing_queue set lease_token = lease_token + 1, lease_owner = gen_random_uuid(),
       lease_expires_at = now() + interval '1 hour'`,
  );
  await eventually('the abort', () => reasons.length === 1);
  expect(reasons).toEqual([new Error('the lease was lost')]);
  expect(await readQueue(database.sql)).toMatchObject([{ status: 'running', leaseToken: 2 }]);
});

test('a worker goes on when the database was away for a moment', async () => {
  const { log } = await start(async () => noEffect, { pollMs: 20 });
  const name = new URL(clone.appUrl).pathname.slice(1);
  await runAsAdmin(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
  );
  await eventually('a connection', async () => {
    await enqueueOne().catch(() => undefined);
    return log.handled.length > 0;
  });
});

test('stopping succeeds when the database is gone, and leaves no timer and no connection behind', async () => {
  const before = timers();
  const events: string[] = [];
  const own = createDatabase({ url: clone.appUrl, defaultActor: program, logger: silentLogger });
  const { worker, log } = openWorker(own, (_, signal) => untilAborted(signal), {
    graceMs: 1,
    logger: { ...silentLogger, warn: (_, event) => events.push(event) },
  });
  await worker.start();
  await enqueueOne();
  createBell(database, 'test_queue', silentLogger).ring();
  await eventually('the item', () => log.handled.length === 1);
  await own.close();
  await worker.stop();
  expect(events).toContain('worker.goodbye_failed');
  await eventually('the end of all timers', () => timers() <= before);
});

test('a busy worker that stopped leaves no timer behind', async () => {
  const before = timers();
  const own = createDatabase({ url: clone.appUrl, defaultActor: program, logger: silentLogger });
  await enqueueItems(
    database.sql,
    Array.from({ length: 50 }, () => workItemOf(job)),
  );
  const { worker, log } = openWorker(own, async () => noEffect, { concurrency: { ocr: 2 } });
  await worker.start();
  await eventually('all items', () => log.handled.length === 50);
  await worker.stop();
  await own.close();
  await eventually('the end of all timers', () => timers() <= before);
});

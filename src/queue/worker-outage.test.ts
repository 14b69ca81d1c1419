import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import type { Database, Transaction } from '#db/database.ts';
import { AppError } from '#kernel/app-error.ts';
import type { WorkerId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { eventually } from '#test/support/eventually.ts';
import { openWorker } from '#test/support/open-worker.ts';
import { type SeededJob, readQueue, seedJob, workItemOf } from '#test/support/seed-rows.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

import { claimItems, enqueueItems } from './queue-repository.ts';
import type { Effect } from './item-runner.ts';
import { announceWorker } from './worker-repository.ts';

let clone: TestDatabase;
let database: Database;
let job: SeededJob;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = clone.database;
});

afterAll(() => clone.close());

beforeEach(async () => {
  job = await seedJob(database.sql);
});

afterEach(async () => {
  await database.sql`delete from processing_queue`;
});

const away = new AppError('db.unavailable', 'The database cannot be reached.');
const noEffect: Effect = async () => undefined;

test('an item under which the database went away is given back free of charge', async () => {
  await enqueueItems(database.sql, [workItemOf(job)]);
  let outages = 2;
  const { worker, log } = openWorker(database, async () => {
    if (outages-- > 0) throw away;
    return noEffect;
  });
  for (let round = 0; round < 3; round += 1) {
    await worker.tick();
    await worker.idle();
  }
  expect(log.handled.map((item) => item.attempt)).toEqual([1, 1, 1]);
  expect(log.retried).toEqual([]);
  expect(await readQueue(database.sql)).toEqual([]);
});

test('an item under which the database keeps going away is blamed in the end', async () => {
  await enqueueItems(database.sql, [workItemOf(job)]);
  const { worker, log } = openWorker(database, () => Promise.reject(away));
  await eventually('it to be set aside', async () => {
    await worker.tick();
    await worker.idle();
    await database.sql`update processing_queue set run_at = now() where status = 'ready'`;
    return log.dead.length > 0;
  });
  expect(log.dead).toMatchObject([{ code: 'db.unavailable' }]);
  expect(log.handled.length).toBeGreaterThan(20);
});

test('a failure that cannot be stored does not keep the item until its lease runs out', async () => {
  await enqueueItems(database.sql, [workItemOf(job)]);
  let down = false;
  const flaky: Database = {
    ...database,
    transaction: (work: (sql: Transaction) => Promise<never>) =>
      down ? Promise.reject(away) : database.transaction(work),
  };
  const { worker, log } = openWorker(flaky, async () => {
    down = log.handled.length === 1;
    if (down) throw new Error('a failure of the work itself');
    return noEffect;
  });
  await worker.tick();
  await worker.idle();
  down = false;
  await worker.tick();
  await worker.idle();
  expect(log.handled).toHaveLength(2);
  expect(await readQueue(database.sql)).toEqual([]);
});

test('a worker that starts takes what a killed one on this host left before anything newer', async () => {
  await enqueueItems(database.sql, [workItemOf(job)]);
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  const killed = newId<WorkerId>();
  await announceWorker(database.sql, {
    id: killed,
    host: hostname(),
    pid: gone.pid ?? 0,
    lockKey: 1,
    version: 'test',
  });
  const [held] = await claimItems(database.sql, killed, new Map([['ocr', 1]]), 600_000);
  await enqueueItems(database.sql, [workItemOf(job, { pageFrom: 2, pageTo: 2 })]);

  const { worker, log } = openWorker(database, async () => noEffect, { concurrency: { ocr: 1 } });
  await worker.start();
  await eventually('both items', () => log.handled.length === 2);
  await worker.stop();
  expect(log.handled[0]?.id).toBe(held?.id);
});

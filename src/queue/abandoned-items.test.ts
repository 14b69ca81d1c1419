import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { Database } from '#db/database.ts';
import { type WorkerId, newId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import { type SeededJob, readQueue, seedJob, workItemOf } from '#test/support/seed-rows.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

import { recoverAbandonedItems } from './abandoned-items.ts';
import { claimItems, deleteLeasedItem, enqueueItems } from './queue-repository.ts';
import type { WorkItem } from './work-item.ts';
import { GoneWorkers } from './gone-workers.ts';
import { announceWorker } from './worker-repository.ts';

let clone: TestDatabase;
let database: Database;
let job: SeededJob;
const hour = 3_600_000;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = clone.database;
  job = await seedJob(database.sql);
});

afterAll(() => clone.close());

beforeEach(async () => {
  await database.sql`delete from processing_queue`;
  await database.sql`delete from workers`;
});

/** The id of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

async function announce(pid: number, host = hostname()): Promise<WorkerId> {
  const id = newId<WorkerId>();
  await announceWorker(database.sql, { id, pid, host, lockKey: 1, version: 'test' });
  return id;
}

/** Enqueues items and has the worker claim them. */
async function hold(worker: WorkerId, count = 1, leaseMs = hour): Promise<WorkItem[]> {
  await enqueueItems(
    database.sql,
    Array.from({ length: count }, (_, index) => workItemOf(job, { pageTo: index + 1 })),
  );
  return claimItems(database.sql, worker, new Map([['ocr', count]]), leaseMs);
}

async function recover(refuse: (item: WorkItem) => boolean = () => false) {
  const [retried, dead]: [number[], number[]] = [[], []];
  const note = (list: number[]) => async (_sql: unknown, item: WorkItem) => {
    if (refuse(item)) throw new Error('this job cannot be settled');
    list.push(item.id);
  };
  const handlers = { onRetry: note(retried), onDead: note(dead) };
  const gone = await new GoneWorkers(database).look();
  const count = await recoverAbandonedItems(database, handlers, silentLogger, gone);
  return { count, retried, dead };
}

async function knownWorkers(): Promise<string[]> {
  const rows = await database.sql<{ id: string }>`select id from workers`;
  return rows.map((row) => row.id);
}

test('the items of a dead process of this host come back at once, long before their lease ends', async () => {
  const [item] = await hold(await announce(deadPid()));
  expect(await recover()).toEqual({ count: 1, retried: [item?.id], dead: [] });
  expect(await readQueue(database.sql)).toMatchObject([
    { status: 'ready', attempts: 1, leaseOwner: null, errorCode: 'engine.crashed' },
  ]);
  expect(await knownWorkers()).toEqual([]);
  expect(await recover()).toEqual({ count: 0, retried: [], dead: [] });
});

test('the items of a living process stay with it', async () => {
  const worker = await announce(process.pid);
  await hold(worker);
  expect((await recover()).count).toBe(0);
  expect(await knownWorkers()).toEqual([worker]);
});

test('a process of another host cannot be seen from here: its lease decides', async () => {
  const worker = await announce(deadPid(), 'another-host');
  await hold(worker);
  expect((await recover()).count).toBe(0);
  await database.sql`update processing_queue set lease_expires_at = now() - interval '1 ms'`;
  expect((await recover()).count).toBe(1);
  expect(await knownWorkers()).toEqual([worker]);
});

test('an item whose lease ran out goes to the next worker, and the first one is fenced off', async () => {
  const [stale] = await hold(newId<WorkerId>(), 1, -1);
  await recover();
  const [current] = await claimItems(database.sql, newId<WorkerId>(), new Map([['ocr', 1]]), hour);
  if (!stale || !current) throw new Error('both claims should have found the item');
  expect(current).toMatchObject({ id: stale.id, attempt: 2, leaseToken: stale.leaseToken + 1 });
  expect(await deleteLeasedItem(database.sql, stale)).toBe(false);
  expect(await deleteLeasedItem(database.sql, current)).toBe(true);
});

test('an item that has outlived as many workers as it has tries is buried', async () => {
  const [item] = await hold(newId<WorkerId>(), 1, -1);
  await database.sql`update processing_queue set attempts = max_attempts`;
  expect(await recover()).toEqual({ count: 1, retried: [], dead: [item?.id] });
  expect(await readQueue(database.sql)).toMatchObject([
    { status: 'dead', errorCode: 'engine.crashed' },
  ]);
});

test('an item that cannot be settled does not keep the others from being recovered', async () => {
  const items = await hold(newId<WorkerId>(), 3, -1);
  const [bad] = items;
  expect((await recover((item) => item.id === bad?.id)).count).toBe(2);
  const rows = await readQueue(database.sql);
  expect(rows.map((row) => row.status)).toEqual(['running', 'ready', 'ready']);
});

test('several sweepers at once recover each item once', async () => {
  await hold(newId<WorkerId>(), 150, -1);
  const sweeps = await Promise.all(Array.from({ length: 4 }, () => recover()));
  const left = await recover();
  const ids = [...sweeps, left].flatMap((sweep) => sweep.retried);
  expect(ids).toHaveLength(150);
  expect(new Set(ids).size).toBe(150);
});

test('a worker not heard of for an hour is forgotten', async () => {
  const silent = await announce(deadPid(), 'another-host');
  const quiet = await announce(deadPid(), 'another-host');
  await database.sql`
    update workers set heartbeat_at = now() - make_interval(mins => case when id = ${silent} then 61 else 59 end)`;
  await recover();
  expect(await knownWorkers()).toEqual([quiet]);
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { Database } from '#db/database.ts';
import { type JobId, type WorkerId, newId } from '#kernel/ids.ts';
import { type SeededJob, readQueue, seedJob, workItemOf } from '#test/support/seed-rows.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

import {
  buryItem,
  claimItems,
  deleteLeasedItem,
  enqueueItems,
  extendLeases,
  lockAbandonedItems,
  redriveItems,
  releaseItems,
  removeItems,
  retryItem,
} from './queue-repository.ts';
import type { WorkItem } from './work-item.ts';

let clone: TestDatabase;
let database: Database;
let job: SeededJob;
const worker = newId<WorkerId>();
const other = newId<WorkerId>();
const failure = { code: 'engine.crashed', message: 'it fell over' };
const leaseMs = 15_000;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = clone.database;
  job = await seedJob(database.sql);
});

afterAll(() => clone.close());

beforeEach(async () => {
  await database.sql`delete from processing_queue`;
});

async function enqueue(count: number, change: Parameters<typeof workItemOf>[1] = {}) {
  const items = Array.from({ length: count }, (_, index) =>
    workItemOf(job, { pageFrom: index + 1, pageTo: index + 1, ...change }),
  );
  await enqueueItems(database.sql, items);
}

function claim(slots: Record<string, number>, by = worker, now: Date | null = null) {
  return claimItems(database.sql, by, new Map(Object.entries(slots)), leaseMs, now);
}

async function claimOne(by = worker, now: Date | null = null): Promise<WorkItem> {
  const [item] = await claim({ ocr: 1 }, by, now);
  if (item === undefined) throw new Error('there is nothing to claim');
  return item;
}

/** Claims an item, lets the lease run out, and has another worker claim it: the first lease is stale. */
async function staleItem(): Promise<{ stale: WorkItem; current: WorkItem }> {
  await enqueue(1);
  const stale = await claimOne(worker);
  const later = new Date(Date.now() + leaseMs + 60_000);
  await database.transaction(async (sql) => {
    const [found] = await lockAbandonedItems(sql, [], 10, later);
    if (found) await retryItem(sql, found, 0, failure);
  });
  return { stale, current: await claimOne(other) };
}

test('what is enqueued comes back from a claim with its lease', async () => {
  await enqueueItems(database.sql, [workItemOf(job, { pageFrom: 3, pageTo: 7, priority: 5 })]);
  const before = Date.now();
  const item = await claimOne();
  const [row] = await readQueue(database.sql);
  expect(item).toEqual({
    id: row?.id,
    ownerId: job.ownerId,
    jobId: job.jobId,
    queue: 'ocr',
    pageFrom: 3,
    pageTo: 7,
    priority: 5,
    attempt: 1,
    maxAttempts: 3,
    leaseToken: 1,
  });
  expect(row).toMatchObject({ status: 'running', leaseOwner: worker, attempts: 1, leaseToken: 1 });
  // The server's clock is this machine's, but is read a moment later.
  expect(row?.leaseExpiresAt?.getTime()).toBeGreaterThanOrEqual(before + leaseMs - 1_000);
});

test('enqueuing nothing does nothing', async () => {
  await enqueueItems(database.sql, []);
  expect(await readQueue(database.sql)).toEqual([]);
});

test('items are claimed by priority, and of one priority the oldest first', async () => {
  for (const priority of [0, 5, -3, 5, 0]) await enqueue(1, { priority, pageFrom: 1 });
  const ids = (await readQueue(database.sql)).map((row) => row.id);
  const claimed: number[] = [];
  for (let n = 0; n < 5; n += 1) claimed.push((await claimOne()).id);
  expect(claimed.map((id) => ids.indexOf(id))).toEqual([1, 3, 0, 4, 2]);
});

test('an item whose time has not come is not claimed before it', async () => {
  await enqueue(1);
  const item = await claimOne();
  await retryItem(database.sql, item, 60_000, failure);
  expect(await claim({ ocr: 1 })).toEqual([]);
  expect(await claim({ ocr: 1 }, worker, new Date(Date.now() + 59_000))).toEqual([]);
  expect(await claim({ ocr: 1 }, worker, new Date(Date.now() + 61_000))).toHaveLength(1);
});

test('a claim takes no more of a queue than it has slots for, and nothing of other queues', async () => {
  await enqueue(4, { queue: 'ocr' });
  await enqueue(4, { queue: 'classify' });
  await enqueue(4, { queue: 'validate' });
  const items = await claim({ ocr: 3, classify: 1 });
  const count = (queue: string): number => items.filter((item) => item.queue === queue).length;
  expect([count('ocr'), count('classify'), count('validate')]).toEqual([3, 1, 0]);
  expect(await claim({})).toEqual([]);
});

test('many claimers at once share the items out without giving one to two', async () => {
  const total = 400;
  await enqueue(total);
  const claimers = Array.from({ length: 8 }, async () => {
    const mine: number[] = [];
    const self = newId<WorkerId>();
    for (;;) {
      const items = await claim({ ocr: 3 }, self);
      if (items.length === 0) return mine;
      mine.push(...items.map((item) => item.id));
    }
  });
  const taken = (await Promise.all(claimers)).flat();
  // One whose rows were all locked by the others may leave early: what is left is taken here.
  taken.push(...(await claim({ ocr: total })).map((item) => item.id));
  expect(taken).toHaveLength(total);
  expect(new Set(taken).size).toBe(total);
  expect((await readQueue(database.sql)).every((row) => row.leaseToken === 1)).toBe(true);
});

test('a finished item is removed once', async () => {
  await enqueue(1);
  const item = await claimOne();
  expect(await deleteLeasedItem(database.sql, item)).toBe(true);
  expect(await deleteLeasedItem(database.sql, item)).toBe(false);
  expect(await readQueue(database.sql)).toEqual([]);
});

test('a try that failed comes back with its reason, and the next claim counts one more', async () => {
  await enqueue(1);
  expect(await retryItem(database.sql, await claimOne(), 0, failure)).toBe(true);
  expect(await readQueue(database.sql)).toMatchObject([
    {
      status: 'ready',
      attempts: 1,
      leaseOwner: null,
      leaseExpiresAt: null,
      errorCode: failure.code,
      errorMessage: failure.message,
    },
  ]);
  expect(await claimOne()).toMatchObject({ attempt: 2, leaseToken: 2 });
});

test('a buried item is not claimed until it is redriven, and then its tries count anew', async () => {
  await enqueue(1);
  expect(await buryItem(database.sql, await claimOne(), failure)).toBe(true);
  expect(await readQueue(database.sql)).toMatchObject([
    { status: 'dead', leaseOwner: null, leaseExpiresAt: null, errorCode: failure.code },
  ]);
  expect(await claim({ ocr: 1 })).toEqual([]);
  expect(await redriveItems(database.sql, newId<JobId>())).toBe(0);
  expect(await redriveItems(database.sql, job.jobId)).toBe(1);
  expect(await readQueue(database.sql)).toMatchObject([
    { status: 'ready', attempts: 0, errorCode: null, errorMessage: null },
  ]);
  // The token goes on rising: a holder from before the burial stays fenced off.
  expect(await claimOne()).toMatchObject({ attempt: 1, leaseToken: 2 });
});

test('only dead items are redriven', async () => {
  await enqueue(3);
  const [first, second] = await claim({ ocr: 2 });
  if (!first || !second) throw new Error('two items were to be claimed');
  await buryItem(database.sql, first, failure);
  expect(await redriveItems(database.sql, job.jobId)).toBe(1);
  const rows = await readQueue(database.sql);
  expect(rows.map((row) => row.status).toSorted()).toEqual(['ready', 'ready', 'running']);
});

test('an item handed back keeps its count of tries', async () => {
  await enqueue(2);
  const items = await claim({ ocr: 2 });
  await releaseItems(database.sql, items);
  for (const row of await readQueue(database.sql)) {
    expect(row).toMatchObject({ status: 'ready', attempts: 0, leaseOwner: null });
  }
  expect(await claimOne()).toMatchObject({ attempt: 1, leaseToken: 2 });
});

test('removing the items of a job takes the running ones too and leaves other jobs alone', async () => {
  const neighbour = await seedJob(database.sql);
  await enqueue(3);
  await enqueueItems(database.sql, [workItemOf(neighbour)]);
  const item = await claimOne();
  expect(await removeItems(database.sql, job.jobId)).toBe(3);
  expect(await deleteLeasedItem(database.sql, item)).toBe(false);
  expect(await readQueue(database.sql)).toMatchObject([{ jobId: neighbour.jobId }]);
});

test.each<[string, (item: WorkItem) => Promise<unknown>, unknown]>([
  ['a completion', (item) => deleteLeasedItem(database.sql, item), false],
  ['a retry', (item) => retryItem(database.sql, item, 0, failure), false],
  ['a burial', (item) => buryItem(database.sql, item, failure), false],
  ['a release', (item) => releaseItems(database.sql, [item]), undefined],
  [
    'a heartbeat',
    (item) => extendLeases(database.sql, worker, [item], 3_600_000),
    new Set<number>(),
  ],
])('%s under an old lease changes nothing', async (_, act, answer) => {
  const { stale, current } = await staleItem();
  expect(current.leaseToken).toBe(stale.leaseToken + 1);
  const before = await readQueue(database.sql);
  expect(await act(stale)).toEqual(answer);
  expect(await readQueue(database.sql)).toEqual(before);
  expect(await deleteLeasedItem(database.sql, current)).toBe(true);
});

test.each<[string, (item: WorkItem) => Promise<unknown>]>([
  ['back in the queue', (item) => retryItem(database.sql, item, 0, failure)],
  ['dead', (item) => buryItem(database.sql, item, failure)],
  ['handed back', (item) => releaseItems(database.sql, [item])],
])('an item that is %s can no longer be completed by who held it', async (_, act) => {
  await enqueue(1);
  const item = await claimOne();
  await act(item);
  expect(await deleteLeasedItem(database.sql, item)).toBe(false);
  expect(await readQueue(database.sql)).toHaveLength(1);
});

test('a heartbeat prolongs what the worker still holds and says which that is', async () => {
  await enqueue(3);
  const now = Date.now() + 60_000;
  const [kept, lost] = await claim({ ocr: 2 }, worker, new Date(now));
  const foreign = await claimOne(other);
  if (!kept || !lost) throw new Error('two items were to be claimed');
  await buryItem(database.sql, lost, failure);
  const asked = [kept, lost, foreign];
  const held = await extendLeases(database.sql, worker, asked, leaseMs, new Date(now + 10_000));
  expect(held).toEqual(new Set([kept.id]));
  const row = (await readQueue(database.sql)).find(({ id }) => id === kept.id);
  expect(row?.leaseExpiresAt?.getTime()).toBe(now + 10_000 + leaseMs);
});

test('only leases that ran out, or those of dead workers, count as abandoned', async () => {
  await enqueue(3);
  const now = new Date(Date.now() + 3_600_000);
  const first = await claimOne(worker, new Date(now.getTime() - leaseMs - 1));
  const second = await claimOne(other, now);
  await claimOne(worker, now);
  const abandoned = (dead: WorkerId[], limit = 10): Promise<number[]> =>
    database.transaction(async (sql) =>
      (await lockAbandonedItems(sql, dead, limit, now)).map((item) => item.id),
    );
  expect(await abandoned([])).toEqual([first.id]);
  expect(await abandoned([other])).toEqual([first.id, second.id]);
  expect(await abandoned([other], 1)).toEqual([first.id]);
});

test('two sweepers at once do not get the same abandoned item', async () => {
  await enqueue(20);
  await claim({ ocr: 20 });
  const later = new Date(Date.now() + leaseMs + 60_000);
  const seen: number[] = [];
  await database.transaction(async (sql) => {
    seen.push(...(await lockAbandonedItems(sql, [], 5, later)).map((item) => item.id));
    await database.transaction(async (inner) => {
      seen.push(...(await lockAbandonedItems(inner, [], 100, later)).map((item) => item.id));
    });
  });
  expect(seen).toHaveLength(20);
  expect(new Set(seen).size).toBe(20);
});

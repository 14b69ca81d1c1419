import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { type UserId, type WorkerId, newId } from '#kernel/ids.ts';
import { openWorker } from '#test/support/open-worker.ts';
import { type SeededJob, seedJob, seedUser, workItemOf } from '#test/support/seed-rows.ts';
import { type TestDatabase, createTestDatabase, runOn } from '#test/support/test-database.ts';
import type { Effect } from './item-runner.ts';
import { OwnerTurns } from './owner-turns.ts';
import { claimItems, enqueueItems } from './queue-repository.ts';

let clone: TestDatabase;
let database: Database;
const worker = newId<WorkerId>();

beforeAll(async () => {
  clone = await createTestDatabase();
  database = clone.database;
});

afterAll(() => clone.close());

afterEach(async () => {
  await database.sql`delete from processing_queue`;
});

async function newOwner(): Promise<SeededJob> {
  return seedJob(database.sql, await seedUser(database.sql));
}

async function enqueue(job: SeededJob, count: number, priority = 0): Promise<void> {
  const items = Array.from({ length: count }, () => workItemOf(job, { priority }));
  await enqueueItems(database.sql, items);
}

/** Owner → how many items of a claim are its own. */
async function claim(slots: number, turns?: OwnerTurns): Promise<Map<UserId, number>> {
  const wanted = new Map([['ocr', slots]]);
  const items = await claimItems(database.sql, worker, wanted, 60_000, null, turns);
  return new Map(
    [...Map.groupBy(items, (item) => item.ownerId)].map(([id, of]) => [id, of.length]),
  );
}

test('owners share a claim evenly, and what one does not need goes to the others', async () => {
  const [many, some, few] = [await newOwner(), await newOwner(), await newOwner()];
  await enqueue(many, 100);
  await enqueue(some, 100);
  await enqueue(few, 2);
  const shares = await claim(30);
  expect(shares.get(few.ownerId)).toBe(2);
  expect((shares.get(many.ownerId) ?? 0) + (shares.get(some.ownerId) ?? 0)).toBe(28);
  expect(Math.abs((shares.get(many.ownerId) ?? 0) - (shares.get(some.ownerId) ?? 0))).toBeLessThan(
    4,
  );
});

test('one slot at a time goes to the owners in turn', async () => {
  const [one, other] = [await newOwner(), await newOwner()];
  await enqueue(one, 20);
  await enqueue(other, 20);
  const turns = new OwnerTurns();
  const order: (UserId | undefined)[] = [];
  for (let n = 0; n < 10; n++) order.push([...(await claim(1, turns)).keys()][0]);
  expect(order.filter((owner) => owner === one.ownerId)).toHaveLength(5);
});

test('a larger priority goes before fairness', async () => {
  const [urgent, patient] = [await newOwner(), await newOwner()];
  await enqueue(patient, 10);
  await enqueue(urgent, 10, 5);
  expect(await claim(10)).toEqual(new Map([[urgent.ownerId, 10]]));
});

test('a claim is filled from several priorities and past items that are not due', async () => {
  const job = await newOwner();
  await enqueue(job, 2, 7);
  await enqueue(job, 3, 5);
  await enqueue(job, 4);
  await database.sql`update processing_queue set run_at = 'infinity' where priority = 5`;
  expect(await claim(20)).toEqual(new Map([[job.ownerId, 6]]));
});

test('more owners than are looked at in one claim all get their turn', async () => {
  const jobs: SeededJob[] = [];
  for (let n = 0; n < 80; n++) jobs.push(await newOwner());
  await enqueueItems(
    database.sql,
    jobs.map((job) => workItemOf(job)),
  );
  const turns = new OwnerTurns();
  const served = new Set<UserId>();
  while (served.size < jobs.length) {
    const owners = [...(await claim(40, turns)).keys()];
    expect(owners).not.toEqual([]);
    for (const owner of owners) served.add(owner);
  }
});

test('a queue that was analysed while it was empty is still claimed by its index', async () => {
  await runOn(clone.ownerUrl, 'vacuum analyze processing_queue');
  const job = await newOwner();
  for (let n = 0; n < 10; n++) await enqueue(job, 2_000);
  const scans = async (): Promise<number> => {
    await database.sql`select pg_stat_force_next_flush()`;
    const [row] = await database.sql<{ scans: number }>`
      select seq_scan as scans from pg_stat_user_tables where relname = 'processing_queue'`;
    return row?.scans ?? 0;
  };
  const before = await scans();
  for (let n = 0; n < 10; n++) await claim(100);
  // Statistics come a moment late from the other connections.
  await pause(50);
  expect(await scans()).toBe(before);
});

/** Milliseconds from enqueuing until each of ten items of an owner is begun. */
async function waitsOf(owner: SeededJob, busy: SeededJob | null): Promise<number[]> {
  const waits: number[] = [];
  let enqueuedAt = Infinity;
  const { worker: running } = openWorker(
    database,
    async (item): Promise<Effect> => {
      if (item.ownerId === owner.ownerId) waits.push(performance.now() - enqueuedAt);
      await pause(10);
      return async () => undefined;
    },
    { concurrency: { ocr: 4 }, pollMs: 20 },
  );
  if (busy) for (let n = 0; n < 10; n++) await enqueue(busy, 5_000);
  await running.start();
  await pause(100);
  enqueuedAt = performance.now();
  await enqueue(owner, 10);
  while (waits.length < 10) await pause(5);
  await running.stop();
  await database.sql`delete from processing_queue`;
  return waits.toSorted((a, b) => a - b);
}

const limitMs = 300_000;

test(
  'ten items beside fifty thousand of somebody else wait at most twice as long as alone',
  async () => {
    const [few, many] = [await newOwner(), await newOwner()];
    const medians: { alone: number; beside: number }[] = [];
    for (let round = 0; round < 4; round++) {
      const alone = (await waitsOf(few, null))[5] ?? Infinity;
      const beside = (await waitsOf(few, many))[5] ?? Infinity;
      medians.push({ alone, beside });
      if (beside <= 2 * alone) return;
    }
    // Four rounds of bad luck on a busy machine are no luck.
    expect(medians).toEqual([]);
  },
  limitMs,
);

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { type JobId, newId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import { type SeededJob, readQueue, seedJob, workItemOf } from '#test/support/seed-rows.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import { createBell } from './bell.ts';
import { CoalescedEnqueue } from './coalesced-enqueue.ts';

let clone: TestDatabase;
let database: Database;
let job: SeededJob;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = clone.database;
  job = await seedJob(database.sql);
});

afterAll(() => clone.close());

afterEach(async () => {
  await database.sql`delete from processing_queue`;
});

function openEnqueue(): CoalescedEnqueue {
  return new CoalescedEnqueue(database, createBell(database, 'test_queue', silentLogger));
}

test('items of callers at the same time are stored together, each once', async () => {
  const enqueue = openEnqueue();
  await Promise.all(
    Array.from({ length: 1_200 }, (_, page) =>
      enqueue.add(workItemOf(job, { pageFrom: page + 1, pageTo: page + 1 })),
    ),
  );
  expect(await readQueue(database.sql)).toHaveLength(1_200);
  const [row] = await database.sql<{ commits: number }>`
    select count(distinct xmin::text)::int as commits from processing_queue`;
  expect(row?.commits).toBeLessThanOrEqual(4);
});

test('an item that is refused fails its own caller and no other', async () => {
  const enqueue = openEnqueue();
  const outcomes = await Promise.allSettled([
    enqueue.add(workItemOf(job)),
    enqueue.add(workItemOf({ ...job, jobId: newId<JobId>() })),
    enqueue.add(workItemOf(job)),
  ]);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await readQueue(database.sql)).toHaveLength(2);
});

test('a worker is woken after the commit', async () => {
  const bell = createBell(database, 'test_queue', silentLogger);
  const rung = Promise.withResolvers<void>();
  const unlisten = await bell.listen(() => rung.resolve());
  await new CoalescedEnqueue(database, bell).add(workItemOf(job));
  await rung.promise;
  await unlisten();
});

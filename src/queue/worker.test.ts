import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import type { Database, Sql } from '#db/database.ts';
import { AppError } from '#kernel/app-error.ts';
import { eventually } from '#test/support/eventually.ts';
import { openWorker } from '#test/support/open-worker.ts';
import { type SeededJob, readQueue, seedJob, workItemOf } from '#test/support/seed-rows.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

import { enqueueItems, retryItem } from './queue-repository.ts';
import { GiveUp, RetryAfter, StaleLease, type WorkItem } from './work-item.ts';
import type { Effect } from './item-runner.ts';
import type { Worker } from './worker.ts';

let clone: TestDatabase;
let database: Database;
let job: SeededJob;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = clone.database;
});

afterAll(() => clone.close());

beforeEach(async () => {
  await database.sql`delete from processing_queue`;
  job = await seedJob(database.sql);
});

const noEffect: Effect = async () => undefined;

/** Notes in the log of the job that an item of these pages was stored. */
function noteEffect(item: WorkItem): Effect {
  return async (sql) => {
    await sql`
      insert into processing_history (owner_id, job_id, seq, action, duration_ms)
      values (${item.ownerId}, ${item.jobId}, 0, 'test.stored', ${item.pageFrom})`;
  };
}

/** First pages of the items whose effects were stored, in the order of the pages. */
async function storedPages(sql: Sql): Promise<number[]> {
  const rows = await sql<{ page: number }>`
    select duration_ms as page from processing_history
    where job_id = ${job.jobId} and action = 'test.stored' order by duration_ms`;
  return rows.map((row) => row.page);
}

async function enqueuePages(count: number, queue = 'ocr'): Promise<void> {
  const items = Array.from({ length: count }, (_, index) =>
    workItemOf(job, { queue, pageFrom: index + 1, pageTo: index + 1 }),
  );
  await enqueueItems(database.sql, items);
}

/** Lets a worker take everything that is due, until nothing is. */
async function workOff(worker: Worker): Promise<void> {
  while ((await worker.tick()) > 0) await worker.idle();
}

/** What is left of the only item after one try that ends with `error`. */
async function failOnce(error: unknown) {
  await enqueuePages(1);
  const { worker, log } = openWorker(database, async () => {
    throw error;
  });
  await worker.tick();
  await worker.idle();
  const rows = await database.sql<{
    status: string;
    attempts: number;
    errorCode: string;
    waitMs: number;
  }>`
    select status, attempts, error_code,
      (extract(epoch from run_at - last_attempt_at) * 1000)::float8 as wait_ms
    from processing_queue`;
  return { row: rows[0], log };
}

test('an item is worked on, its effect stored and its row removed', async () => {
  await enqueuePages(3);
  const { worker, log } = openWorker(database, async (item) => noteEffect(item));
  await workOff(worker);
  expect(await storedPages(database.sql)).toEqual([1, 2, 3]);
  expect(await readQueue(database.sql)).toEqual([]);
  expect([log.retried, log.dead]).toEqual([[], []]);
});

test('no queue runs more items at once than it has slots', async () => {
  await enqueuePages(5, 'ocr');
  await enqueuePages(5, 'classify');
  const gates: (() => void)[] = [];
  let isOver = false;
  const { worker, log } = openWorker(
    database,
    async () => {
      if (!isOver) await new Promise<void>((resolve) => gates.push(resolve));
      return noEffect;
    },
    { concurrency: { ocr: 2, classify: 1 } },
  );
  const running = (): string[] => log.handled.map((item) => item.queue).toSorted();
  expect(await worker.tick()).toBe(3);
  expect(running()).toEqual(['classify', 'ocr', 'ocr']);
  expect(await worker.tick()).toBe(0);
  gates[log.handled.findIndex((item) => item.queue === 'classify')]?.();
  // An item may be claimed ahead of the slot it waits for.
  await eventually('a free slot', async () => {
    await worker.tick();
    return log.handled.length === 4;
  });
  expect(running()).toEqual(['classify', 'classify', 'ocr', 'ocr']);
  isOver = true;
  for (const open of gates) open();
  await worker.idle();
});

test('an effect that throws is undone with the removal of its item, which is tried again', async () => {
  await enqueuePages(1);
  const { worker, log } = openWorker(database, async (item) => async (sql) => {
    await noteEffect(item)(sql);
    throw new Error('the second half of the effect is refused');
  });
  await worker.tick();
  await worker.idle();
  expect(await storedPages(database.sql)).toEqual([]);
  expect(await readQueue(database.sql)).toMatchObject([{ status: 'ready', attempts: 1 }]);
  expect(log.retried).toHaveLength(1);
});

test('a try that failed waits by the backoff', async () => {
  const { row, log } = await failOnce(new AppError('engine.crashed', 'it fell over'));
  expect(row).toMatchObject({ status: 'ready', attempts: 1, errorCode: 'engine.crashed' });
  expect(row?.waitMs).toBeGreaterThanOrEqual(500);
  // One second at most, counted from the failure, which is a little after the claim.
  expect(row?.waitMs).toBeLessThan(10_000);
  expect(log.retried).toMatchObject([{ code: 'engine.crashed', message: 'it fell over' }]);
});

test('a handler may say when to try again', async () => {
  const { row } = await failOnce(new RetryAfter(300_000, 'the engine is being replaced'));
  expect(row).toMatchObject({ status: 'ready', attempts: 1 });
  expect(row?.waitMs).toBeGreaterThanOrEqual(300_000);
});

test.each([
  ['a handler that gives up', new GiveUp('no use'), 'job.attempts_exhausted'],
  ['a file that cannot be read', new AppError('file.damaged', 'broken'), 'file.damaged'],
])('%s ends the item at the first try', async (_, error, code) => {
  const { row, log } = await failOnce(error);
  expect(row).toMatchObject({ status: 'dead', attempts: 1, errorCode: code });
  expect(log.dead).toMatchObject([{ code, permanent: true }]);
  expect(log.retried).toEqual([]);
});

test('an item is dead when its tries are used up', async () => {
  await enqueuePages(1);
  const { worker, log } = openWorker(database, () => Promise.reject(new RetryAfter(0, 'again')));
  await workOff(worker);
  expect(log.handled.map((item) => item.attempt)).toEqual([1, 2, 3]);
  expect([log.retried.length, log.dead.length]).toEqual([2, 1]);
  expect(await readQueue(database.sql)).toMatchObject([{ status: 'dead', attempts: 3 }]);
});

test('what the caller does at a death is stored with it or not at all', async () => {
  await enqueuePages(1);
  const settled: string[] = [];
  const { worker } = openWorker(database, () => Promise.reject(new GiveUp('no use')), {
    handlers: {
      async onDead(sql, item) {
        const [row] = await readQueue(sql);
        settled.push(row?.status ?? 'gone');
        await noteEffect(item)(sql);
        throw new Error('the job cannot be settled');
      },
    },
  });
  await worker.tick();
  await worker.idle();
  expect(settled).toEqual(['dead']);
  expect(await storedPages(database.sql)).toEqual([]);
  // Nobody has buried it: its lease will run out, and it is looked at again.
  expect(await readQueue(database.sql)).toMatchObject([{ status: 'running' }]);
});

test('work that was handed to another worker meanwhile is dropped without a trace', async () => {
  await enqueuePages(1);
  const { worker, log } = openWorker(database, async (item) => {
    await retryItem(database.sql, item, 0, { code: 'engine.crashed', message: 'thought dead' });
    const second = openWorker(database, async (again) => noteEffect(again));
    await workOff(second.worker);
    return async (sql) => {
      await noteEffect({ ...item, pageFrom: 99 })(sql);
    };
  });
  await worker.tick();
  await worker.idle();
  expect(await storedPages(database.sql)).toEqual([1]);
  expect([log.retried, log.dead]).toEqual([[], []]);
});

test('an effect that finds its job ended throws StaleLease: nothing is stored and nothing counted', async () => {
  await enqueuePages(1);
  const { worker, log } = openWorker(database, async (item) => async (sql) => {
    await noteEffect(item)(sql);
    throw new StaleLease(item);
  });
  await worker.tick();
  await worker.idle();
  expect(await storedPages(database.sql)).toEqual([]);
  expect([log.retried, log.dead]).toEqual([[], []]);
});

test('workers that fail, lose leases and die at random store every effect exactly once', async () => {
  const pages = 120;
  await enqueuePages(pages);
  await database.sql`update processing_queue set max_attempts = 1000`;
  let turn = 0;
  const workers = [0, 1, 2].map(
    () =>
      openWorker(database, async (item) => {
        turn += 1;
        if (turn % 5 === 0) throw new RetryAfter(0, 'a try that fails');
        // Another process took the item away from us, and we do not know.
        if (turn % 7 === 0) {
          await retryItem(database.sql, item, 0, { code: 'engine.crashed', message: 'stolen' });
        }
        return async (sql) => {
          await noteEffect(item)(sql);
          if (turn % 11 === 0) throw new Error('the effect is refused');
        };
      }).worker,
  );
  while ((await readQueue(database.sql)).length > 0) {
    await database.sql`update processing_queue set run_at = now() where status = 'ready' and run_at > now()`;
    await Promise.all(workers.map((worker) => worker.tick()));
    await Promise.all(workers.map((worker) => worker.idle()));
  }
  expect(await storedPages(database.sql)).toEqual(
    Array.from({ length: pages }, (_, index) => index + 1),
  );
});

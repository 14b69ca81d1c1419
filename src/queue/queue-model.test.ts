import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Database } from '#db/database.ts';
import { type WorkerId, newId } from '#kernel/ids.ts';
import { type ModelItem, QueueModel } from '#test/support/queue-model.ts';
import {
  type QueueRow,
  type SeededJob,
  readQueue,
  seedJob,
  workItemOf,
} from '#test/support/seed-rows.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

import {
  buryItem,
  claimItems,
  deleteLeasedItem,
  enqueueItems,
  extendLeases,
  finishItems,
  holdItems,
  lockAbandonedItems,
  prioritiseItems,
  redriveItems,
  releaseItems,
  removeItems,
  resumeItems,
  retryItem,
} from './queue-repository.ts';
import type { WorkItem } from './work-item.ts';

let clone: TestDatabase;
let database: Database;
let jobs: SeededJob[];
const workers = [newId<WorkerId>(), newId<WorkerId>()];
const queues = ['ocr', 'classify'];
const failure = { code: 'engine.crashed', message: 'it fell over' };
const leaseMs = 15_000;

beforeAll(async () => {
  clone = await createTestDatabase();
  database = clone.database;
  jobs = [await seedJob(database.sql), await seedJob(database.sql)];
});

afterAll(() => clone.close());

/** One step: what happens, and numbers that choose to whom. */
type Step =
  | { do: 'enqueue'; job: number; queue: number; priority: number; count: number; delayMs: number }
  | { do: 'claim'; worker: number; ocr: number; classify: number }
  | { do: 'complete' | 'bury' | 'release' | 'extend'; worker: number; lease: number }
  | { do: 'retry'; lease: number; delayMs: number }
  | { do: 'wait'; ms: number }
  | { do: 'sweep'; dead: number }
  | { do: 'finish'; lease: number; count: number }
  | { do: 'redrive' | 'remove' | 'hold' | 'resume'; job: number }
  | { do: 'prioritise'; job: number; priority: number };

const few = fc.nat(3);
const aLease = fc.nat(1_000);
const steps: fc.Arbitrary<Step>[] = [
  fc.record({
    do: fc.constant('enqueue' as const),
    job: few,
    queue: few,
    priority: fc.integer({ min: -2, max: 2 }),
    count: fc.integer({ min: 1, max: 4 }),
    delayMs: fc.constantFrom(0, 0, 0, 5_000),
  }),
  fc.record({ do: fc.constant('claim' as const), worker: few, ocr: few, classify: few }),
  fc.record({
    do: fc.constantFrom('complete', 'complete', 'bury', 'release', 'extend'),
    worker: few,
    lease: aLease,
  }),
  fc.record({
    do: fc.constant('retry' as const),
    lease: aLease,
    delayMs: fc.constantFrom(0, 1_000, 20_000),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 1_000, 14_000, 16_000) }),
  fc.record({ do: fc.constant('sweep' as const), dead: fc.nat(5) }),
  fc.record({ do: fc.constant('finish' as const), lease: aLease, count: few }),
  fc.record({ do: fc.constantFrom('redrive', 'remove', 'redrive', 'hold', 'resume'), job: few }),
  fc.record({
    do: fc.constant('prioritise' as const),
    job: few,
    priority: fc.integer({ min: -2, max: 2 }),
  }),
];

/** The real queue and the model side by side; every step is taken in both and must look the same. */
class Pair {
  readonly model = new QueueModel();
  /** Every lease ever given out, the lost ones too: their holders do not know. */
  readonly leases: WorkItem[] = [];
  /** Ahead of the server's clock, so that what is due by it is due here. */
  #now = Date.now() + 3_600_000;

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'enqueue':
        return this.enqueue(step);
      case 'claim':
        return this.claim(workerAt(step.worker), [step.ocr, step.classify]);
      case 'retry':
        return this.retry(step.lease, step.delayMs);
      case 'wait':
        this.#now += step.ms;
        return undefined;
      case 'sweep':
        return this.sweep(workers.filter((_, index) => index === step.dead));
      case 'finish':
        return this.finish(step.lease, step.count);
      case 'prioritise':
        await prioritiseItems(database.sql, jobAt(step.job).jobId, step.priority);
        return this.model.prioritise(jobAt(step.job).jobId, step.priority);
      case 'redrive':
      case 'remove':
      case 'hold':
      case 'resume':
        return this.changeJob(step.do, jobAt(step.job));
      case 'complete':
      case 'bury':
      case 'release':
      case 'extend':
        return this.useLease(step.do, workerAt(step.worker), step.lease);
    }
  }

  async enqueue(step: {
    job: number;
    queue: number;
    priority: number;
    count: number;
    delayMs: number;
  }) {
    const job = jobAt(step.job);
    const queue = queues[step.queue % queues.length] ?? '';
    const runAt = this.#now + step.delayMs;
    const items = Array.from({ length: step.count }, () =>
      workItemOf(job, { queue, priority: step.priority, runAt: new Date(runAt) }),
    );
    await enqueueItems(database.sql, items);
    for (const row of await readQueue(database.sql)) {
      if (!this.model.items.has(row.id)) this.model.add({ ...row, runAt });
    }
  }

  /** Many at once, lost leases among them. */
  async finish(at: number, count: number): Promise<void> {
    const leases = this.leases.slice(at % Math.max(1, this.leases.length)).slice(0, count);
    const held = await finishItems(
      database.sql,
      leases.map((item) => ({ item, durationMs: 1 })),
    );
    expect(held).toEqual(
      new Set(leases.filter((item) => this.model.complete(item)).map((item) => item.id)),
    );
  }

  async claim(worker: WorkerId, [ocr, classify]: [number, number]): Promise<void> {
    const slots = new Map([
      ['ocr', ocr],
      ['classify', classify],
    ]);
    const real = await claimItems(database.sql, worker, slots, leaseMs, this.#date());
    const expected = this.model.claim(worker, slots, leaseMs, this.#now);
    expect(
      real.toSorted(byId).map(({ id, leaseToken, attempt }) => [id, leaseToken, attempt]),
    ).toEqual(expected.toSorted(byId).map(({ id, token, attempts }) => [id, token, attempts]));
    this.leases.push(...real);
  }

  async retry(at: number, delayMs: number): Promise<void> {
    const lease = this.#leaseAt(at);
    if (lease === undefined) return;
    const real = await retryItem(database.sql, lease, delayMs, failure, this.#date());
    expect(real).toBe(this.model.retry(lease, delayMs > 0 ? this.#now + delayMs : -Infinity));
  }

  async useLease(what: 'complete' | 'bury' | 'release' | 'extend', worker: WorkerId, at: number) {
    const lease = this.#leaseAt(at);
    if (lease === undefined) return;
    if (what === 'complete') {
      expect(await deleteLeasedItem(database.sql, lease)).toBe(this.model.complete(lease));
    } else if (what === 'bury') {
      expect(await buryItem(database.sql, lease, failure)).toBe(this.model.bury(lease));
    } else if (what === 'release') {
      const leases = this.leases.slice(at % this.leases.length).slice(0, 3);
      await releaseItems(database.sql, leases);
      this.model.release(leases);
    } else {
      const { leases } = this;
      const kept = await extendLeases(database.sql, worker, leases, leaseMs, this.#date());
      expect(kept).toEqual(this.model.extend(worker, leases, this.#now + leaseMs));
    }
  }

  async sweep(dead: readonly WorkerId[]): Promise<void> {
    const found = await database.transaction(async (sql) => {
      const items = await lockAbandonedItems(sql, dead, 200, this.#date());
      for (const item of items) {
        if (item.attempt < item.maxAttempts) await retryItem(sql, item, 0, failure, this.#date());
        else await buryItem(sql, item, failure);
      }
      return items;
    });
    expect(found.map((item) => item.id)).toEqual(
      this.model.abandoned(dead, this.#now).map((item) => item.id),
    );
    for (const item of found) {
      if (item.attempt < item.maxAttempts) this.model.retry(item, -Infinity);
      else this.model.bury(item);
    }
  }

  async changeJob(what: 'redrive' | 'remove' | 'hold' | 'resume', { jobId }: SeededJob) {
    if (what === 'redrive') {
      const redriven = await redriveItems(database.sql, jobId, this.#date());
      expect(redriven).toBe(this.model.redrive(jobId, this.#now));
    } else if (what === 'remove') {
      expect(await removeItems(database.sql, jobId)).toBe(this.model.remove(jobId));
    } else if (what === 'hold') {
      expect(await holdItems(database.sql, jobId)).toBe(this.model.hold(jobId));
    } else {
      const resumed = await resumeItems(database.sql, jobId, this.#date());
      expect(resumed).toBe(this.model.resume(jobId, this.#now));
    }
  }

  /** Lets everything come to an end: no item may be stuck. */
  async drain(): Promise<void> {
    this.#now += 3_600_000;
    await this.sweep(workers);
    for (const job of jobs) {
      await this.changeJob('redrive', job);
      await this.changeJob('resume', job);
    }
    await this.claim(workerAt(0), [10_000, 10_000]);
    for (let at = 0; at < this.leases.length; at += 1) {
      await this.useLease('complete', workerAt(0), at);
    }
  }

  /** Real and model look the same, and what must hold in every state holds. */
  async compare(): Promise<void> {
    const rows = await readQueue(database.sql);
    const expected = [...this.model.items.values()].toSorted((a, b) => a.id - b.id);
    expect(rows.map(rowFacts)).toEqual(expected.map(modelFacts));
    // An item is due when the model says so, to the millisecond.
    expect(rows.map((row) => row.runAt?.getTime() ?? Infinity)).toEqual(
      expected.map((item) => item.runAt),
    );
    const keys = this.leases.map((lease) => `${lease.id} ${lease.leaseToken}`);
    expect(new Set(keys).size).toBe(keys.length);
  }

  #date(): Date {
    return new Date(this.#now);
  }

  #leaseAt(at: number): WorkItem | undefined {
    return this.leases[at % Math.max(1, this.leases.length)];
  }
}

function byId(a: { id: number }, b: { id: number }): number {
  return a.id - b.id;
}

function workerAt(index: number): WorkerId {
  return workers[index % 2] ?? newId<WorkerId>();
}

function jobAt(index: number): SeededJob {
  const job = jobs[index % jobs.length];
  if (job === undefined) throw new Error('there are no jobs');
  return job;
}

function rowFacts(row: QueueRow) {
  const { id, status, priority, attempts, leaseToken: token, leaseOwner: owner } = row;
  return {
    id,
    status,
    priority,
    attempts,
    token,
    owner,
    expiresAt: row.leaseExpiresAt?.getTime() ?? null,
  };
}

function modelFacts({ id, status, priority, attempts, token, owner, expiresAt }: ModelItem) {
  return { id, status, priority, attempts, token, owner, expiresAt };
}

test('whatever happens in whatever order, the queue does what the model does and loses nothing', async () => {
  let [enqueued, completed, staleUses] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(...steps), { minLength: 10, maxLength: 60 }),
      async (run) => {
        await database.sql`delete from processing_queue`;
        const pair = new Pair();
        const everything = new Set<number>();
        for (const step of run) {
          await pair.take(step);
          await pair.compare();
          for (const id of pair.model.items.keys()) everything.add(id);
        }
        await pair.drain();
        await pair.compare();
        expect(pair.model.items.size).toBe(0);
        // Each item was completed exactly once or removed with its job, and never both.
        for (const id of everything) {
          const times = pair.model.completed.get(id) ?? 0;
          expect(times + (pair.model.removed.has(id) ? 1 : 0)).toBe(1);
        }
        enqueued += everything.size;
        completed += pair.model.completed.size;
        staleUses += pair.leases.length - pair.model.completed.size;
      },
    ),
    { numRuns: 60 },
  );
  // The runs were about something: items came, went, and leases were lost.
  expect(enqueued).toBeGreaterThan(200);
  expect(completed).toBeGreaterThan(100);
  expect(staleUses).toBeGreaterThan(20);
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { localOwner } from '#features/identity/index.ts';
import type { JobId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';
import type { Bell } from '#queue/bell.ts';
import { createBell } from '#queue/bell.ts';
import { eventually } from '#test/support/eventually.ts';
import { insertUser, makeReading, storeDocument } from '#test/support/factories.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import { JobFeed } from './job-feed.ts';
import type { ProcessingJob } from './job.ts';
import { jobChannel } from './job.ts';

let db: TestDatabase;
let bell: Bell;
let feed: JobFeed;
beforeAll(async () => {
  db = await createTestDatabase();
  bell = createBell(db.database, jobChannel, silentLogger);
});
afterAll(() => db.close());
beforeEach(async () => {
  feed = new JobFeed(db.database, bell, silentLogger, { refreshMs: 60_000 });
  await feed.start();
});
afterEach(async () => {
  await feed.stop();
  await db.database.sql`delete from documents`;
});

interface Watcher {
  seen: ProcessingJob[];
  /** What is known of a job, as a watcher that keeps only the newest snapshot sees it. */
  statusOf(id: JobId): string | undefined;
  ended: boolean;
  leave(): void;
}

async function watch(jobId?: JobId, owner = localOwner.userId): Promise<Watcher> {
  const seen: ProcessingJob[] = [];
  const watcher: Watcher = {
    seen,
    statusOf: (id) => seen.findLast((job) => job.id === id)?.status,
    ended: false,
    leave: () => undefined,
  };
  watcher.leave = await feed.subscribe({
    owner,
    jobId,
    send: (job) => seen.push(job),
    end: () => (watcher.ended = true),
  });
  return watcher;
}

const store = () => storeDocument(db.database);

async function setStatus(id: JobId, status: string, ring = true): Promise<void> {
  const finished = status === 'completed';
  await db.database.sql`
    update processing_jobs set status = ${status}, completed_at = case when ${finished} then now() end
    where id = ${id}`;
  if (ring) bell.ring(id);
}

describe('a watcher', () => {
  test('begins with a snapshot of every open job of the owner', async () => {
    const [one, two] = [await store(), await store()];
    await storeDocument(db.database, { pages: [makeReading(1, 'read')] });
    const { seen } = await watch();
    expect(seen.map((job) => job.id).toSorted()).toEqual([one.jobId, two.jobId].toSorted());
  });

  test('of one job begins with it, also when it has ended', async () => {
    await store();
    const read = await storeDocument(db.database, { pages: [makeReading(1, 'read')] });
    const { seen } = await watch(read.jobId);
    expect(seen.map((job) => [job.id, job.status])).toEqual([[read.jobId, 'completed']]);
  });

  test('is told of changes in other processes', async () => {
    const { jobId } = await store();
    const watcher = await watch();
    const elsewhere = createBell(db.database, jobChannel, silentLogger);
    await setStatus(jobId, 'running', false);
    elsewhere.ring(jobId);
    await eventually('the change', () => watcher.statusOf(jobId) === 'running');
  });

  test('is told of jobs that begin later', async () => {
    const watcher = await watch();
    const { jobId } = await store();
    bell.ring(jobId);
    await eventually('the new job', () => watcher.statusOf(jobId) === 'queued');
  });

  test('of one job hears nothing of others', async () => {
    const [one, two] = [await store(), await store()];
    const watcher = await watch(one.jobId);
    const everything = await watch();
    await setStatus(two.jobId, 'running');
    await eventually('the change', () => everything.statusOf(two.jobId) === 'running');
    expect(watcher.seen.map((job) => job.id)).toEqual([one.jobId]);
  });

  test('hears nothing of what belongs to somebody else, even by id', async () => {
    const stranger = await insertUser(db.database);
    const { jobId } = await store();
    const all = await watch(undefined, stranger.userId);
    const one = await watch(jobId, stranger.userId);
    const mine = await watch(jobId);
    await setStatus(jobId, 'running');
    await eventually('the change', () => mine.statusOf(jobId) === 'running');
    expect([...all.seen, ...one.seen]).toEqual([]);
  });

  test('that left hears nothing any more', async () => {
    const { jobId } = await store();
    const left = await watch();
    const stays = await watch();
    left.leave();
    await setStatus(jobId, 'running');
    await eventually('the change', () => stays.statusOf(jobId) === 'running');
    expect(left.statusOf(jobId)).toBe('queued');
  });

  test('is told when the feed ends', async () => {
    const watcher = await watch();
    await feed.stop();
    await feed.stop();
    expect(watcher.ended).toBe(true);
  });
});

test('many changes in a short time become few snapshots, and the last state is among them', async () => {
  const { jobId } = await store();
  const watcher = await watch(jobId);
  const changes = 100;
  await setStatus(jobId, 'running', false);
  for (let done = 1; done <= changes; done++) {
    await db.database.sql`update processing_jobs set pages_done = ${done} where id = ${jobId}`;
    bell.ring(jobId);
  }
  await eventually('the last change', () => watcher.seen.at(-1)?.pagesDone === changes);
  expect(watcher.seen.length).toBeLessThan(changes / 2);
  const counts = watcher.seen.map((job) => job.pagesDone);
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
});

describe('lost hints', () => {
  async function openImpatientFeed(): Promise<void> {
    await feed.stop();
    feed = new JobFeed(db.database, bell, silentLogger, { refreshMs: 50 });
    await feed.start();
  }

  test('of a change are made up for', async () => {
    await openImpatientFeed();
    const { jobId } = await store();
    const watcher = await watch();
    await setStatus(jobId, 'running', false);
    await eventually('the change', () => watcher.statusOf(jobId) === 'running');
  });

  test('of a job that nobody saw open are made up for, once', async () => {
    await openImpatientFeed();
    const watcher = await watch();
    const { jobId } = await storeDocument(db.database, { pages: [makeReading(1, 'read')] });
    await eventually('the end', () => watcher.statusOf(jobId) === 'completed');
    const { jobId: next } = await storeDocument(db.database, { pages: [makeReading(1, 'next')] });
    await eventually('a later end', () => watcher.statusOf(next) === 'completed');
    expect(watcher.seen.filter((job) => job.id === jobId)).toHaveLength(1);
  });

  test('of an end that a newcomer saw first are made up for', async () => {
    await openImpatientFeed();
    const all = await watch();
    const { jobId } = await storeDocument(db.database, { pages: [makeReading(1, 'read')] });
    const newcomer = await watch(jobId);
    expect(newcomer.statusOf(jobId)).toBe('completed');
    await eventually('the end', () => all.statusOf(jobId) === 'completed');
  });

  test('of an end are made up for, so that nobody waits for ever', async () => {
    await openImpatientFeed();
    const { jobId } = await store();
    const [all, one] = [await watch(), await watch(jobId)];
    await setStatus(jobId, 'running', false);
    await setStatus(jobId, 'completed', false);
    await eventually('the end', () => all.statusOf(jobId) === 'completed');
    expect(one.statusOf(jobId)).toBe('completed');
    const told = all.seen.length;
    const { jobId: next } = await store();
    await eventually('a later job', () => all.statusOf(next) === 'queued');
    expect(all.seen.slice(told).map((job) => job.id)).not.toContain(jobId);
  });
});

import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptUpload } from '#features/documents/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { getJob } from '#features/jobs/index.ts';
import { searchPages } from '#features/search/index.ts';
import type { AppError } from '#kernel/app-error.ts';
import { insertUser, makeReading, storeDocument } from '#test/support/factories.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestParts, makeWorker, openParts, workOff } from '#test/support/start-app.ts';
import { nextDay, nextMonth } from './usage-limits.ts';
import { getUsage } from './usage-service.ts';

let parts: TestParts;
beforeAll(async () => {
  parts = await openParts();
});
afterAll(() => parts.close());

/** A user with limits of their own. */
async function userWith(limits: Record<string, unknown>): Promise<Actor> {
  const actor = await insertUser(parts.database);
  await parts.database
    .sql`update users set limits = ${JSON.stringify(limits)}::jsonb where id = ${actor.userId}`;
  return actor;
}

async function pdfOf(pages: number): Promise<Buffer> {
  const page = { width: 200, height: 200, lines: [{ text: 'coffee', x: 40, y: 100, size: 20 }] };
  return Buffer.from(await makePdf(Array.from({ length: pages }, () => page)));
}

const upload = (actor: Actor, bytes: Buffer) =>
  acceptUpload(parts, actor, 'a.pdf', Readable.from([bytes]));

const search = (actor: Actor, requestId: string, limits = parts) =>
  searchPages(limits, actor, {
    q: 'coffee',
    order: 'newest',
    documentId: undefined,
    limit: 5,
    cursor: undefined,
    requestId,
  });

async function refusalOf(work: Promise<unknown>): Promise<Partial<AppError>> {
  return work.then(
    () => ({}),
    (error: Partial<AppError>) => error,
  );
}

test('a month and a day end at midnight UTC', () => {
  const late = new Date('2026-12-31T23:59:59Z');
  expect(nextMonth(late).toISOString()).toBe('2027-01-01T00:00:00.000Z');
  expect(nextDay(late).toISOString()).toBe('2027-01-01T00:00:00.000Z');
});

test('a file that does not fit is refused, and nothing of it stays', async () => {
  const bytes = await pdfOf(1);
  const actor = await userWith({ storedBytes: bytes.length + 10 });
  await upload(actor, bytes);
  const refusal = await refusalOf(upload(actor, bytes));
  expect(refusal).toMatchObject({
    code: 'usage.limit_reached',
    details: {
      limit: 'storedBytes',
      allowed: bytes.length + 10,
      used: bytes.length,
      freesAt: null,
    },
  });
  expect(refusal.message).toContain('MiB');
  const rows = await parts.database.sql`
    select state from blobs where owner_id = ${actor.userId} and state <> 'failed'`;
  expect(rows).toEqual([{ state: 'stored' }]);
  expect((await getUsage(parts, actor, {})).limits.storedBytes).toMatchObject({
    allowed: bytes.length + 10,
    used: bytes.length,
  });
});

test('of uploads at the same moment only as many are stored as fit', async () => {
  const bytes = await pdfOf(1);
  const actor = await userWith({ storedBytes: 2 * bytes.length });
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => upload(actor, bytes)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  expect((await getUsage(parts, actor, {})).storageBytes).toBe(2 * bytes.length);
});

test('pages beyond the month are not read: the job says which limit and when it frees', async () => {
  const actor = await userWith({ pagesPerMonth: 3 });
  const three = await upload(actor, await pdfOf(3));
  const two = await upload(actor, await pdfOf(2));
  await workOff(makeWorker(parts));
  const jobs = [await getJob(parts, actor, three.jobId), await getJob(parts, actor, two.jobId)];
  expect(jobs.map((job) => job.status).toSorted()).toEqual(['completed', 'failed']);
  const failed = jobs.find((job) => job.status === 'failed');
  expect(failed?.errorCode).toBe('usage.limit_reached');
  expect(failed?.errorMessage).toMatch(/of the 3 pages .* The next month begins on \d{4}-\d\d-01/);
  if (jobs[0]?.status === 'completed') {
    expect(await refusalOf(upload(actor, await pdfOf(1)))).toMatchObject({
      code: 'usage.limit_reached',
      details: { limit: 'pagesPerMonth', allowed: 3, used: 3 },
    });
  }
}, 60_000);

test('searches count once under retries, and those over the limit of the day are refused', async () => {
  const actor = await userWith({ queriesPerDay: 2 });
  await storeDocument(parts.database, { pages: [makeReading(1, 'coffee')] }, actor);
  await search(actor, 'one');
  await search(actor, 'one');
  await search(actor, 'two');
  const refusal = await refusalOf(search(actor, 'three'));
  expect(refusal).toMatchObject({
    code: 'usage.limit_reached',
    details: { limit: 'queriesPerDay', allowed: 2, used: 2 },
  });
});

test('a limit of the server holds for those without one of their own', async () => {
  const limited = {
    ...parts,
    usageLimits: { pagesPerMonth: null, storedBytes: null, queriesPerDay: 0 },
  };
  const plain = await userWith({});
  expect(await refusalOf(search(plain, 'a', limited))).toMatchObject({
    code: 'usage.limit_reached',
  });
  const free = await userWith({ queriesPerDay: null });
  await search(free, 'b', limited);
  const odd = await userWith({ somebody: 'else wrote this' });
  expect(await refusalOf(search(odd, 'c', limited))).toMatchObject({ code: 'usage.limit_reached' });
});

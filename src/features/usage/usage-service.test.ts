import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptUpload } from '#features/documents/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { searchPages } from '#features/search/index.ts';
import { insertUser, makeReading, storeDocument } from '#test/support/factories.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestParts, makeWorker, openParts, workOff } from '#test/support/start-app.ts';
import { countUsage } from './usage-repository.ts';
import { getUsage } from './usage-service.ts';

let parts: TestParts;
beforeAll(async () => {
  parts = await openParts();
});
afterAll(() => parts.close());

const search = { q: 'coffee', order: 'newest', documentId: undefined, limit: 5 } as const;

async function usageOf(actor: Actor) {
  const { pagesProcessed, queriesMade, storageBytes } = await getUsage(parts, actor, {});
  return { pagesProcessed, queriesMade, storageBytes };
}

test('an upload counts its bytes, its reading its pages, and a search itself', async () => {
  const actor = await insertUser(parts.database);
  const line = { text: 'coffee', x: 40, y: 100, size: 20 };
  const page = { width: 200, height: 200, lines: [line] };
  const bytes = Buffer.from(await makePdf([page, page, page]));
  await acceptUpload(parts, actor, 'three.pdf', Readable.from([bytes]));
  expect(await usageOf(actor)).toEqual({
    pagesProcessed: 0,
    queriesMade: 0,
    storageBytes: bytes.length,
  });
  await workOff(makeWorker(parts));
  await searchPages(parts, actor, { ...search, cursor: undefined, requestId: 'one' });
  expect(await usageOf(actor)).toEqual({
    pagesProcessed: 3,
    queriesMade: 1,
    storageBytes: bytes.length,
  });
}, 60_000);

test('what is counted again, and the next page of a search, changes nothing', async () => {
  const actor = await insertUser(parts.database);
  await storeDocument(
    parts.database,
    { pages: [makeReading(1, 'coffee'), makeReading(2, 'coffee')] },
    actor,
  );
  const ask = (requestId: string, cursor?: string) =>
    searchPages(parts, actor, { ...search, limit: 1, cursor, requestId });
  const { nextCursor } = await ask('first');
  await ask('first');
  await ask('second', nextCursor ?? '');
  expect((await usageOf(actor)).queriesMade).toBe(1);

  const event = {
    metric: 'pages_processed',
    sourceId: 'j/1',
    ownerId: actor.userId,
    amount: 1,
  } as const;
  await Promise.all(
    Array.from({ length: 20 }, () => parts.database.transaction((sql) => countUsage(sql, [event]))),
  );
  expect((await usageOf(actor)).pagesProcessed).toBe(1);
});

test('a use whose transaction fails is not counted', async () => {
  const actor = await insertUser(parts.database);
  const event = {
    metric: 'storage_bytes',
    sourceId: 'gone',
    ownerId: actor.userId,
    amount: 7,
  } as const;
  const failed = parts.database.transaction(async (sql) => {
    await countUsage(sql, [event]);
    throw new Error('the rest failed');
  });
  await expect(failed).rejects.toThrow('the rest failed');
  expect((await usageOf(actor)).storageBytes).toBe(0);
});

test('days are those asked for', async () => {
  const actor = await insertUser(parts.database);
  const at = async (day: string, amount: number) => {
    await parts.database.sql`
      insert into usage_events (metric, source_id, owner_id, amount, occurred_at)
      values ('pages_processed', ${`${actor.userId}/${day}`}, ${actor.userId}, ${amount}, ${`${day}T12:00:00Z`}::timestamptz)`;
  };
  await at('2026-01-01', 1);
  await at('2026-01-15', 2);
  await at('2026-02-01', 4);
  const usage = await getUsage(parts, actor, { from: '2026-01-01', to: '2026-01-31' });
  expect(usage.days.map(({ date, pagesProcessed }) => [date, pagesProcessed])).toEqual([
    ['2026-01-01', 1],
    ['2026-01-15', 2],
  ]);
  expect(usage.pagesProcessed).toBe(3);
  const latest = await getUsage(parts, actor, { to: '2026-02-02' });
  expect(latest).toMatchObject({ from: '2026-01-04', pagesProcessed: 6 });
});

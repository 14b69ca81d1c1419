import { afterAll, beforeAll, expect, test } from 'vitest';
import { localOwner } from '#features/identity/index.ts';
import { makeReading, storeDocument } from '#test/support/factories.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import type { HitKey } from './search-repository.ts';
import { readWordBoxes, sortNewest, walkNewest } from './search-repository.ts';

let db: TestDatabase;
const documents = 6;
beforeAll(async () => {
  db = await createTestDatabase();
  for (let document = 1; document <= documents; document++) {
    const pages = ['needle hay needle', 'hay', 'hay needle'];
    const stored = await storeDocument(db.database, {
      pages: pages.map((text, index) => makeReading(index + 1, text)),
    });
    if (document === 3) {
      await db.database
        .sql`update documents set deleted_at = now() where id = ${stored.documentId}`;
    }
  }
});
afterAll(() => db.close());

const search = { query: 'needle', documentId: undefined, limit: 3 };

async function pageThrough(next: (after: HitKey | null) => Promise<HitKey[]>): Promise<HitKey[]> {
  const found: HitKey[] = [];
  for (let after: HitKey | null = null; ;) {
    const keys = await next(after);
    found.push(...keys.slice(0, search.limit));
    if (keys.length <= search.limit) return found;
    after = keys[search.limit - 1] ?? null;
  }
}

test('both ways to the newest hits give the same pages in the same order', async () => {
  const sql = db.database.as(localOwner);
  const walked = await pageThrough((after) => walkNewest(sql, localOwner, search, after));
  const sorted = await pageThrough(async (after) => {
    const { keys } = await sortNewest(sql, localOwner, search, after, 100);
    return keys ?? [];
  });
  expect(walked).toHaveLength(2 * (documents - 1));
  expect(sorted).toEqual(walked);
});

test('the count is right on every page of results, and at the limit there are no keys', async () => {
  const sql = db.database.as(localOwner);
  const oldest = (await pageThrough((after) => walkNewest(sql, localOwner, search, after))).at(-1);
  expect(await sortNewest(sql, localOwner, search, oldest ?? null, 100)).toEqual({
    keys: [],
    count: 10,
  });
  expect(await sortNewest(sql, localOwner, search, null, 10)).toEqual({ keys: null, count: 10 });
});

test('boxes come for the words asked for and only for those', async () => {
  const sql = db.database.as(localOwner);
  const [first] = await walkNewest(sql, localOwner, search, null);
  if (first === undefined) throw new Error('nothing was found');
  const boxes = await readWordBoxes(sql, [{ ...first, indexes: [2, 0, 99] }]);
  expect(boxes.map(({ wordIndex }) => wordIndex)).toEqual([0, 2]);
  expect(await readWordBoxes(sql, [{ ...first, indexes: [] }])).toEqual([]);
  expect(await readWordBoxes(sql, [])).toEqual([]);
});

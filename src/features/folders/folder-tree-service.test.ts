import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { localOwner } from '#features/identity/index.ts';
import type { FolderId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { insertUser } from '#test/support/factories.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import { ensureFolderPath } from './folder-tree-service.ts';

let clone: TestDatabase;
beforeAll(async () => {
  clone = await createTestDatabase();
});
afterAll(() => clone.close());
afterEach(async () => {
  await clone.database.sql`delete from folders`;
});

function ensure(names: readonly string[], start: FolderId | null = null, actor = localOwner) {
  return clone.database.transaction((sql) => ensureFolderPath(sql, actor, start, names), { actor });
}

async function paths(): Promise<unknown> {
  const rows = await clone.database.sql<{ path: string[] }>`select path from folder_paths`;
  return rows.map(({ path }) => path.join('/')).toSorted((a, b) => (a < b ? -1 : 1));
}

test('a chain is made where it is missing, and found in any case', async () => {
  const year = await ensure(['Letters', '2026']);
  expect(await ensure(['LETTERS', '2026'])).toBe(year);
  await ensure(['Letters', '2027', 'May']);
  const inside = await ensure(['Signed'], year);
  expect(await ensure([], inside)).toBe(inside);
  expect(await ensure([])).toBeNull();
  expect(await paths()).toEqual([
    'Letters',
    'Letters/2026',
    'Letters/2026/Signed',
    'Letters/2027',
    'Letters/2027/May',
  ]);
});

test('thirty at once make each folder once, and each owner has their own', async () => {
  const stranger = { ...localOwner, ...(await insertUser(clone.database)) };
  const chains = Array.from({ length: 30 }, (_, n) => ['A', `b${n % 3}`, 'C']);
  await Promise.all(
    chains.map((names, n) => ensure(names, null, n % 2 === 0 ? localOwner : stranger)),
  );
  const rows = await clone.database.sql`
    select owner_id, count(*) as count from folders group by owner_id`;
  expect(rows.map((row) => row['count'])).toEqual([7, 7]);
});

test('a start that is not there, in the trash or another’s is refused, and nothing is made', async () => {
  const stranger = { ...localOwner, ...(await insertUser(clone.database)) };
  const theirs = await ensure(['Theirs'], null, stranger);
  const trashed = await ensure(['Trashed']);
  await clone.database.sql`update folders set deleted_at = now() where id = ${trashed}`;
  for (const start of [theirs, trashed, newId<FolderId>()]) {
    await expect(ensure(['New'], start)).rejects.toMatchObject({ code: 'folder.not_found' });
  }
  expect(await paths()).toEqual(['Theirs', 'Trashed']);
});

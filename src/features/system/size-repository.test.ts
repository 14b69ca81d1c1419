import { afterAll, beforeAll, expect, test } from 'vitest';

import { storeDocument } from '#test/support/factories.ts';
import { type TestDatabase, createTestDatabase, runOn } from '#test/support/test-database.ts';

import { readDatabaseSize, readOwnerSizes, readTableSizes } from './size-repository.ts';

let clone: TestDatabase;
beforeAll(async () => {
  clone = await createTestDatabase();
});
afterAll(() => clone.close());

test('tables grow with their rows, partitions count with their table, and the sum is below the database', async () => {
  const { sql } = clone.database;
  const sizeOf = async (name: string) =>
    (await readTableSizes(sql)).find(({ table }) => table === name);
  const before = await sizeOf('audit_logs');
  await runOn(
    clone.ownerUrl,
    `insert into folders (id, owner_id, name)
       select gen_random_uuid(), id, 'Folder ' || n from users, generate_series(1, 500) n where email is not null;
     analyze folders`,
  );
  const after = await sizeOf('audit_logs');
  expect(after?.tableBytes).toBeGreaterThan((before?.tableBytes ?? 0) + 100_000);
  expect(after?.indexBytes).toBeGreaterThan(before?.indexBytes ?? 0);
  const [folders] = await sql<{ count: number }>`select count(*)::int as count from folders`;
  expect((await sizeOf('folders'))?.rowsAbout).toBe(folders?.count);
  const sizes = await readTableSizes(sql);
  expect(sizes.map(({ table }) => table).filter((name) => /_\d{6}|_default/.test(name))).toEqual(
    [],
  );
  const sum = sizes.reduce((bytes, size) => bytes + size.tableBytes + size.indexBytes, 0);
  expect(await readDatabaseSize(sql)).toBeGreaterThan(sum);
});

test('owners are told with what they have stored', async () => {
  const { sql } = clone.database;
  await storeDocument(clone.database);
  const { blobId } = await storeDocument(clone.database);
  await sql`update blobs set size_bytes = 5000 where id = ${blobId}`;
  const gone = await storeDocument(clone.database);
  await sql`update blobs set state = 'purging' where id = ${gone.blobId}`;
  expect(await readOwnerSizes(sql)).toMatchObject([{ blobs: 2, blobBytes: 5_001 }]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Database } from '#db/database.ts';
import { type VersionId, newId } from '#kernel/ids.ts';
import { seedDocument, seedJob } from '#test/support/seed-rows.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

let clone: TestDatabase;
let database: Database;

beforeAll(async () => {
  clone = await createTestDatabase({ poolSize: 20 });
  database = clone.database;
});

afterAll(() => clone.close());

const twenty = Array.from({ length: 20 }, (_, index) => index + 1);

test('twenty versions uploaded at once get the numbers 2 to 21', async () => {
  const { documentId, ownerId, blobId } = await seedDocument(database.sql);
  await Promise.all(
    twenty.map(
      () => database.sql`
        insert into document_versions (id, owner_id, document_id, number, blob_id, original_name, uploaded_by)
        values (${newId<VersionId>()}, ${ownerId}, ${documentId}, 1, ${blobId}, 'x.pdf', ${ownerId})`,
    ),
  );
  const rows = await database.sql<{ number: number }>`
    select number from document_versions where document_id = ${documentId} order by number`;
  expect(rows.map((row) => row.number)).toEqual([1, ...twenty.map((n) => n + 1)]);
});

test('twenty lines logged for one job at once get the next twenty numbers', async () => {
  const { jobId, ownerId } = await seedJob(database.sql);
  await Promise.all(
    twenty.map(
      (n) => database.sql`
        insert into processing_history (owner_id, job_id, seq, action)
        values (${ownerId}, ${jobId}, 1, ${`test.${n}`})`,
    ),
  );
  const rows = await database.sql<{ seq: number }>`
    select seq from processing_history where job_id = ${jobId} order by seq`;
  expect(rows.map((row) => row.seq)).toEqual([1, ...twenty.map((n) => n + 1)]);
});

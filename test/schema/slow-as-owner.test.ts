import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '#features/identity/index.ts';
import { silentLogger } from '#kernel/logger.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import { createDatabase } from '#db/create-database.ts';
import type { Database } from '#db/database.ts';

let clone: TestDatabase;
let database: Database;

beforeAll(async () => {
  clone = await createTestDatabase();
  // As docs/operations/plain-server.md sets a server up: the program's address, and the owner's straight to PostgreSQL.
  database = createDatabase({
    url: clone.appUrl,
    directUrl: clone.ownerUrl,
    defaultActor: systemActor,
    logger: silentLogger,
  });
});

afterAll(async () => {
  await database.close();
  await clone.close();
});

test('slow statements of the system run as the workers, over the address of the owner', async () => {
  const [row] = await database.slow<{ role: string; login: string }>`
    select current_user::text as role, session_user::text as login`;
  expect(row).toEqual({ role: 'docmill_worker', login: 'docmill_owner' });
});

import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import { oneOfEach } from './one-of-each.ts';

/**
 * A database with one row of each kind for the tests of a file; what a test does is undone after it. The client is the
 * owner of the objects: what stops it is the schema, not a missing right.
 */
export function useFilledSchema(onClient: (client: Client) => void): void {
  let clone: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    clone = await createTestDatabase();
    client = new Client({ connectionString: clone.ownerUrl });
    await client.connect();
    await client.query(oneOfEach);
    onClient(client);
  });

  afterAll(async () => {
    await client.end();
    await clone.close();
  });

  beforeEach(async () => {
    await client.query('begin');
  });

  afterEach(async () => {
    await client.query('rollback');
  });
}

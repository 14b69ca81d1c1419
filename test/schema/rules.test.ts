import { Client, DatabaseError } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

import { oneOfEach } from './one-of-each.ts';
import { violations } from './violations.ts';

let clone: TestDatabase;
/** The owner of the objects: what stops it is the schema, not a missing right. */
let client: Client;

beforeAll(async () => {
  clone = await createTestDatabase();
  client = new Client({ connectionString: clone.ownerUrl });
  await client.connect();
  await client.query(oneOfEach);
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

/** Rules that refuse by a trigger and not by a constraint of their name. */
const triggerRules = ['folders_no_cycle', 'folders_depth'];

test.each(
  Object.entries(violations).flatMap(([rule, statements]) =>
    statements.map((statement): [string, string] => [rule, statement]),
  ),
)('%s refuses: %s', async (rule, statement) => {
  const error: unknown = await client.query(statement).catch((refusal: unknown) => refusal);
  expect(error).toBeInstanceOf(DatabaseError);
  expect(error).toMatchObject({ constraint: rule, code: expect.stringMatching(/^23/) });
});

test('every rule that can be broken has a statement here that breaks it', async () => {
  // A unique key that holds the primary key can only be broken together with it: it is there for
  // composite foreign keys to point at.
  const found = await client.query<{ name: string }>(`
    select n.conname as name from pg_constraint n
    left join pg_constraint p on p.conrelid = n.conrelid and p.contype = 'p' and n.conrelid <> 0
    where n.connamespace = 'public'::regnamespace and n.contype in ('c', 'f', 'u', 'x', 'p')
      and not coalesce(n.contype = 'u' and n.conkey @> p.conkey, false)
      and n.conname <> 'schema_migrations_pkey'
    union
    select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indisunique and c.relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint where conindid = i.indexrelid)`);
  const rules = found.rows.map((row) => row.name);
  expect(Object.keys(violations).toSorted()).toEqual([...rules, ...triggerRules].toSorted());
});

import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  type TestDatabase,
  createTestDatabase,
  runAsAdmin,
  runOn,
} from '#test/support/test-database.ts';

import { oneOfEach } from './one-of-each.ts';

/** A login of its own, as a person who makes reports would have. */
const reporter = `reporter_${randomUUID().slice(0, 8)}`;
let clone: TestDatabase;
let client: Client;

beforeAll(async () => {
  clone = await createTestDatabase();
  await runOn(clone.ownerUrl, oneOfEach);
  await runAsAdmin(`create role ${reporter} login password 'reports' in role docmill_readonly`);
  const url = new URL(clone.ownerUrl);
  await runAsAdmin(`grant connect on database ${url.pathname.slice(1)} to ${reporter}`);
  url.username = reporter;
  url.password = 'reports';
  client = new Client({ connectionString: url.href });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await clone.close();
  await runAsAdmin(`drop role ${reporter}`);
});

async function column(query: string): Promise<unknown[]> {
  const found = await client.query<unknown[]>({ text: query, rowMode: 'array' });
  return found.rows.map(([value]) => value);
}

/** Tables and views that are of the product and outlive a restart. */
const lasting = `
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
    and c.relpersistence = 'p' and c.relname not like 'own\\_%'
    and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')`;

test('every lasting table can be read but for its secrets; a new one needs `select open_to_readonly();` in its migration', async () => {
  const closed = await column(`
    select c.relname ${lasting} and not has_any_column_privilege(c.oid, 'select') order by 1`);
  expect(closed).toEqual(['idempotency_keys', 'user_passwords']);
});

test('the rows of every owner are seen, without an actor', async () => {
  const guarded = await column(`
    select c.relname ${lasting} and c.relrowsecurity and has_any_column_privilege(c.oid, 'select') order by 1`);
  expect(guarded.length).toBeGreaterThan(20);
  const open = await column(`
    select distinct tablename from pg_policies where policyname = 'readonly_all' order by 1`);
  expect(open).toEqual(guarded);
  expect(await column('select count(distinct owner_id)::int from documents')).toEqual([2]);
  expect(await column('select count(*)::int from documents_overview')).toEqual([2]);
});

test.each([
  'select key_hash from api_keys',
  'select * from api_keys',
  'select token_hash from sessions',
  'select link_hash from document_shares',
  'select password_hash from document_shares',
  'select secret from webhook_endpoints',
  'select from user_passwords',
  'select response from idempotency_keys',
])('a secret is not read: %s', async (statement) => {
  await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
});

test('no column that can be read has the name of a secret', async () => {
  const open = await column(`
    select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0
      and not a.attisdropped and a.attname ~ '(password|secret|token|_hash$)'
      and has_column_privilege(c.oid, a.attnum, 'select') order by 1`);
  // Hashes of contents, which hide nothing, and a counter.
  expect(open).toEqual([
    'audit_chains.prev_hash',
    'audit_logs.prev_hash',
    'processed_content.input_hash',
    'processing_queue.lease_token',
    'schedules.lease_token',
  ]);
});

test.each([
  `update documents set title = 'changed'`,
  `delete from pages`,
  `insert into folders (id, owner_id, name) values (gen_random_uuid(), gen_random_uuid(), 'x')`,
  `truncate zones`,
  `select open_to_readonly()`,
  `set role docmill_worker`,
])('nothing is changed: %s', async (statement) => {
  await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
});

import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { seedJob } from '#test/support/seed-rows.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

let clone: TestDatabase;
let client: Client;

beforeAll(async () => {
  clone = await createTestDatabase();
  await seedJob(clone.database.sql);
  client = new Client({ connectionString: clone.appUrl });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await clone.close();
});

test.each([
  `update processing_history set action = 'rewritten'`,
  `delete from processing_history`,
  `truncate processing_history`,
  `insert into state_transitions values ('blobs', 'purged', 'stored')`,
  `delete from state_transitions`,
  `alter table blobs disable trigger blobs_guard`,
  `drop table zones`,
  `create table mine (id int)`,
  `create or replace function guard_transition() returns trigger language sql as ''`,
  `update schema_migrations set checksum = ''`,
  `set session_replication_role = replica`,
])('the run-time role may not: %s', async (statement) => {
  await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
});

test('the run-time role owns nothing and can do nothing special', async () => {
  const owned = await client.query(`
    select c.relname from pg_class c where c.relowner in (select oid from pg_roles where rolname in ('docmill_app', current_user))`);
  expect(owned.rows).toEqual([]);
  const role = await client.query(`
    select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication from pg_roles where rolname = current_user`);
  expect(Object.values(role.rows[0] ?? {})).toEqual([false, false, false, false, false]);
});

test('purging a job takes its history along, although nobody may delete history', async () => {
  const { jobId } = await seedJob(clone.database.sql);
  await client.query('delete from processing_jobs where id = $1', [jobId]);
  const left = await client.query('select from processing_history where job_id = $1', [jobId]);
  expect(left.rowCount).toBe(0);
});

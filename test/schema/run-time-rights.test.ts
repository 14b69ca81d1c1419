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
  `update zone_revisions set content = 'rewritten'`,
  `delete from zone_revisions`,
  `delete from usage_events`,
  `delete from usage_stats`,
  `alter table blobs disable trigger blobs_guard`,
  `update audit_logs set action = 'rewritten'`,
  `delete from audit_logs`,
  `truncate audit_logs`,
  `insert into audit_logs select * from audit_logs limit 1`,
  `delete from audit_logs_default`,
  `alter table users disable trigger audit`,
  `select audit_row()`,
  `select audit_table('blobs')`,
  `select open_audit_chain('2026-11-01')`,
  `update audit_chains set seq = 0`,
  `delete from audit_chains`,
  `delete from legal_holds`,
  `update processing_metrics set success = true`,
  `delete from processing_metrics`,
  `delete from api_metrics`,
  `delete from processing_metrics_rollup`,
  `update metrics_watermark set kept_from = now()`,
  `update metrics_level set level = 'timescale'`,
  `select drop_raw_metrics('users', now())`,
  `refresh materialized view processing_daily`,
  `insert into partition_plans values ('users', 'created_at', 'day', 1)`,
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

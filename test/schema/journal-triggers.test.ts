import type { Client } from 'pg';
import { expect, test } from 'vitest';

import { useFilledSchema } from './filled-schema.ts';
import { id, owner, rows } from './one-of-each.ts';

let client: Client;
useFilledSchema((opened) => (client = opened));

/** The first column of the only row. */
async function valueOf(query: string): Promise<unknown> {
  const { rows: found } = await client.query<Record<string, unknown>>(query);
  expect(found).toHaveLength(1);
  return Object.values(found[0] ?? {})[0];
}

const statusOfEntry = () =>
  valueOf(`select processing_status from journal_entries where id = '${rows.entry}'`);

test.each([
  ['queued', [], 'pending'],
  ['running', ['running'], 'processing'],
  ['in review', ['running', 'in_review'], 'processing'],
  ['paused', ['paused'], 'processing'],
  ['completed', ['running', 'completed'], 'completed'],
  ['failed', ['running', 'failed'], 'failed'],
  ['cancelled', ['cancelled'], 'pending'],
])('the entry of an analysis that is %s is as it is', async (_, steps, expected) => {
  for (const step of steps) {
    await client.query(
      `update processing_jobs set status = '${step}', error_code = 'x',
         completed_at = case when '${step}' in ('completed', 'failed', 'cancelled') then now() end
       where id = '${rows.entryJob}'`,
    );
  }
  expect(await statusOfEntry()).toBe(expected);
});

test('an older analysis that ends late does not overwrite what the newer one said', async () => {
  await client.query(`update processing_jobs set status = 'running' where id = '${rows.entryJob}'`);
  await client.query(
    `insert into processing_jobs (id, owner_id, entry_id, kind, requested_by, status, completed_at)
     values ('${id(99)}', '${owner}', '${rows.entry}', 'analyse', '${owner}', 'completed', now())`,
  );
  await client.query(
    `update processing_jobs set status = 'failed', error_code = 'x', completed_at = now()
     where id = '${rows.entryJob}'`,
  );
  expect(await statusOfEntry()).toBe('completed');
});

test('a job of another kind says nothing about its entry', async () => {
  await client.query(
    `insert into processing_jobs (id, owner_id, entry_id, kind, requested_by, status)
     values ('${id(99)}', '${owner}', '${rows.entry}', 'reindex', '${owner}', 'running')`,
  );
  expect(await statusOfEntry()).toBe('pending');
});

test('purging an entry takes its jobs along', async () => {
  await client.query(`delete from journal_entries where id = '${rows.entry}'`);
  expect(
    await valueOf(`select count(*)::int from processing_jobs where id = '${rows.entryJob}'`),
  ).toBe(0);
});

test.each([
  [`'"a"'`, 'a'],
  [`'[["x", {"k": "y", "n": 1}], "z"]'`, 'x y z'],
  [`'{"only": 1}'`, '{"only": 1}'],
  [`to_jsonb(repeat('é', 300))`, 'é'.repeat(200)],
])('the excerpt of %s', async (json, excerpt) => {
  await client.query(`update journal_entries set raw_data = ${json} where id = '${rows.entry}'`);
  expect(await valueOf(`select excerpt from journal_entries where id = '${rows.entry}'`)).toBe(
    excerpt,
  );
});

test('two blocks can swap their times inside one transaction', async () => {
  await client.query('set constraints timeblocks_no_overlap deferred');
  const swap = (block: string, from: string, to: string) =>
    client.query(
      `update timeblocks set start_time = '${from}', end_time = '${to}' where id = '${block}'`,
    );
  await swap(rows.block, '08:45', '09:30');
  await swap(rows.secondBlock, '08:00', '08:45');
  await client.query('set constraints timeblocks_no_overlap immediate');
});

test.each([
  ['another day', `day_of_week = 2, start_time = '08:00'`],
  ['another track', `track = 1, start_time = '08:00'`],
  ['the minute another ends', `start_time = '08:45'`],
  ['a day that ends at midnight', `start_time = '18:00', end_time = '24:00'`],
])('a block may stand on %s', async (_, change) => {
  const end = change.includes('end_time') ? '' : `, end_time = '09:00'`;
  await client.query(`update timeblocks set ${change}${end} where id = '${rows.secondBlock}'`);
});

test('the minutes of a block are counted by the database', async () => {
  expect(await valueOf(`select duration from timeblocks where id = '${rows.block}'`)).toBe(45);
});

test('timetables in use are listed with their counts, and none without blocks is lost', async () => {
  await client.query(`update timetables set status = 'active'`);
  const { rows: found } = await client.query(
    'select id, owner_email, block_count::int, document_count::int from v_active_timetables order by id',
  );
  expect(found).toEqual([
    { id: rows.timetable, owner_email: 'owner@example.org', block_count: 2, document_count: 1 },
    {
      id: rows.strangersTimetable,
      owner_email: 'stranger@example.org',
      block_count: 0,
      document_count: 0,
    },
  ]);
});

test('purging a document or a timetable takes their link and nothing else', async () => {
  await client.query(`delete from documents where id = '${rows.document}'`);
  expect(await valueOf('select count(*)::int from timetable_documents')).toBe(0);
  expect(await valueOf('select count(*)::int from timetables')).toBe(2);
});

test('every column of the new tables has a comment', async () => {
  const bare = await client.query(`
    select a.attrelid::regclass::text || '.' || a.attname as name from pg_attribute a
    where a.attrelid = any(array['journal_entries', 'timetables', 'timeblocks', 'timetable_documents', 'import_refs']::regclass[])
      and a.attnum > 0 and col_description(a.attrelid, a.attnum) is null`);
  expect(bare.rows).toEqual([]);
});

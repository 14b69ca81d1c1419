import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { createSqlCompiler } from '#db/sql-tag.ts';
import type { Sql } from '#db/database.ts';
import { actingFor } from '#features/identity/index.ts';
import { listEntries } from '#features/journal/journal-repository.ts';
import {
  findTimetableWithBlocks,
  listActiveTimetables,
  listTimetables,
} from '#features/timetables/timetable-repository.ts';
import { type TimetableId, type UserId, asId, newId } from '#kernel/ids.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

let clone: TestDatabase;
let client: Client;
const actor = actingFor(newId<UserId>());

beforeAll(async () => {
  clone = await createTestDatabase();
  client = new Client({ connectionString: clone.ownerUrl });
  await client.connect();
  await client.query(
    `insert into users (id, email) select gen_random_uuid(), 'u' || n || '@example.test' from generate_series(1, 20) n`,
  );
  await client.query(`insert into users (id, email) values ($1, 'me@example.test')`, [
    actor.userId,
  ]);
  await client.query(`
    insert into journal_entries (id, owner_id, entry_type, occurred_at, raw_data)
    select gen_random_uuid(), u.id, case when n % 50 = 0 then 'voice' else 'text' end, now() - n * interval '1 hour',
      jsonb_build_object('text', 'word' || n || ' and a river', 'number', n)
    from users u, generate_series(1, 1500) n`);
  await client.query(`
    with made as (
      insert into timetables (id, owner_id, name, year, status)
      select gen_random_uuid(), u.id, 'Class ' || n, 2000 + n % 40, case when n % 20 = 0 then 'active' else 'draft' end
      from users u, generate_series(1, 300) n
      returning id, owner_id
    )
    insert into timeblocks (id, owner_id, timetable_id, day_of_week, start_time, end_time, name)
    select gen_random_uuid(), owner_id, id, day, '08:00', '09:00', 'Lesson' from made, generate_series(1, 5) day`);
  await client.query('analyze');
});

afterAll(async () => {
  await client.end();
  await clone.close();
});

/** The plan of the only statement that a repository function runs. */
async function planOf(run: (sql: Sql) => Promise<unknown>): Promise<string> {
  const compile = createSqlCompiler({ prepare: false });
  let plan = '';
  const explain: Sql = async (strings, ...values) => {
    const { text, values: parameters } = compile(strings, values);
    const result = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, [...parameters]);
    plan = result.rows.map((row) => row['QUERY PLAN']).join('\n');
    return [];
  };
  await run(explain);
  return plan;
}

const page = { after: null, offset: 0, limit: 20 };

test.each([
  ['the newest entries', {}, 'journal_entries_newest'],
  ['entries of a type', { type: 'voice' as const }, 'journal_entries_type'],
  ['entries of a time', { from: new Date(0), to: new Date() }, 'journal_entries_newest'],
  ['entries by content', { contains: { value: { number: 77 } } }, 'journal_entries_data'],
  ['entries by a path', { path: '$.number ? (@ == 77)' }, 'journal_entries_data'],
  ['entries by words', { words: 'word77' }, 'journal_entries_search'],
])('%s come by the index %.0s%s', async (_, filter, index) => {
  const plan = await planOf((sql) => listEntries(sql, actor, { ...filter, trashed: false }, page));
  expect(plan).toContain(index);
});

test('the page behind a cursor begins where the last one ended, and walks over nothing', async () => {
  const after = { occurredMicros: Date.now() * 1000, id: newId() } as const;
  const plan = await planOf((sql) =>
    listEntries(
      sql,
      actor,
      { trashed: false },
      { ...page, after: { ...after, id: asId(after.id) } },
    ),
  );
  expect(plan).toMatch(/Index Cond: .*ROW\(occurred_at, id\) < ROW/);
});

test.each([
  ['timetables in use', (sql: Sql) => listActiveTimetables(sql, actor, 10), 'timetables_status'],
  [
    'the newest timetables',
    (sql: Sql) =>
      listTimetables(sql, actor, { trashed: false }, { before: null, offset: 0, limit: 20 }),
    'timetables_newest',
  ],
  [
    'one timetable with its blocks',
    (sql: Sql) => findTimetableWithBlocks(sql, actor, newId<TimetableId>()),
    /timeblocks_(?:week|no_overlap)/,
  ],
])('%s come by an index', async (_, run, index) => {
  const plan = await planOf(run);
  expect(plan).toMatch(index);
  expect(plan).not.toMatch(/Seq Scan on (?:timetables|timeblocks|journal_entries)/);
});

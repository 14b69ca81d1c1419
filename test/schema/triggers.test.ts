import { type Client, DatabaseError } from 'pg';
import { expect, test } from 'vitest';

import { stateMachines } from '#kernel/state-machines.ts';
import { useFilledSchema } from './filled-schema.ts';
import { id, owner, rows, stranger } from './one-of-each.ts';

let client: Client;
useFilledSchema((opened) => (client = opened));

/** The only row that a query gives. */
async function one(query: string): Promise<Record<string, unknown>> {
  const result = await client.query<Record<string, unknown>>(query);
  expect(result.rows).toHaveLength(1);
  return result.rows[0] ?? {};
}

const finished = `('completed', 'failed', 'cancelled')`;

/** For each machine a new row with the given status, and its way to the next one. */
const machines: Readonly<
  Record<string, { insert(status: string): string; move(to: string): string }>
> = {
  processing_jobs: {
    insert: (status) => `
      insert into processing_jobs (id, owner_id, version_id, requested_by, kind, status, error_code, completed_at)
      values ('${id(99)}', '${owner}', '${rows.version}', '${owner}', 'reindex', '${status}', 'x',
        case when '${status}' in ${finished} then now() end)`,
    move: (to) => `
      update processing_jobs set status = '${to}', completed_at = case when '${to}' in ${finished} then now() end
      where id = '${id(99)}'`,
  },
  zones: {
    insert: (status) => `
      insert into zones (id, owner_id, version_id, page_number, position, kind, x, y, width, height, content, confidence, tool, status)
      select '${id(99)}', owner_id, version_id, page_number, 99, kind, x, y, width, height, content, confidence, tool, '${status}'
      from zones where id = '${rows.zone}'`,
    move: (to) => `update zones set status = '${to}' where id = '${id(99)}'`,
  },
  blobs: {
    insert: (status) => `
      insert into blobs (id, owner_id, purpose, bucket, object_key, sha256, size_bytes, media_type, stored_at, state)
      select '${id(99)}', owner_id, purpose, bucket, 'new', sha256, size_bytes, media_type, stored_at, '${status}'
      from blobs where id = '${rows.blob}'`,
    move: (to) => `update blobs set state = '${to}' where id = '${id(99)}'`,
  },
  hitl_tasks: {
    insert: (status) => `
      insert into hitl_tasks (id, owner_id, job_id, reason, status, assigned_to, lease_expires_at, completed_at, completed_by, final_data)
      select '${id(99)}', '${owner}', '${rows.doneJob}', 'sample', '${status}',
        case when held then '${owner}'::uuid end, case when held then now() end,
        case when '${status}' = 'completed' then now() end, '${owner}', '{}'
      from (select '${status}' in ('assigned', 'in_progress') as held) s`,
    move: (to) => `
      update hitl_tasks set status = '${to}', assigned_to = case when held then '${owner}'::uuid end,
        lease_expires_at = case when held then now() end, completed_at = case when '${to}' = 'completed' then now() end
      from (select '${to}' in ('assigned', 'in_progress') as held) s
      where id = '${id(99)}'`,
  },
  timetables: {
    insert: (status) =>
      `insert into timetables (id, owner_id, name, year, status) values ('${id(99)}', '${owner}', 'x', 2026, '${status}')`,
    move: (to) => `update timetables set status = '${to}' where id = '${id(99)}'`,
  },
  users: {
    insert: (status) =>
      `insert into users (id, email, status) values ('${id(99)}', 'new@example.org', '${status}')`,
    move: (to) => `update users set status = '${to}' where id = '${id(99)}'`,
  },
};

test.each(Object.entries(stateMachines))(
  '%s moves along its machine and in no other way',
  async (name, moves) => {
    const machine = machines[name];
    if (machine === undefined) throw new Error(`there is no row to try ${name} with`);
    const allowed = new Map<string, readonly string[]>(Object.entries(moves));
    for (const from of allowed.keys()) {
      for (const to of allowed.keys()) {
        await client.query('savepoint pair');
        await client.query(machine.insert(from));
        const outcome: unknown = await client.query(machine.move(to)).then(
          () => 'moved',
          (error: unknown) => (error instanceof DatabaseError ? error.code : error),
        );
        const isFree = from === to || allowed.get(from)?.includes(to);
        expect(`${from} to ${to}: ${String(outcome)}`).toBe(
          `${from} to ${to}: ${isFree ? 'moved' : 'DM001'}`,
        );
        await client.query('rollback to savepoint pair');
      }
    }
  },
);

test('a refused move says what cannot go where', async () => {
  await expect(
    client.query(`update blobs set state = 'pending' where id = '${rows.blob}'`),
  ).rejects.toThrow('blobs cannot go from stored to pending');
});

test.each([
  ['queued', 'uploaded'],
  ['running', 'processing'],
  ['paused', 'processing'],
  ['in_review', 'in_review'],
  ['completed', 'completed'],
  ['failed', 'failed'],
  ['cancelled', 'uploaded'],
])(
  'the document of a job that is %s is %s, whether the job came so or became so',
  async (status, expected) => {
    const read = `select status, processed_at is not null as processed from documents where id = '${rows.document}'`;
    const answer = { status: expected, processed: status === 'completed' };
    const path: Readonly<Record<string, string[]>> = {
      queued: [],
      paused: ['paused'],
      cancelled: ['cancelled'],
    };
    await client.query('savepoint before');
    for (const step of path[status] ?? ['running', ...(status === 'running' ? [] : [status])]) {
      await client.query(
        `update processing_jobs set status = '${step}', error_code = 'x',
         completed_at = case when '${step}' in ${finished} then now() end
       where id = '${rows.job}'`,
      );
    }
    expect(await one(read)).toEqual(answer);
    await client.query('rollback to savepoint before');
    await client.query(`delete from processing_jobs where id = '${rows.job}'`);
    await client.query(
      `insert into processing_jobs (id, owner_id, version_id, requested_by, status, error_code, completed_at)
     values ('${id(99)}', '${owner}', '${rows.version}', '${owner}', '${status}', 'x',
       case when '${status}' in ${finished} then now() end)`,
    );
    expect(await one(read)).toEqual(answer);
  },
);

test.each([
  ['a job of another kind', `'analyse', '${rows.version}'`],
  ['a job of an old version', `'extract', '${rows.secondVersion}'`],
])('%s leaves the status of the document alone', async (_, columns) => {
  await client.query(
    `insert into processing_jobs (id, owner_id, requested_by, status, kind, version_id)
     values ('${id(99)}', '${owner}', '${owner}', 'running', ${columns})`,
  );
  expect(await one(`select status from documents where id = '${rows.document}'`)).toEqual({
    status: 'uploaded',
  });
});

test('every change of status of a job stands in its history, in order', async () => {
  for (const step of ['running', 'queued', 'running', 'paused', 'cancelled']) {
    await client.query(
      `update processing_jobs set status = '${step}', stage = 'ocr',
         completed_at = case when '${step}' in ${finished} then now() end
       where id = '${rows.job}'`,
    );
  }
  await client.query(`update processing_jobs set progress = 50 where id = '${rows.job}'`);
  const history = await client.query<{ seq: number; action: string; stage: string | null }>(
    `select seq, action, stage from processing_history
     where job_id = '${rows.job}' and action <> 'test' order by seq`,
  );
  expect(history.rows).toEqual([
    { seq: 1, action: 'job.queued', stage: null },
    { seq: 3, action: 'job.running', stage: 'ocr' },
    { seq: 4, action: 'job.queued', stage: 'ocr' },
    { seq: 5, action: 'job.running', stage: 'ocr' },
    { seq: 6, action: 'job.paused', stage: 'ocr' },
    { seq: 7, action: 'job.cancelled', stage: 'ocr' },
  ]);
});

test.each([
  ['no job', `'${owner}', '${id(99)}'`],
  ["somebody else's job", `'${stranger}', '${rows.job}'`],
])('a line of the log that names %s is refused', async (_, keys) => {
  const insert = `insert into processing_history (owner_id, job_id, seq, action) values (${keys}, 0, 'test')`;
  await expect(client.query(insert)).rejects.toMatchObject({
    code: '23503',
    constraint: 'processing_history_job',
  });
});

test('the log goes with its job and leaves that of others', async () => {
  const count = async (job: string): Promise<number> =>
    (await client.query(`select from processing_history where job_id = '${job}'`)).rowCount ?? 0;
  const others = await count(rows.job);
  expect(await count(rows.doneJob)).toBeGreaterThan(0);
  await client.query(`delete from processing_jobs where id = '${rows.doneJob}'`);
  expect(await count(rows.doneJob)).toBe(0);
  expect(await count(rows.job)).toBe(others);
});

test.each([
  ['folders', `name = 'New'`, `updated_at = updated_at`, rows.folder],
  ['folders', `parent_id = null`, `created_at = created_at`, rows.folder],
  ['documents', `title = 'New'`, `status = 'processing'`, rows.document],
  ['documents', `metadata = '{"a": 1}'`, `processed_at = now()`, rows.document],
  ['documents', `deleted_at = now()`, `language = 'de'`, rows.document],
  ['zones', `content = 'New'`, `status = 'processing'`, rows.zone],
  ['zones', `x = 0.2`, `metadata = '{}'`, rows.zone],
  ['journal_entries', `raw_data = '1'`, `processing_status = 'failed'`, rows.entry],
  ['journal_entries', `occurred_at = now()`, `updated_at = now()`, rows.entry],
  ['timetables', `name = 'New'`, `source = 'import'`, rows.timetable],
  ['timetables', `status = 'active'`, `created_at = now()`, rows.timetable],
])('an edit of %s (%s) raises the row version; %s does not', async (table, edit, other, row) => {
  const read = `select row_version from ${table} where id = '${row}'`;
  const before = Number((await one(read))['row_version']);
  await client.query(`update ${table} set ${other} where id = '${row}'`);
  expect(await one(read)).toEqual({ row_version: before });
  await client.query(`update ${table} set ${edit}, row_version = 500 where id = '${row}'`);
  expect(await one(read)).toEqual({ row_version: before + 1 });
});

test.each([
  ['users', owner],
  ['folders', rows.folder],
  ['documents', rows.document],
  ['processing_jobs', rows.job],
  ['zones', rows.zone],
  ['journal_entries', rows.entry],
  ['timetables', rows.timetable],
  ['timeblocks', rows.block],
])('a change of %s moves updated_at, whatever the writer says', async (table, row) => {
  await client.query(`update ${table} set updated_at = 'epoch' where id = '${row}'`);
  expect(
    await one(`select updated_at = now() as touched from ${table} where id = '${row}'`),
  ).toEqual({ touched: true });
});

test('zones of a page can swap their places in one statement', async () => {
  await client.query('set constraints zones_position deferred');
  await client.query('update zones set position = 3 - position');
  await client.query('set constraints zones_position immediate');
});

test('a folder that goes gives its documents back to Home', async () => {
  await client.query(`delete from folders where id = '${rows.parentFolder}'`);
  expect(
    await one(`select folder_id, owner_id from documents where id = '${rows.document}'`),
  ).toEqual({ folder_id: null, owner_id: owner });
});

test('purging a document takes everything that was made of it, and the bytes stay for the sweeper', async () => {
  await client.query(`delete from documents where id = '${rows.document}'`);
  expect(
    await one(`select (select count(*)::int from document_versions) as versions,
      (select count(*)::int from processing_jobs where entry_id is null) as jobs, (select count(*)::int from processing_queue) as items,
      (select count(*)::int from processing_history where job_id <> '${rows.entryJob}') as history, (select count(*)::int from pages) as pages,
      (select count(*)::int from zones) as zones, (select count(*)::int from blobs) as blobs`),
  ).toEqual({ versions: 1, jobs: 0, items: 0, history: 0, pages: 0, zones: 0, blobs: 2 });
});

test('purging a user takes all that is theirs and nothing of others', async () => {
  await client.query(`delete from users where id = '${owner}'`);
  await client.query('set constraints all immediate');
  const owners = await client.query(`
    select owner_id from folders union select owner_id from blobs union select owner_id from documents
    union select owner_id from document_versions union select owner_id from processing_jobs`);
  expect(owners.rows).toEqual([{ owner_id: stranger }]);
});

test('a name is made of the parts that are there', async () => {
  await client.query(
    `update users set first_name = ' Ada ', last_name = null where id = '${owner}'`,
  );
  expect(await one(`select name from users where id = '${owner}'`)).toEqual({ name: 'Ada' });
  await client.query(`update users set first_name = '', last_name = '' where id = '${owner}'`);
  expect(await one(`select name from users where id = '${owner}'`)).toEqual({ name: null });
});

test('words are found without their accents and endings, and long pages are indexed in part', async () => {
  await client.query(
    `update pages set text = 'Les cafés' || repeat(' filler', 40000) || ' lastword'`,
  );
  expect(
    await one(`select search @@ to_tsquery('docmill', 'CAFE') as found,
      search @@ to_tsquery('docmill', 'lastword') as beyond from pages`),
  ).toEqual({ found: true, beyond: false });
});

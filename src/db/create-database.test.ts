import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { AppError } from '#kernel/app-error.ts';
import type { Logger } from '#kernel/logger.ts';
import { silentLogger } from '#kernel/logger.ts';
import { eventually } from '#test/support/eventually.ts';
import { type TestDatabase, createTestDatabase, runOn } from '#test/support/test-database.ts';

import { createDatabase } from './create-database.ts';
import type { Database, Sql } from './database.ts';
import { fragment, identifier, json } from './sql-tag.ts';

let testDatabase: TestDatabase;
let sql: Sql;

const sizeFilter = (size: number) =>
  fragment`where size > ${size} and ${identifier('size')} < ${size + 10}`;

beforeAll(async () => {
  testDatabase = await createTestDatabase({
    defaultActor: undefined,
    constraintErrors: {
      things_name_key: (detail) => new AppError('document.title_invalid', detail ?? 'no detail'),
    },
  });
  sql = testDatabase.database.sql;
  await runOn(
    testDatabase.ownerUrl,
    `create table things (id int primary key, name text unique, size int not null check (size > 0));
     create function refuse() returns trigger language plpgsql as
       $$ begin raise exception 'queued may not become done' using errcode = 'DM001'; end $$;
     create trigger guard before delete on things for each row execute function refuse();
     grant all on things to docmill_app`,
  );
});

afterAll(() => testDatabase.close());

test('values of every kind come back as what they were', async () => {
  const instant = new Date('2026-11-20T13:21:51.123Z');
  const text = `it's "text" \\ 😀`;
  const [row] = await sql`
    select ${text}::text as a_text, ${7}::int4 as an_int, ${2 ** 53 - 1}::int8 as an_int8,
      ${12n}::int8 as a_bigint, ${0.5}::float8 as a_float, ${'1.25'}::numeric as a_numeric,
      ${true}::bool as a_bool, ${instant}::timestamptz as an_instant, ${'2026-02-28'}::date as a_date,
      ${'08:30'}::time as a_time, ${null}::text as a_null, ${json({ a: [1, null, text] })}::jsonb as a_json,
      ${json('text')}::jsonb as json_text, ${json(null)}::jsonb as json_null,
      ${new Uint8Array([0, 255, 92])}::bytea as some_bytes,
      ${['a', 'b,"c\\', '', 'NULL']}::text[] as some_text, ${[1, 2]}::int8[] as some_ints,
      ${[instant]}::timestamptz[] as some_instants, ${[true, null]}::bool[] as some_bools, ${[]}::text[] as no_text`;
  expect(row).toEqual({
    aText: text,
    anInt: 7,
    anInt8: 2 ** 53 - 1,
    aBigint: 12,
    aFloat: 0.5,
    aNumeric: 1.25,
    aBool: true,
    anInstant: instant,
    aDate: '2026-02-28',
    aTime: '08:30:00',
    aNull: null,
    aJson: { a: [1, null, text] },
    jsonText: 'text',
    jsonNull: null,
    someBytes: Buffer.from([0, 255, 92]),
    someText: ['a', 'b,"c\\', '', 'NULL'],
    someInts: [1, 2],
    someInstants: [instant],
    someBools: [true, null],
    noText: [],
  });
});

test('instants far away come back too', async () => {
  for (const iso of [
    '-000043-03-15T00:00:00.000Z',
    '0000-06-01T00:00:00.000Z',
    '+012026-01-01T00:00:00.001Z',
  ]) {
    const [row] = await sql<{ back: Date }>`select ${new Date(iso)}::timestamptz as back`;
    expect(row?.back.toISOString()).toBe(iso);
  }
});

test('a variable list is one parameter', async () => {
  const rows =
    await sql`select n from generate_series(1, 5) n where n = any(${[2, 4, 9]}) order by n`;
  expect(rows).toEqual([{ n: 2 }, { n: 4 }]);
});

test('an int8 that a number cannot hold is an error and not another number', async () => {
  await expect(sql`select 9007199254740993::int8 as id`).rejects.toThrow(RangeError);
  expect(await sql`select 1 as ok`).toEqual([{ ok: 1 }]);
});

test('fragments and identifiers make one statement', async () => {
  await sql`insert into things ${fragment`values (${901}, ${'frag'}, ${5})`}`;
  const rows = await sql`select name from ${identifier('things')} ${sizeFilter(0)} and id = ${901}`;
  expect(rows).toEqual([{ name: 'frag' }]);
});

test('a template is prepared once for each connection', async () => {
  await testDatabase.database.transaction(async (tx) => {
    for (const value of [1, 2, 3]) await tx`select ${value}::int as counted_statement`;
    const prepared = await tx`
      select generic_plans + custom_plans as runs from pg_prepared_statements
      where statement like '%counted_statement' and name like 'dm%'`;
    expect(prepared).toEqual([{ runs: 3 }]);
  });
});

test('without preparing no statement is left on the connection', async () => {
  const database = createDatabase({
    url: testDatabase.appUrl,
    prepare: false,
    logger: silentLogger,
  });
  await database.transaction(async (tx) => {
    await tx`select ${1}::int`;
    expect(await tx`select name from pg_prepared_statements`).toEqual([]);
  });
  await database.close();
});

test('a statement prepared before its table changed runs all the same', async () => {
  await runOn(testDatabase.ownerUrl, 'create table wide (a int); grant all on wide to docmill_app');
  const readAll = () => sql`select * from wide`;
  await sql`insert into wide values (1)`;
  await Promise.all([readAll(), readAll(), readAll()]);
  await runOn(testDatabase.ownerUrl, 'alter table wide add b int default 2');
  expect(await readAll()).toEqual([{ a: 1, b: 2 }]);
  const inTransaction = await testDatabase.database.transaction((tx) => tx`select * from wide`);
  expect(inTransaction).toEqual([{ a: 1, b: 2 }]);
});

test('a violated constraint becomes the error that its name stands for', async () => {
  await sql`insert into things values (1, 'one', 1)`;
  const twice = sql`insert into things values (2, 'one', 1)`;
  await expect(twice).rejects.toMatchObject({
    code: 'document.title_invalid',
    message: 'Key (name)=(one) already exists.',
  });
});

test('a constraint nobody described is named in db.constraint', async () => {
  await expect(sql`insert into things values (3, 'three', 0)`).rejects.toMatchObject({
    code: 'db.constraint',
    details: { constraint: 'things_size_check', table: 'things' },
  });
  await expect(sql`insert into things values (3, 'three', null)`).rejects.toMatchObject({
    code: 'db.constraint',
    details: { constraint: 'things_size_not_null' },
  });
});

test('a refusal of the guard trigger becomes db.transition_refused with its words', async () => {
  await sql`insert into things values (4, 'four', 1)`;
  await expect(sql`delete from things where id = 4`).rejects.toMatchObject({
    code: 'db.transition_refused',
    message: 'queued may not become done',
  });
});

test('wrong SQL is a bug and stays the error of the server', async () => {
  await expect(sql`selekt 1`).rejects.toMatchObject({ name: 'error', code: '42601' });
});

test('text that cannot be stored is refused and a transaction goes on', async () => {
  await testDatabase.database.transaction(async (tx) => {
    for (const text of ['nul \0', 'half \ud800']) {
      await expect(tx`select ${text}::text`).rejects.toMatchObject({ code: 'db.text_invalid' });
      await expect(tx`select ${json({ text })}::jsonb`).rejects.toMatchObject({
        code: 'db.text_invalid',
      });
      await expect(tx`select ${[text]}::text[]`).rejects.toMatchObject({ code: 'db.text_invalid' });
    }
    expect(await tx`select 1 as ok`).toEqual([{ ok: 1 }]);
  });
});

test('what the server itself refuses as text is told as such', async () => {
  // Text that reaches jsonb as text escapes our own check.
  const refused = sql`select ${String.raw`{"a": "\u0000"}`}::jsonb`;
  await expect(refused).rejects.toMatchObject({ code: 'db.text_invalid' });
  const bytes = sql`select convert_from(${new Uint8Array([0xff])}, 'UTF8')`;
  await expect(bytes).rejects.toMatchObject({ code: 'db.text_invalid' });
});

test('a caller who waits too long for a connection is told that the database is busy', async () => {
  const small = createDatabase({
    url: testDatabase.appUrl,
    poolSize: 1,
    connectTimeoutMs: 300,
    logger: silentLogger,
  });
  await small.transaction(async (tx) => {
    await tx`select 1`;
    await expect(small.sql`select 1`).rejects.toMatchObject({ code: 'db.busy' });
    // The other pool is not held up.
    expect(await small.slow`select 1 as ok`).toEqual([{ ok: 1 }]);
  });
  expect(await small.sql`select 1 as ok`).toEqual([{ ok: 1 }]);
  await small.close();
});

test('a statement that takes too long is stopped, on the slow pool later', async () => {
  const hasty = createDatabase({
    url: testDatabase.appUrl,
    statementTimeoutMs: 100,
    logger: silentLogger,
  });
  await expect(hasty.sql`select pg_sleep(20)`).rejects.toMatchObject({
    code: 'db.statement_timeout',
  });
  expect(await hasty.slow`select pg_sleep(0.3), 1 as ok`).toMatchObject([{ ok: 1 }]);
  await hasty.close();
});

test.each([
  ['nobody listens', (url: URL) => Object.assign(url, { port: '1' })],
  ['the password is wrong', (url: URL) => Object.assign(url, { password: 'wrong' })],
  ['the database is not there', (url: URL) => Object.assign(url, { pathname: '/nowhere' })],
])(
  'when %s the database is unavailable, and the message holds no password',
  async (_why, change) => {
    const url = change(new URL(testDatabase.appUrl));
    const database = createDatabase({ url: url.toString(), logger: silentLogger });
    for (const attempt of [
      () => database.sql`select 1`,
      () => database.transaction((tx) => tx`select 1`),
      () => database.listen('x', () => undefined),
    ]) {
      const error: unknown = await attempt().catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: 'db.unavailable' });
      expect(String(error)).not.toContain(new URL(testDatabase.appUrl).password);
    }
    await database.close();
  },
);

test('a backend that is ended under a statement makes it unavailable, and the next one works', async () => {
  const sleeping = sql`select pg_sleep(20) as ended_sleep`;
  const failed = expect(sleeping).rejects.toMatchObject({ code: 'db.unavailable' });
  await eventually('the sleeping backend', async () => {
    const rows = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where query like '%ended_sleep' and pid <> pg_backend_pid()`;
    return rows.length > 0;
  });
  await failed;
  expect(await sql`select 1 as ok`).toEqual([{ ok: 1 }]);
});

test('a begin sent through the pool does not reach the next caller', async () => {
  const small = createDatabase({ url: testDatabase.appUrl, poolSize: 1, logger: silentLogger });
  await small.sql`begin`;
  // Only a transaction knows savepoints.
  await expect(small.sql`savepoint here`).rejects.toMatchObject({ code: '25P01' });
  await small.close();
});

test('closing twice is the same as closing once', async () => {
  const database = createDatabase({ url: testDatabase.appUrl, logger: silentLogger });
  await database.sql`select 1`;
  await Promise.all([database.close(), database.close()]);
  await expect(database.sql`select 1`).rejects.toMatchObject({ code: 'db.unavailable' });
});

const processId = async (database: Database): Promise<unknown> =>
  (await database.sql<{ pid: number }>`select pg_backend_pid() as pid`)[0]?.pid;

test('a connection is replaced after so many uses, and at an age', async () => {
  const options = { url: testDatabase.appUrl, poolSize: 1, logger: silentLogger };
  const used = createDatabase({ ...options, connectionUses: 2 });
  const aged = createDatabase({ ...options, connectionAgeMs: 1_000 });
  try {
    const first = await processId(used);
    expect(await processId(used)).toBe(first);
    expect(await processId(used)).not.toBe(first);
    const young = await processId(aged);
    expect(await processId(aged)).toBe(young);
    await vi.waitUntil(async () => (await processId(aged)) !== young, { timeout: 10_000 });
  } finally {
    await Promise.all([used.close(), aged.close()]);
  }
});

test('statements are logged when that is asked for, with their duration and without their values', async () => {
  const lines: object[] = [];
  const logger: Logger = {
    ...silentLogger,
    info: (fields, event) => void lines.push({ ...fields, event }),
  };
  const options = { url: testDatabase.appUrl, logger };
  const [loud, quiet] = [
    createDatabase({ ...options, logStatements: true }),
    createDatabase(options),
  ];
  try {
    await loud.sql`select ${'a secret'}::text
      as word`;
    await loud.transaction((inner) => inner`select 1 where ${'another secret'}::text = ''`);
    await expect(loud.sql`select ${'a third secret'}::int as number`).rejects.toThrow();
    await quiet.sql`select 2 as number`;
    const durationMs: unknown = expect.any(Number);
    expect(lines).toEqual([
      { event: 'db.statement', statement: 'select $1::text as word', durationMs, rowCount: 1 },
      { event: 'db.statement', statement: "select 1 where $1::text = ''", durationMs, rowCount: 0 },
      { event: 'db.statement', statement: 'select $1::int as number', durationMs, rowCount: null },
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  } finally {
    await Promise.all([loud.close(), quiet.close()]);
  }
});

import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { silentLogger } from '#kernel/logger.ts';
import { type TestDatabase, createTestDatabase, runOn } from '#test/support/test-database.ts';

import type { CopyValue, Database } from './database.ts';
import { createDatabase } from './create-database.ts';
import { json } from './sql-tag.ts';

let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase({ defaultActor: undefined });
  database = testDatabase.database;
  await runOn(
    testDatabase.ownerUrl,
    `create table "bulk Rows" (n int, text text, flag bool, amount float8, at timestamptz, data jsonb, check (n >= 0));
     grant all on "bulk Rows" to docmill_app;
     create policy everybody on "bulk Rows" using (true)`,
  );
});

afterAll(async () => {
  await database.close();
  await testDatabase.close();
});

const columns = ['n', 'text', 'flag', 'amount', 'at', 'data'];
const awkward = fc.constantFrom(
  '\t',
  '\n',
  '\r',
  '\\',
  '\\N',
  '\\.',
  '\v',
  '"',
  "'",
  ',',
  '',
  ' ',
  'é',
  '😀',
);
const storable = fc.oneof(
  awkward,
  fc.array(awkward).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
);
const instants = fc.date({
  noInvalidDate: true,
  min: new Date('-004000-01-01T00:00:00Z'),
  max: new Date('+020000-01-01T00:00:00Z'),
});
// JSON knows no negative zero, no lone surrogates and, in jsonb, no U+0000.
const jsonValues = fc
  .jsonValue({ stringUnit: 'grapheme' })
  .filter((value) => !JSON.stringify(value).includes(String.raw`\u0000`))
  .map((value): unknown => JSON.parse(JSON.stringify(value)));

test.each([
  ['by arrays, where row policies hold', 'enable'],
  ['by COPY', 'disable'],
])('rows of every kind come back as they were given: %s', async (_, policies) => {
  // A database of its own, because a plan is kept for as long as the database is open.
  await database.close();
  database = createDatabase({ url: testDatabase.appUrl, logger: silentLogger });
  await runOn(testDatabase.ownerUrl, `alter table "bulk Rows" ${policies} row level security`);
  const row = fc.record({
    text: fc.option(storable),
    flag: fc.option(fc.boolean()),
    amount: fc.option(fc.double().filter((value) => !Object.is(value, -0))),
    at: fc.option(instants),
    data: jsonValues,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row), async (rows) => {
      await database.transaction(async (tx) => {
        await tx`delete from "bulk Rows"`;
        const values = rows.map((r, n) => [n, r.text, r.flag, r.amount, r.at, json(r.data)]);
        expect(await tx.copyInto('bulk Rows', columns, values)).toBe(rows.length);
        const back = await tx`select text, flag, amount, at, data from "bulk Rows" order by n`;
        expect(back).toEqual(rows);
      });
    }),
    { numRuns: 60 },
  );
});

function* many(): Generator<CopyValue[]> {
  for (let n = 0; n < 50_000; n += 1) yield [n, 'a line of text that is of no interest'];
}

test('an iterator of many rows is read as the server takes them', async () => {
  await database.transaction(async (tx) => {
    await tx`delete from "bulk Rows"`;
    expect(await tx.copyInto('bulk Rows', ['n', 'text'], many())).toBe(50_000);
    expect(await tx`select count(*) as n from "bulk Rows"`).toEqual([{ n: 50_000 }]);
  });
});

test.each<[string, CopyValue[], object]>([
  ['a value of the wrong type', ['no number'], { code: '22P02' }],
  ['a refused value', [-1], { code: 'db.constraint' }],
  ['a character that cannot be stored', ['\0'], { code: 'db.text_invalid' }],
  ['a column too many', [1, 2], { code: '22P04' }],
])('%s in one row stores none, and the connection goes on', async (_what, bad, error) => {
  await database.transaction(async (tx) => {
    const good = Array.from({ length: 5_000 }, (_, n) => [n]);
    const failed = tx.savepoint((inner) =>
      inner.copyInto('bulk Rows', ['n'], [...good, bad, ...good]),
    );
    await expect(failed).rejects.toMatchObject(error);
    expect(await tx`select 1 as ok`).toEqual([{ ok: 1 }]);
    expect(await tx.copyInto('bulk Rows', ['n'], [[1]])).toBe(1);
  });
});

test('an iterator that throws stores nothing, and its error comes through', async () => {
  const failure = new Error('no more rows');
  function* failing(): Generator<CopyValue[]> {
    yield [1];
    throw failure;
  }
  await database.transaction(async (tx) => {
    await tx`delete from "bulk Rows"`;
    const failed = tx.savepoint((inner) => inner.copyInto('bulk Rows', ['n'], failing()));
    await expect(failed).rejects.toBe(failure);
    expect(await tx`select count(*) as n from "bulk Rows"`).toEqual([{ n: 0 }]);
  });
});

test('a table that is not there is the error of the server', async () => {
  const failed = database.transaction((tx) => tx.copyInto('nowhere', ['n'], [[1]]));
  await expect(failed).rejects.toMatchObject({ code: '42P01' });
  expect(await database.sql`select 1 as ok`).toEqual([{ ok: 1 }]);
});

test('an abort ends a COPY', async () => {
  const abort = new AbortController();
  function* endless(): Generator<CopyValue[]> {
    for (let n = 0; ; n += 1) {
      if (n === 100_000) abort.abort();
      yield [n, 'a line of text that is of no interest'];
    }
  }
  const failed = database.transaction((tx) => tx.copyInto('bulk Rows', ['n', 'text'], endless()), {
    signal: abort.signal,
  });
  await expect(failed).rejects.toMatchObject({ code: 'job.cancelled' });
  expect(await database.sql`select 1 as ok`).toEqual([{ ok: 1 }]);
});

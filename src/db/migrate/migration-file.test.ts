import { afterEach, expect, test } from 'vitest';

import { type MigrationFolder, createMigrationFolder } from '#test/support/migration-folder.ts';

import { type Migration, readMigrations } from './migration-file.ts';

let folder: MigrationFolder | undefined;

async function read(files: Record<string, string>): Promise<Migration[]> {
  folder = await createMigrationFolder(files);
  return readMigrations(folder.path);
}

afterEach(() => folder?.close());

test('a folder without migrations has none, other files are not looked at', async () => {
  expect(await read({ 'schema.sql': 'x', 'README.md': 'x' })).toEqual([]);
});

test('migrations come in the order of their numbers', async () => {
  const migrations = await read({
    'V1000__last.up.sql': 'select 3',
    'V1000__last.down.sql': 'select 3',
    'V002__two_words.up.sql': 'select 1',
    'V002__two_words.down.sql': '-- docmill: irreversible the rows are gone\n',
    'V010__concurrent.up.sql': '-- docmill: no-transaction\nselect 2',
    'V010__concurrent.down.sql': 'select 2',
  });
  expect(migrations).toMatchObject([
    {
      version: 2,
      name: 'two_words',
      irreversible: 'the rows are gone',
      up: { transactional: true },
    },
    { version: 10, up: { transactional: false }, down: { transactional: true } },
    { version: 1000, up: { file: 'V1000__last.up.sql', sql: 'select 3' } },
  ]);
});

test('the checksum is the SHA-256 of the file, and line ends of Windows do not change it', async () => {
  const [unix] = await read({ 'V001__a.up.sql': 'select 1;\n', 'V001__a.down.sql': '' });
  await folder?.close();
  const [windows] = await read({ 'V001__a.up.sql': 'select 1;\r\n', 'V001__a.down.sql': '' });
  // printf 'select 1;\n' | sha256sum
  expect(unix?.checksum).toBe('4a45092ccf992ea92250053a80b931b787924ba61648f420555511b84f10ab6c');
  expect(windows?.checksum).toBe(unix?.checksum);
});

const half = { 'V001__a.down.sql': '' };

test.each<[string, Record<string, string>, string]>([
  ['a missing down file', { 'V001__a.up.sql': '' }, 'V001__a.up.sql'],
  ['a missing up file', half, 'V001__a.down.sql'],
  ['halves of different names', { 'V001__b.up.sql': '', ...half }, 'V001__a.down.sql'],
  ['a malformed name', { 'V1__a.up.sql': '' }, 'V1__a.up.sql'],
  ['the number 0', { 'V000__a.up.sql': '', 'V000__a.down.sql': '' }, 'V000__a.down.sql'],
  [
    'a number given twice',
    { 'V001__a.up.sql': '', ...half, 'V001__b.up.sql': '', 'V001__b.down.sql': '' },
    'V001__b.up.sql',
  ],
  [
    'an unknown directive',
    { 'V001__a.up.sql': '-- docmill: notransaction', ...half },
    'V001__a.up.sql',
  ],
  [
    'an irreversible file without a reason',
    { 'V001__a.up.sql': '', 'V001__a.down.sql': '-- docmill: irreversible' },
    'V001__a.down.sql',
  ],
  ['a commit', { 'V001__a.up.sql': 'select 1;\n-- why\ncommit;', ...half }, 'V001__a.up.sql'],
  ['a begin', { 'V001__a.up.sql': 'BEGIN; select 1; end', ...half }, 'V001__a.up.sql'],
])('%s is refused and the file named', async (_what, files, file) => {
  await expect(read(files)).rejects.toMatchObject({
    code: 'migration.file_invalid',
    details: { file },
  });
});

test('blocks that only look like transaction statements are fine', async () => {
  const up = `do $$ begin perform 1; end $$;
    create function f() returns int language sql begin atomic select 1; end;
    savepoint a; rollback to a; select 'commit; begin';`;
  expect(await read({ 'V001__a.up.sql': up, ...half })).toHaveLength(1);
});

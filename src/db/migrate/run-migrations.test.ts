import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { eventually } from '#test/support/eventually.ts';
import { createEmptyDatabase, runOn } from '#test/support/test-database.ts';
import { type MigrationFolder, createMigrationFolder } from '#test/support/migration-folder.ts';

import { readMigrations } from './migration-file.ts';
import {
  type MigrateUpOptions,
  migrateDown,
  migrateUp,
  migrationStatus,
  verifyMigrations,
} from './run-migrations.ts';

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let folder: MigrationFolder;

const threeTables = {
  'V001__first.up.sql': 'create table first (id int);',
  'V001__first.down.sql': 'drop table first;',
  'V002__second.up.sql': 'create table second (id int);\ninsert into second values (1);',
  'V002__second.down.sql': 'drop table second;',
  'V004__fourth.up.sql': 'create table fourth (id int);',
  'V004__fourth.down.sql': 'drop table fourth;',
};

beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = await createMigrationFolder(threeTables);
});

afterEach(() => Promise.all([database.close(), folder.close()]));

const up = async (options: MigrateUpOptions = {}) =>
  migrateUp(database.ownerUrl, await readMigrations(folder.path), options);
const down = async (to: number, dryRun = false) =>
  migrateDown(database.ownerUrl, await readMigrations(folder.path), { to, dryRun });
const verify = async () => verifyMigrations(database.ownerUrl, await readMigrations(folder.path));
const status = async () => {
  const statuses = await migrationStatus(database.ownerUrl, await readMigrations(folder.path));
  return statuses.map(({ version, state }) => `${version} ${state}`);
};

async function query(text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>(text);
    return result.rows;
  } finally {
    await client.end();
  }
}

async function tables(): Promise<unknown[]> {
  const rows = await query(
    `select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
  );
  return rows.map((row) => row['relname']);
}

test('pending files are applied in order, once', async () => {
  const run = await up();
  expect(run.steps.map((step) => step.version)).toEqual([1, 2, 4]);
  expect(await tables()).toEqual(['first', 'fourth', 'schema_migrations', 'second']);
  expect((await up()).steps).toEqual([]);
  expect(
    await query(
      "select version, name, checksum ~ '^[0-9a-f]{64}$' as hash, duration_ms >= 0 as timed, applied_at > now() - interval '1 minute' as dated from schema_migrations where version = 2",
    ),
  ).toEqual([{ version: 2, name: 'second', hash: true, timed: true, dated: true }]);
});

test('an empty folder leaves the database alone', async () => {
  expect((await migrateUp(database.ownerUrl, [])).steps).toEqual([]);
  expect(await tables()).toEqual([]);
});

test('up stops at the version asked for', async () => {
  expect((await up({ to: 2 })).steps.map((step) => step.version)).toEqual([1, 2]);
  expect(await status()).toEqual(['1 applied', '2 applied', '4 pending']);
  await expect(up({ to: 3 })).rejects.toMatchObject({ code: 'migration.missing' });
});

test('down undoes the newest first, to the version asked for and to nothing', async () => {
  await up();
  const run = await down(1);
  expect(run.steps.map((step) => step.file)).toEqual([
    'V004__fourth.down.sql',
    'V002__second.down.sql',
  ]);
  expect(await tables()).toEqual(['first', 'schema_migrations']);
  expect(await status()).toEqual(['1 applied', '2 pending', '4 pending']);
  await expect(down(3)).rejects.toMatchObject({ code: 'migration.missing' });
  await down(0);
  expect(await query('select * from schema_migrations')).toEqual([]);
  await up();
  expect(await verify()).toEqual({ applied: 3, pending: 0 });
});

test('a dry run tells the SQL and changes nothing', async () => {
  const run = await up({ dryRun: true });
  expect(run.steps).toMatchObject([
    { version: 1, durationMs: null },
    { version: 2 },
    { version: 4 },
  ]);
  expect(run.sql).toBe(
    '-- V001__first.up.sql\ncreate table first (id int);\n\n-- V002__second.up.sql\ncreate table second (id int);\ninsert into second values (1);\n\n-- V004__fourth.up.sql\ncreate table fourth (id int);\n',
  );
  expect(await tables()).toEqual([]);
  await up();
  const undo = await down(2, true);
  expect(undo.sql).toBe('-- V004__fourth.down.sql\ndrop table fourth;\n');
  expect(await tables()).toContain('fourth');
});

test('an edited file is refused and named', async () => {
  await up();
  await folder.write({ 'V002__second.up.sql': 'create table second (id bigint);' });
  const refused = {
    code: 'migration.checksum_mismatch',
    message: expect.stringContaining('V002__second'),
  };
  await expect(up()).rejects.toMatchObject(refused);
  await expect(up({ dryRun: true })).rejects.toMatchObject(refused);
  await expect(down(0)).rejects.toMatchObject(refused);
  await expect(verify()).rejects.toMatchObject(refused);
  expect(await status()).toEqual(['1 applied', '2 changed', '4 applied']);
});

test('an applied file that is gone is refused and named', async () => {
  await up();
  await folder.remove('V002__second.up.sql');
  await folder.remove('V002__second.down.sql');
  const refused = { code: 'migration.missing', message: expect.stringContaining('V002__second') };
  await expect(up()).rejects.toMatchObject(refused);
  await expect(verify()).rejects.toMatchObject(refused);
  expect(await status()).toEqual(['1 applied', '2 missing', '4 applied']);
});

test('a file below the newest applied one is refused and named', async () => {
  await up();
  await folder.write({ 'V003__late.up.sql': 'select 1', 'V003__late.down.sql': 'select 1' });
  const refused = {
    code: 'migration.out_of_order',
    message: expect.stringContaining('V003__late'),
  };
  await expect(up()).rejects.toMatchObject(refused);
  await expect(verify()).rejects.toMatchObject(refused);
  expect(await status()).toEqual(['1 applied', '2 applied', '3 out_of_order', '4 applied']);
});

test('a database from a newer Docmill is refused', async () => {
  await up();
  await folder.remove('V004__fourth.up.sql');
  await folder.remove('V004__fourth.down.sql');
  const refused = {
    code: 'migration.database_newer',
    message: expect.stringContaining('V004__fourth'),
  };
  await expect(up()).rejects.toMatchObject(refused);
  await expect(down(0)).rejects.toMatchObject(refused);
  await expect(verify()).rejects.toMatchObject(refused);
  expect(await status()).toEqual(['1 applied', '2 applied', '4 newer']);
});

test('an irreversible file on the way down is refused before anything is undone', async () => {
  await folder.write({ 'V002__second.down.sql': '-- docmill: irreversible the rows are gone\n' });
  await up();
  await expect(down(1)).rejects.toMatchObject({
    code: 'migration.irreversible',
    message: expect.stringContaining('the rows are gone'),
  });
  expect(await tables()).toContain('fourth');
  expect((await down(2)).steps).toHaveLength(1);
});

test('a file that fails is undone as a whole, named with its line, and what came before stays', async () => {
  await folder.write({
    'V002__second.up.sql': '-- é😀\ncreate table second (id int);\n\nselect 1 frm x;',
  });
  await expect(up()).rejects.toMatchObject({
    code: 'migration.failed',
    message: expect.stringMatching(/^V002__second\.up\.sql, line 4: /),
    details: { file: 'V002__second.up.sql', line: 4, sqlState: '42601' },
  });
  expect(await tables()).toEqual(['first', 'schema_migrations']);
  await folder.write(threeTables);
  expect((await up()).steps.map((step) => step.version)).toEqual([2, 4]);
});

test('a file marked so runs outside of a transaction, statement by statement', async () => {
  await folder.write({
    'V005__index.up.sql': `-- docmill: no-transaction
      create index concurrently if not exists first_id on first (id);
      do $$ begin perform 1; end $$;
      create index concurrently if not exists second_id on second (id);`,
    'V005__index.down.sql': `-- docmill: no-transaction
      drop index concurrently if exists first_id; drop index concurrently if exists second_id`,
  });
  await up();
  const indexes = `select indexname from pg_indexes where indexname like '%\\_id' order by 1`;
  expect(await query(indexes)).toEqual([{ indexname: 'first_id' }, { indexname: 'second_id' }]);
  await down(4);
  expect(await query(indexes)).toEqual([]);
});

test('a file outside of a transaction that fails runs again from the top', async () => {
  const good = 'create index concurrently if not exists first_id on first (id)';
  await folder.write({
    'V005__index.up.sql': `-- docmill: no-transaction\n${good};\nselect 1/0`,
    'V005__index.down.sql': '',
  });
  await expect(up()).rejects.toMatchObject({ code: 'migration.failed', details: { line: 3 } });
  expect(await status()).toContain('5 pending');
  await folder.write({ 'V005__index.up.sql': `-- docmill: no-transaction\n${good}` });
  expect((await up()).steps).toHaveLength(1);
});

test('twenty starts at once apply each file exactly once', async () => {
  await folder.write({
    'V005__index.up.sql':
      '-- docmill: no-transaction\ncreate index concurrently first_id on first (id)',
    'V005__index.down.sql': 'drop index first_id',
  });
  const runs = await Promise.all(Array.from({ length: 20 }, () => up()));
  const applied = runs.flatMap((run) => run.steps.map((step) => step.version));
  expect(applied.toSorted((a, b) => a - b)).toEqual([1, 2, 4, 5]);
  expect(await query('select count(*)::int as n from second')).toEqual([{ n: 1 }]);
});

test('a start that waits too long for another one gives up', async () => {
  const gate = new Client({ connectionString: database.ownerUrl });
  await gate.connect();
  // The first start hangs in its second file until the gate opens.
  await gate.query('select pg_advisory_lock(7)');
  await folder.write({
    'V002__second.up.sql': 'select pg_advisory_xact_lock(7); create table second (id int);',
  });
  const first = up();
  await eventually('the first start at the gate', async () => {
    const waiting = await query(`
      select from pg_locks join pg_database d on d.oid = database and datname = current_database()
      where locktype = 'advisory' and objid = 7 and not granted`);
    return waiting.length === 1;
  });
  await expect(up({ lockTimeoutMs: 200 })).rejects.toMatchObject({
    code: 'migration.lock_timeout',
  });
  const waiting = up();
  await gate.end();
  expect((await first).steps).toHaveLength(3);
  expect((await waiting).steps).toEqual([]);
});

test('a database that cannot be reached is unavailable', async () => {
  const url = Object.assign(new URL(database.ownerUrl), { port: '1' }).toString();
  await expect(migrateUp(url, [])).rejects.toMatchObject({ code: 'db.unavailable' });
});

test('a limit of the role does not end a long migration', async () => {
  const name = new URL(database.ownerUrl).pathname.slice(1);
  await runOn(
    database.ownerUrl,
    `alter role docmill_owner in database ${name} set statement_timeout = '20ms'`,
  );
  await folder.write({ 'V001__first.up.sql': 'select pg_sleep(0.1); create table first (id int)' });
  expect((await up()).steps).toHaveLength(3);
});

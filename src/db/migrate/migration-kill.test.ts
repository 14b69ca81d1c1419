import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { eventually } from '#test/support/eventually.ts';
import { type MigrationFolder, createMigrationFolder } from '#test/support/migration-folder.ts';
import { createEmptyDatabase } from '#test/support/test-database.ts';

import { readMigrations } from './migration-file.ts';
import { migrateUp } from './run-migrations.ts';

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let folder: MigrationFolder;
let gate: Client;

/** Waits at the gate between two changes; once the gate is open it passes. */
const gated = `create table if not exists second (id int);
  select pg_advisory_lock_shared(7), pg_advisory_unlock_shared(7);
  create table if not exists second_half (id int);`;

beforeEach(async () => {
  database = await createEmptyDatabase();
  gate = new Client({ connectionString: database.ownerUrl });
  await gate.connect();
  await gate.query('select pg_advisory_lock(7)');
});

afterEach(async () => {
  await gate.end();
  await Promise.all([database.close(), folder.close()]);
});

/** Starts migrating in a process of its own, kills it at the gate, and lets a second start finish. */
async function killAtGate(): Promise<{ tablesAfterKill: unknown[]; secondRun: number[] }> {
  const runner = new URL('./run-migrations.ts', import.meta.url).href;
  const reader = new URL('./migration-file.ts', import.meta.url).href;
  const script = `
    const { migrateUp } = await import(${JSON.stringify(runner)});
    const { readMigrations } = await import(${JSON.stringify(reader)});
    await migrateUp(process.argv[1], await readMigrations(process.argv[2]));`;
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', script, database.ownerUrl, folder.path],
    { stdio: 'inherit' },
  );
  const ended = once(child, 'exit');
  const pid = await eventually('the migration at the gate', waitingPid);
  child.kill('SIGKILL');
  await ended;
  const secondStart = migrateUp(database.ownerUrl, await readMigrations(folder.path));
  // The server would notice the death of its client by itself, a moment later.
  await gate.query('select pg_terminate_backend($1)', [pid]);
  await eventually('the end of the killed one', async () => {
    const found = await gate.query('select from pg_stat_activity where pid = $1', [pid]);
    return found.rowCount === 0;
  });
  const tables = await gate.query<{ relname: string }>(
    `select relname from pg_class where relname like 'second%' order by 1`,
  );
  await gate.query('select pg_advisory_unlock(7)');
  const run = await secondStart;
  return {
    tablesAfterKill: tables.rows.map((row) => row.relname),
    secondRun: run.steps.map((step) => step.version),
  };
}

/** The backend that waits for the gate of this database, if one does. */
async function waitingPid(): Promise<number | undefined> {
  const waiting = await gate.query<{ pid: number }>(
    `select pid from pg_locks join pg_database d on d.oid = database and datname = current_database()
     where locktype = 'advisory' and objid = 7 and not granted`,
  );
  return waiting.rows[0]?.pid;
}

const firstAndThird = {
  'V001__first.up.sql': 'create table first (id int);',
  'V001__first.down.sql': 'drop table first;',
  'V002__second.down.sql': 'drop table second, second_half;',
  'V003__third.up.sql': 'create table third (id int);',
  'V003__third.down.sql': 'drop table third;',
};

test('a kill in the middle of a file leaves nothing of it, and the next start finishes', async () => {
  folder = await createMigrationFolder({ ...firstAndThird, 'V002__second.up.sql': gated });
  const { tablesAfterKill, secondRun } = await killAtGate();
  expect(tablesAfterKill).toEqual([]);
  expect(secondRun).toEqual([2, 3]);
});

test('a kill in the middle of a file without a transaction converges at the next start', async () => {
  folder = await createMigrationFolder({
    ...firstAndThird,
    'V002__second.up.sql': `-- docmill: no-transaction\n${gated}`,
  });
  const { tablesAfterKill, secondRun } = await killAtGate();
  expect(tablesAfterKill).toEqual(['second']);
  expect(secondRun).toEqual([2, 3]);
});

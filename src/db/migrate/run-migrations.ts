import type { Client } from 'pg';

import { applyMigration, undoMigration } from './apply-migration.ts';
import type { Migration, MigrationScript } from './migration-file.ts';
import { createLedger, readLedger } from './migration-ledger.ts';
import {
  type MigrationStatus,
  compareWithLedger,
  planDown,
  planUp,
  refuseTrouble,
} from './migration-plan.ts';
import { withMigrationClient, withMigrationLock } from './migration-session.ts';

export interface MigrationStep {
  readonly version: number;
  readonly name: string;
  readonly file: string;
  /** Null in a dry run. */
  readonly durationMs: number | null;
}

export interface MigrationRun {
  /** In the order in which they ran or would run; empty when there is nothing to do. */
  readonly steps: readonly MigrationStep[];
  /** The SQL of the steps, each under a comment with its file name. */
  readonly sql: string;
}

export interface MigrateUpOptions {
  /** The version to stop at. Default: the newest. */
  to?: number;
  /** Tells what would run and changes nothing, not even the ledger. */
  dryRun?: boolean;
  /** How long to wait for another process that migrates. Default 60,000. */
  lockTimeoutMs?: number;
}

export interface MigrateDownOptions extends MigrateUpOptions {
  /** The version that is to be the newest afterwards; 0 undoes everything. */
  to: number;
}

const defaultLockTimeoutMs = 60_000;

/**
 * Applies what is pending. `url` leads straight to PostgreSQL, as the role that is to own the objects.
 * Each file runs in a transaction together with its row, so that a kill leaves it applied or not at
 * all; the next run goes on from there. Any number of processes may start at once.
 * Throws `migration.*` (nothing has run, except with `migration.failed`: the files before it) and `db.unavailable`.
 */
export function migrateUp(
  url: string,
  migrations: readonly Migration[],
  options: MigrateUpOptions = {},
): Promise<MigrationRun> {
  return runPlan(url, options, {
    plan: (ledger) => planUp(migrations, ledger, options.to),
    scriptOf: (migration) => migration.up,
    run: applyMigration,
  });
}

/** Undoes what is newer than `to`, newest first. Otherwise as `migrateUp`. */
export function migrateDown(
  url: string,
  migrations: readonly Migration[],
  options: MigrateDownOptions,
): Promise<MigrationRun> {
  return runPlan(url, options, {
    plan: (ledger) => planDown(migrations, ledger, options.to),
    scriptOf: (migration) => migration.down,
    run: undoMigration,
  });
}

/** Every migration with its state. Changes nothing. Throws `db.unavailable`. */
export function migrationStatus(
  url: string,
  migrations: readonly Migration[],
): Promise<MigrationStatus[]> {
  return withMigrationClient(url, async (client) =>
    compareWithLedger(migrations, await readLedger(client)),
  );
}

/**
 * Resolves when the database and the files agree, to the numbers of applied and pending ones.
 * Throws `migration.checksum_mismatch`, `migration.missing`, `migration.out_of_order`,
 * `migration.database_newer`, `db.unavailable`.
 */
export async function verifyMigrations(
  url: string,
  migrations: readonly Migration[],
): Promise<{ applied: number; pending: number }> {
  const statuses = await migrationStatus(url, migrations);
  refuseTrouble(statuses);
  const applied = statuses.filter((status) => status.state === 'applied').length;
  return { applied, pending: statuses.length - applied };
}

/** The version of the server, such as `18.4`. Throws `db.unavailable`. */
export function readServerVersion(url: string): Promise<string> {
  return withMigrationClient(url, async (client) => {
    const { rows } = await client.query<{ version: string }>(
      `select current_setting('server_version') as version`,
    );
    return rows[0]?.version ?? 'unknown';
  });
}

interface Direction {
  plan: (ledger: Awaited<ReturnType<typeof readLedger>>) => Migration[];
  scriptOf: (migration: Migration) => MigrationScript;
  run: (client: Client, migration: Migration) => Promise<number>;
}

function runPlan(
  url: string,
  options: MigrateUpOptions,
  direction: Direction,
): Promise<MigrationRun> {
  return withMigrationClient(url, async (client) => {
    if (options.dryRun === true) {
      const planned = direction.plan(await readLedger(client));
      return toRun(planned, direction, () => null);
    }
    return withMigrationLock(client, options.lockTimeoutMs ?? defaultLockTimeoutMs, async () => {
      // Read under the lock: what was pending before may have been applied by the process before us.
      const planned = direction.plan(await readLedger(client));
      const durations = new Map<Migration, number>();
      if (planned.length > 0) await createLedger(client);
      for (const migration of planned) {
        durations.set(migration, await direction.run(client, migration));
      }
      return toRun(planned, direction, (migration) => durations.get(migration) ?? null);
    });
  });
}

function toRun(
  planned: readonly Migration[],
  direction: Direction,
  durationOf: (migration: Migration) => number | null,
): MigrationRun {
  return {
    steps: planned.map((migration) => ({
      version: migration.version,
      name: migration.name,
      file: direction.scriptOf(migration).file,
      durationMs: durationOf(migration),
    })),
    sql: planned
      .map((migration) => direction.scriptOf(migration))
      .map((script) => `-- ${script.file}\n${script.sql.trim()}\n`)
      .join('\n'),
  };
}

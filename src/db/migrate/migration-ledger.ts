import type { ClientBase } from 'pg';

import type { Migration } from './migration-file.ts';

/** A row of schema_migrations: a migration that has been applied. */
export interface AppliedMigration {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
  readonly appliedAt: Date;
  readonly durationMs: number;
}

/** Creates schema_migrations if it is not there. */
export async function createLedger(client: ClientBase): Promise<void> {
  await client.query(`
    create table if not exists schema_migrations (
      version integer primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now(),
      duration_ms integer not null
    )`);
}

/** What has been applied, by version; empty when there is no ledger yet. Changes nothing. */
export async function readLedger(client: ClientBase): Promise<AppliedMigration[]> {
  const found = await client.query<{ present: boolean }>(
    `select to_regclass('schema_migrations') is not null as present`,
  );
  if (found.rows[0]?.present !== true) return [];
  const ledger = await client.query<AppliedMigration>(`
    select version, name, checksum, applied_at as "appliedAt", duration_ms as "durationMs"
    from schema_migrations
    order by version`);
  return ledger.rows;
}

export async function insertLedgerRow(
  client: ClientBase,
  migration: Migration,
  durationMs: number,
): Promise<void> {
  await client.query(
    'insert into schema_migrations (version, name, checksum, duration_ms) values ($1, $2, $3, $4)',
    [migration.version, migration.name, migration.checksum, durationMs],
  );
}

export async function setLedgerDuration(
  client: ClientBase,
  migration: Migration,
  durationMs: number,
): Promise<void> {
  await client.query('update schema_migrations set duration_ms = $2 where version = $1', [
    migration.version,
    durationMs,
  ]);
}

export async function deleteLedgerRow(client: ClientBase, migration: Migration): Promise<void> {
  await client.query('delete from schema_migrations where version = $1', [migration.version]);
}

import { AppError } from '#kernel/app-error.ts';
import type { ErrorCode } from '#kernel/error-codes.ts';

import type { Migration } from './migration-file.ts';
import type { AppliedMigration } from './migration-ledger.ts';

export type MigrationState =
  | 'applied'
  | 'pending'
  /** Applied, and its file says something else now. */
  | 'changed'
  /** Applied, and its file is gone. */
  | 'missing'
  /** Not applied, though a later one is. */
  | 'out_of_order'
  /** Applied by a newer Docmill than this one. */
  | 'newer';

export interface MigrationStatus {
  readonly version: number;
  readonly name: string;
  readonly state: MigrationState;
  /** Null while it is not applied. */
  readonly appliedAt: Date | null;
  readonly durationMs: number | null;
}

/** Every migration of the folder or of the ledger with its state, by version. */
export function compareWithLedger(
  migrations: readonly Migration[],
  ledger: readonly AppliedMigration[],
): MigrationStatus[] {
  const files = new Map(migrations.map((migration) => [migration.version, migration]));
  const rows = new Map(ledger.map((row) => [row.version, row]));
  const newestFile = Math.max(0, ...files.keys());
  const newestRow = Math.max(0, ...rows.keys());
  const versions = [...new Set([...files.keys(), ...rows.keys()])].toSorted((a, b) => a - b);
  return versions.map((version) => {
    const file = files.get(version);
    const row = rows.get(version);
    return {
      version,
      name: file?.name ?? row?.name ?? '',
      state: stateOf(file, row, { newestFile, newestRow }),
      appliedAt: row?.appliedAt ?? null,
      durationMs: row?.durationMs ?? null,
    };
  });
}

function stateOf(
  file: Migration | undefined,
  row: AppliedMigration | undefined,
  newest: { newestFile: number; newestRow: number },
): MigrationState {
  if (file === undefined) return (row?.version ?? 0) > newest.newestFile ? 'newer' : 'missing';
  if (row === undefined) return file.version < newest.newestRow ? 'out_of_order' : 'pending';
  return row.checksum === file.checksum ? 'applied' : 'changed';
}

/**
 * Throws for the first migration that stands in the way of running any: `migration.checksum_mismatch`,
 * `migration.missing`, `migration.out_of_order`, `migration.database_newer`. The details list the
 * versions of all that have the same trouble.
 */
export function refuseTrouble(statuses: readonly MigrationStatus[]): void {
  // A newer database explains the rest, so that it is named first.
  const trouble =
    statuses.filter(isTrouble).find((status) => status.state === 'newer') ??
    statuses.find(isTrouble);
  if (trouble === undefined) return;
  const versions = statuses
    .filter((status) => status.state === trouble.state)
    .map((status) => status.version);
  const { code, tell } = troubles[trouble.state];
  throw new AppError(code, tell(migrationLabel(trouble)), {
    details: { version: trouble.version, name: trouble.name, versions },
  });
}

function isTrouble(status: MigrationStatus): status is MigrationStatus & { state: Trouble } {
  return status.state !== 'applied' && status.state !== 'pending';
}

type Trouble = Exclude<MigrationState, 'applied' | 'pending'>;

const troubles: Readonly<Record<Trouble, { code: ErrorCode; tell: (label: string) => string }>> = {
  newer: {
    code: 'migration.database_newer',
    tell: (label) =>
      `The database has migration ${label}, which this Docmill does not know. Run the newer Docmill, or restore a backup made before it.`,
  },
  missing: {
    code: 'migration.missing',
    tell: (label) =>
      `Migration ${label} was applied to this database and its file is gone. Bring the file back.`,
  },
  out_of_order: {
    code: 'migration.out_of_order',
    tell: (label) =>
      `Migration ${label} is not applied though a later one is. Give it a number above the newest.`,
  },
  changed: {
    code: 'migration.checksum_mismatch',
    tell: (label) =>
      `Migration ${label} was edited after it was applied. Restore the file and put the change into a new one.`,
  },
};

/** `V001__foundation`, as in the file names. */
export function migrationLabel(migration: { version: number; name: string }): string {
  return `V${String(migration.version).padStart(3, '0')}__${migration.name}`;
}

/** What `up` has to run, oldest first. Throws as `refuseTrouble`, and `migration.missing` for an unknown `to`. */
export function planUp(
  migrations: readonly Migration[],
  ledger: readonly AppliedMigration[],
  to: number | undefined,
): Migration[] {
  const statuses = compareWithLedger(migrations, ledger);
  refuseTrouble(statuses);
  if (to !== undefined) refuseUnknown(migrations, to);
  const pending = new Set(
    statuses.filter((status) => status.state === 'pending').map((status) => status.version),
  );
  return migrations.filter(
    (migration) => pending.has(migration.version) && migration.version <= (to ?? Infinity),
  );
}

/**
 * What `down` has to undo to leave `to` as the newest (0 for none), newest first.
 * Throws as `planUp`, and `migration.irreversible` before anything runs if one on the way is.
 */
export function planDown(
  migrations: readonly Migration[],
  ledger: readonly AppliedMigration[],
  to: number,
): Migration[] {
  refuseTrouble(compareWithLedger(migrations, ledger));
  if (to !== 0) refuseUnknown(migrations, to);
  const applied = new Set(ledger.map((row) => row.version));
  const steps = migrations
    .filter((migration) => applied.has(migration.version) && migration.version > to)
    .toReversed();
  const stuck = steps.find((migration) => migration.irreversible !== undefined);
  if (stuck !== undefined) {
    throw new AppError(
      'migration.irreversible',
      `Migration ${migrationLabel(stuck)} cannot be undone: ${stuck.irreversible ?? ''}. Restore a backup instead.`,
      { details: { version: stuck.version, name: stuck.name } },
    );
  }
  return steps;
}

function refuseUnknown(migrations: readonly Migration[], to: number): void {
  if (migrations.some((migration) => migration.version === to)) return;
  throw new AppError('migration.missing', `There is no migration with the version ${to}.`, {
    details: { version: to },
  });
}

import { access } from 'node:fs/promises';
import type { BlobStore } from '#blobs/blob-store.ts';
import { refillDatabase } from '#db/backup/refill-database.ts';
import { readRestoreTarget } from '#db/backup/restore-target.ts';
import type { Migration } from '#db/migrate/migration-file.ts';
import { migrateUp } from '#db/migrate/run-migrations.ts';
import { AppError } from '#kernel/app-error.ts';
import { blobFolder, blobListFile, openBackup, tableFile } from './backup-folder.ts';
import { damaged } from './backup-manifest.ts';
import type { BackupManifest } from './backup-manifest.ts';
import { eachBlob } from './backup-service.ts';
import { createBlobArchive } from './blob-archive.ts';
import { checkListing, readListing } from './hashed-file.ts';

export interface ChosenBackup {
  folder: string;
  /** The newest when it is not said. */
  name: string | undefined;
  /** Those of this Docmill. */
  migrations: readonly Migration[];
}

export interface RestoreReport {
  name: string;
  /** When the backup was taken. */
  takenAt: string;
  schemaVersion: number;
  tables: number;
  rows: number;
  blobs: number;
  /** Blobs whose bytes the backup could not copy already. */
  missing: BackupManifest['missing'];
}

export interface RestoreDeps extends ChosenBackup {
  /** Straight to PostgreSQL, as the role that is to own the schema. */
  ownerUrl: string;
  blobs: BlobStore;
  /** Puts back the key that reads secrets in the rows. */
  restoreSecretKey(key: string): Promise<void>;
}

/**
 * Tells what a backup holds, before a server is started to fill.
 * Throws `backup.not_found`, `backup.damaged`, `migration.database_newer`, `migration.missing`, `migration.checksum_mismatch`.
 */
export async function describeBackup(chosen: ChosenBackup): Promise<RestoreReport> {
  const { name, manifest } = await openBackup(chosen.folder, chosen.name);
  refuseOtherMigrations(manifest, chosen.migrations);
  return reportOf(name, manifest);
}

/**
 * Reads a whole backup, bytes of blobs included, and compares it with its checksums. Changes nothing.
 * Throws as `describeBackup`.
 */
export async function checkBackup(chosen: ChosenBackup): Promise<RestoreReport> {
  const { backup, name, manifest } = await openBackup(chosen.folder, chosen.name);
  refuseOtherMigrations(manifest, chosen.migrations);
  await checkTables(backup, manifest);
  const archive = createBlobArchive(blobFolder(chosen.folder));
  await eachBlob(backup, manifest.blobs, async (blob) => {
    if (!isMissing(manifest, blob)) await archive.check(blob);
  });
  return reportOf(name, manifest);
}

/**
 * Fills an empty database and the blob store from a backup, and brings the schema to the version of this Docmill. Rows count
 * only when all of them and all bytes are in: one that was broken off or failed can be run again.
 * Throws as `checkBackup`, and `backup.target_not_empty`, `blob.write_failed`, `db.unavailable`.
 */
export async function restoreBackup(deps: RestoreDeps): Promise<RestoreReport> {
  const { ownerUrl, migrations } = deps;
  const { backup, name, manifest } = await openBackup(deps.folder, deps.name);
  refuseOtherMigrations(manifest, migrations);
  // Before anything is touched; the same is seen again while the rows go in.
  await checkTables(backup, manifest);
  const version = schemaVersionOf(manifest);
  await refuseUsedTarget(ownerUrl, version);
  await migrateUp(ownerUrl, migrations, { to: version });
  const listings = new Map(manifest.tables.map((table) => [table.name, table]));
  await refillDatabase(ownerUrl, {
    ...manifest,
    bucket: deps.blobs.name,
    open(table) {
      const listing = listings.get(table);
      if (listing === undefined) throw new Error(`no table ${table} in the backup`);
      return readListing(tableFile(backup, table), listing);
    },
    async beforeCommit() {
      await giveBytesBack(deps, backup, manifest);
      if (manifest.secretKey !== null) await deps.restoreSecretKey(manifest.secretKey);
    },
  });
  await migrateUp(ownerUrl, migrations);
  return reportOf(name, manifest);
}

async function checkTables(backup: string, manifest: BackupManifest): Promise<void> {
  for (const table of manifest.tables) {
    const file = tableFile(backup, table.name);
    await access(file).catch((error: unknown) => {
      throw damaged(file, 'it is not there', error);
    });
    await checkListing(file, table);
  }
  await checkListing(blobListFile(backup), manifest.blobs);
}

async function giveBytesBack(
  deps: RestoreDeps,
  backup: string,
  manifest: BackupManifest,
): Promise<void> {
  const archive = createBlobArchive(blobFolder(deps.folder));
  await eachBlob(backup, manifest.blobs, async (blob) => {
    if (!isMissing(manifest, blob)) await archive.giveBack(blob, deps.blobs);
  });
}

/** Rows are only understood by the migrations under which they were written. */
function refuseOtherMigrations(manifest: BackupManifest, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.version, migration]));
  const newest = migrations.at(-1)?.version ?? 0;
  for (const { version, name, checksum } of manifest.migrations) {
    const ours = known.get(version);
    if (ours?.checksum === checksum) continue;
    const label = `V${String(version).padStart(3, '0')}__${name}`;
    const details = { version, name };
    if (version > newest) {
      throw new AppError(
        'migration.database_newer',
        `The backup has migration ${label}, which this Docmill does not know: it was taken by Docmill ${manifest.docmill}. Restore it with that version or a newer one.`,
        { details },
      );
    }
    throw new AppError(
      ours === undefined ? 'migration.missing' : 'migration.checksum_mismatch',
      `The backup has migration ${label}, and the files of this Docmill ${ours === undefined ? 'lack it' : 'say something else under that number'}. Restore it with Docmill ${manifest.docmill}.`,
      { details },
    );
  }
}

async function refuseUsedTarget(ownerUrl: string, version: number): Promise<void> {
  const target = await readRestoreTarget(ownerUrl);
  const why = target.holdsData
    ? 'holds data'
    : target.schemaVersion > version
      ? `has schema ${target.schemaVersion} already, and the backup is of ${version}`
      : null;
  if (why === null) return;
  throw new AppError(
    'backup.target_not_empty',
    `Nothing was restored, since the database ${why}. Name an empty data folder (DOCMILL_DATA_DIR) or an empty database (DATABASE_URL).`,
    { details: { schemaVersion: target.schemaVersion } },
  );
}

function isMissing(manifest: BackupManifest, blob: { objectKey: string }): boolean {
  return manifest.missing.some(({ objectKey }) => objectKey === blob.objectKey);
}

function schemaVersionOf(manifest: BackupManifest): number {
  return manifest.migrations.at(-1)?.version ?? 0;
}

function reportOf(name: string, manifest: BackupManifest): RestoreReport {
  return {
    name,
    takenAt: manifest.takenAt,
    schemaVersion: schemaVersionOf(manifest),
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
    blobs: manifest.blobs.rows,
    missing: manifest.missing,
  };
}

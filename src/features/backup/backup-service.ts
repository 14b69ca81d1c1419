import type { BlobStore } from '#blobs/blob-store.ts';
import type { DatabaseSnapshot } from '#db/backup/database-snapshot.ts';
import { withBackupSession } from '#db/backup/database-snapshot.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { backupName, blobFolder, blobListFile, tableFile, writeBackup } from './backup-folder.ts';
import { sealManifest } from './backup-manifest.ts';
import type { BackupManifest, Listing } from './backup-manifest.ts';
import { createBlobArchive } from './blob-archive.ts';
import type { ArchivedBlob } from './blob-archive.ts';
import { readColumns, writeListing } from './hashed-file.ts';

export interface BackupDeps {
  /** Straight to PostgreSQL, as the role that owns the schema. */
  ownerUrl: string;
  blobs: BlobStore;
  /** The folder of all backups of this database. */
  folder: string;
  /** Version of this Docmill. */
  version: string;
  /** The key in the data folder that reads secrets in the rows, if it is kept there. */
  secretKey: string | null;
  clock: () => Date;
}

export interface BackupReport {
  name: string;
  schemaVersion: number;
  tables: number;
  rows: number;
  blobs: number;
  /** Those that no backup of the folder had. */
  copiedBytes: number;
  /** Blobs whose bytes are not in the store, or not the ones that were stored. */
  missing: BackupManifest['missing'];
}

const lost = new Set(['blob.not_found', 'backup.damaged']);

/** Bytes of so many blobs are on their way at once. */
const atOnce = 4;

/**
 * Copies the database as it is at one moment, then the bytes of every blob it names. Everybody may go on writing;
 * bytes are not removed meanwhile. Throws `backup.running`, `backup.write_failed`, `db.unavailable`, `blob.unavailable`.
 */
export async function takeBackup(deps: BackupDeps): Promise<BackupReport> {
  return withBackupSession(deps.ownerUrl, async (session) => {
    const takenAt = deps.clock();
    const name = backupName(takenAt);
    let report: BackupReport | undefined;
    await writeBackup(deps.folder, name, async (backup) => {
      const database = await session.snapshot((snapshot) => copyDatabase(snapshot, backup));
      const { copiedBytes, missing } = await copyBlobs(deps, backup, database.blobs);
      const manifest: BackupManifest = {
        format: 1,
        docmill: deps.version,
        takenAt: takenAt.toISOString(),
        ...database,
        missing,
        secretKey: deps.secretKey,
      };
      report = {
        name,
        schemaVersion: manifest.migrations.at(-1)?.version ?? 0,
        tables: manifest.tables.length,
        rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
        blobs: manifest.blobs.rows,
        copiedBytes,
        missing,
      };
      return sealManifest(manifest);
    });
    if (report === undefined) throw new Error('a backup was written without a report');
    return report;
  });
}

type DatabaseCopy = Pick<
  BackupManifest,
  'postgres' | 'migrations' | 'tables' | 'sequences' | 'pieces' | 'blobs'
>;

async function copyDatabase(snapshot: DatabaseSnapshot, backup: string): Promise<DatabaseCopy> {
  if (snapshot.migrations.length === 0) {
    throw new AppError(
      'backup.not_found',
      'There is nothing to back up: the database has no schema of Docmill. Check DATABASE_URL or DOCMILL_DATA_DIR.',
    );
  }
  const tables: BackupManifest['tables'] = [];
  for (const table of snapshot.tables) {
    const written = await writeListing(tableFile(backup, table.name), snapshot.copyTable(table));
    tables.push({ name: table.name, columns: [...table.columns], ...written });
  }
  return {
    postgres: snapshot.serverVersion,
    migrations: snapshot.migrations.map(({ version, name, checksum }) => ({
      version,
      name,
      checksum,
    })),
    tables,
    sequences: [...snapshot.sequences],
    pieces: [...snapshot.pieces],
    blobs: await writeListing(blobListFile(backup), snapshot.copyBlobList()),
  };
}

async function copyBlobs(
  deps: BackupDeps,
  backup: string,
  list: Listing,
): Promise<Pick<BackupReport, 'copiedBytes' | 'missing'>> {
  const archive = createBlobArchive(blobFolder(deps.folder));
  const missing: BackupManifest['missing'] = [];
  let copiedBytes = 0;
  await eachBlob(backup, list, async (blob) => {
    try {
      copiedBytes += await archive.keep(blob, deps.blobs);
    } catch (error) {
      // One file that is lost must not keep all others out of the backup.
      if (!isAppError(error) || !lost.has(error.code)) throw error;
      const { objectKey, sha256 } = blob;
      missing.push({ objectKey, sha256, reason: error.message });
    }
  });
  return { copiedBytes, missing };
}

/** Does something with every blob of a backup, few at a time. Throws `backup.damaged` for the list, and what `work` throws first. */
export async function eachBlob(
  backup: string,
  list: Listing,
  work: (blob: ArchivedBlob) => Promise<void>,
): Promise<void> {
  let group: ArchivedBlob[] = [];
  for await (const [objectKey = '', sha256 = '', size] of readColumns(blobListFile(backup), list)) {
    group.push({ objectKey, sha256, sizeBytes: Number(size) });
    if (group.length < atOnce) continue;
    await Promise.all(group.map(work));
    group = [];
  }
  await Promise.all(group.map(work));
}

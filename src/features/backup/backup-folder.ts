import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#kernel/app-error.ts';
import { syncFolder, writeDurably } from '#kernel/durable-file.ts';
import { readManifest } from './backup-manifest.ts';
import type { BackupManifest } from './backup-manifest.ts';

/*
 * FOLDER/
 *   blobs/ab/ab12…            the bytes by their hash, of all backups of the folder
 *   docmill-2026-11-21T04-34-43.120Z/
 *     manifest.json           what the others hold; written last
 *     tables/users.copy.gz    the rows of a table
 *     blobs.tsv.gz            which blobs there were
 */

const namePattern = /^docmill-\d{4}-\d{2}-\d{2}T[\d.-]+Z$/;
const unfinished = '.unfinished-';

export const blobFolder = (folder: string): string => path.join(folder, 'blobs');
export const tableFile = (backup: string, table: string): string =>
  path.join(backup, 'tables', `${table}.copy.gz`);
export const blobListFile = (backup: string): string => path.join(backup, 'blobs.tsv.gz');
const manifestFile = (backup: string): string => path.join(backup, 'manifest.json');

/** `docmill-` and the instant, which every file system can write. */
export function backupName(takenAt: Date): string {
  return `docmill-${takenAt.toISOString().replaceAll(':', '-')}`;
}

/**
 * Makes a folder for `fill` to write a backup into, and gives it its name when it is complete and on the disk. What a killed backup left is
 * removed. Throws `backup.write_failed` when the file system refuses, and what `fill` throws; nothing stays then but bytes of blobs.
 */
export async function writeBackup(
  folder: string,
  name: string,
  fill: (backup: string) => Promise<string>,
): Promise<void> {
  const temporary = path.join(folder, `${unfinished}${randomUUID()}`);
  try {
    for (const left of await listNames(folder)) {
      if (left.startsWith(unfinished)) await rm(path.join(folder, left), { recursive: true });
    }
    await mkdir(path.join(temporary, 'tables'), { recursive: true, mode: 0o700 });
    await writeDurably(manifestFile(temporary), await fill(temporary));
    await rename(temporary, path.join(folder, name));
    await syncFolder(folder);
  } catch (error) {
    throw asWriteFailure(error, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** A backup of the folder by its name, or the newest. Throws `backup.not_found` and `backup.damaged`. */
export async function openBackup(
  folder: string,
  name: string | undefined,
): Promise<{ backup: string; name: string; manifest: BackupManifest }> {
  const names = (await listNames(folder)).filter((found) => namePattern.test(found)).toSorted();
  const chosen = name ?? names.at(-1);
  if (chosen === undefined || !names.includes(chosen)) {
    throw new AppError(
      'backup.not_found',
      chosen === undefined
        ? `There is no backup in ${folder}.`
        : `There is no backup ${chosen} in ${folder}; there is ${names.join(', ') || 'none'}.`,
      { details: { folder, names } },
    );
  }
  const backup = path.join(folder, chosen);
  const file = manifestFile(backup);
  const text = await readFile(file, 'utf8').catch(() => '');
  return { backup, name: chosen, manifest: readManifest(text, file) };
}

async function listNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function asWriteFailure(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  return new AppError(
    'backup.write_failed',
    `The backup could not be written to ${folder}: ${error.message}. Make room there, or check who owns the folder.`,
    { details: { folder }, cause: error },
  );
}

import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '#kernel/app-error.ts';
import { giveToFolderOwner } from './folder-owner.ts';

export interface DataFolderLock {
  /** May be called twice. */
  release(): void;
}

const sqliteBusy = 5;
/** Covers the moment between two statements in which a holder writes its pid. */
const patienceMs = 200;

/**
 * Takes the lock of a data folder or throws `embedded.data_folder_in_use`, naming the holder's pid.
 *
 * The lock is the write lock of a tiny SQLite file. It lives in the kernel of the operating system, not in
 * the file: it ends with its process however that dies, so it cannot go stale and no pid has to be judged.
 * It also holds between containers that share a folder, where pids mean nothing. The file's user_version
 * is the holder's pid, for the message only.
 */
export async function lockDataFolder(lockFile: string): Promise<DataFolderLock> {
  const file = open(lockFile);
  try {
    await giveToFolderOwner(lockFile);
    file.exec('pragma synchronous = off');
    file.exec(`begin immediate; pragma user_version = ${process.pid}; commit; begin immediate`);
  } catch (error) {
    const holder = isBusy(error) ? pidInside(file) : null;
    file.close();
    if (holder === null) throw error;
    throw new AppError(
      'embedded.data_folder_in_use',
      `The data folder ${path.dirname(lockFile)} is in use by another Docmill, process ${holder}. ` +
        'Stop that one first, or start this one with another data folder.',
      { details: { pid: holder } },
    );
  }
  return { release: () => (file.isOpen ? file.close() : undefined) };
}

function open(lockFile: string): DatabaseSync {
  try {
    return new DatabaseSync(lockFile, { timeout: patienceMs });
  } catch (cause) {
    throw new AppError(
      'embedded.start_failed',
      `Docmill cannot write ${lockFile}. Start it as the user who owns the data folder, or choose another one.`,
      { cause },
    );
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}

function pidInside(file: DatabaseSync): number {
  return Number(file.prepare('pragma user_version').get()?.['user_version']);
}

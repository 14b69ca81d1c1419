import { chown, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RunAs } from './run-as.ts';

/** True when this process is root on a system that has users by number. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Gives a file that root has made to the owner of the folder it stands in, so that the ordinary user
 * whose data folder it is can go on working with it. Does nothing for anyone but root.
 */
export async function giveToFolderOwner(file: string): Promise<void> {
  if (!isRoot()) return;
  const folder = await stat(path.dirname(file));
  await chown(file, folder.uid, folder.gid);
}

/** Gives a folder and all that is in it to the user PostgreSQL runs as. Links are not followed. */
export async function giveFolderTo(runAs: RunAs, folder: string): Promise<void> {
  if (runAs === null) return;
  const { uid, gid } = runAs;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chown(path.join(entry.parentPath, entry.name), uid, gid);
  }
  await chown(folder, uid, gid);
}

import { execFile } from 'node:child_process';
import type { Stats } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

export interface User {
  uid: number;
  gid: number;
}

const run = promisify(execFile);
const dacReadSearch = 2n; // bit in the capability masks of /proc/self/status, capabilities(7)

/** The first folder on the way to one of `paths` that the user may not enter; null when all are open. */
export async function firstClosedFolder(
  paths: readonly string[],
  user: User,
): Promise<string | null> {
  for (const reached of paths) {
    for (let folder = await realpath(reached); ; folder = path.dirname(folder)) {
      if (!mayExecute(await stat(folder), user)) return folder;
      if (folder === path.dirname(folder)) break;
    }
  }
  return null;
}

/** By the permission bits alone; for a folder: may be entered. Supplementary groups do not count. */
export function mayExecute(stats: Stats, user: User): boolean {
  if (stats.uid === user.uid) return (stats.mode & 0o100) !== 0;
  if (stats.gid === user.gid) return (stats.mode & 0o010) !== 0;
  return (stats.mode & 0o001) !== 0;
}

/** Whether this process, being root, can hand the capability to pass closed folders on to another user. */
export async function mayGrantPassage(): Promise<boolean> {
  try {
    await run('setpriv', ['--version']);
    const status = await readFile('/proc/self/status', 'utf8');
    const permitted = /^CapPrm:\s*([0-9a-f]+)/m.exec(status)?.[1];
    const bounding = /^CapBnd:\s*([0-9a-f]+)/m.exec(status)?.[1];
    return [permitted, bounding].every(
      (mask) => mask !== undefined && ((BigInt(`0x${mask}`) >> dacReadSearch) & 1n) === 1n,
    );
  } catch {
    return false;
  }
}

import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isProcessAlive } from '#kernel/process-alive.ts';

/** `docmill-engine-<pid of its owner>-<random>`. */
const folderName = /^docmill-(?:engine|tessdata)-(\d+)-/;
let hasSwept = false;

/**
 * A new folder in the temporary directory that only this user may enter; the caller removes it.
 * The first call of a process also removes the folders of owners that were killed and could not.
 */
export function makePrivateFolder(purpose: 'engine' | 'tessdata'): string {
  if (!hasSwept) sweepPrivateFolders();
  hasSwept = true;
  return realpathSync(mkdtempSync(join(tmpdir(), `docmill-${purpose}-${process.pid}-`)));
}

/** Removes folders whose owner is gone; what cannot be removed belongs to another user and stays. */
export function sweepPrivateFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = folderName.exec(name)?.[1];
    if (owner === undefined || isProcessAlive(Number(owner))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      continue;
    }
  }
}

import { open } from 'node:fs/promises';

/** Writes a new file that only this user may read, and waits until it is on the disk. Throws when it exists. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Makes what was renamed, linked or made in a folder survive a power cut. Windows cannot open a folder; its file system
 * journals names itself.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

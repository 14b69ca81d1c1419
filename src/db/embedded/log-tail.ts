import { open, rename, stat } from 'node:fs/promises';

const shownBytes = 4_000;
const shownLines = 12;
const keptBytes = 10_000_000;

/** Bytes in a file; 0 when it does not exist. */
export async function fileSize(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}

/** Sets a log of more than 10 MB aside as `<file>.1`, replacing the one before. */
export async function rotateLog(file: string): Promise<void> {
  if ((await fileSize(file)) > keptBytes) await rename(file, `${file}.1`);
}

/** The last lines (at most 12, at most 4000 bytes) written to a file after byte `from`. */
export async function readLogTail(file: string, from: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const start = Math.max(from, size - shownBytes);
    const bytes = Buffer.alloc(Math.max(0, size - start));
    await handle.read(bytes, 0, bytes.length, start);
    return bytes.toString('utf8').trim().split('\n').slice(-shownLines).join('\n');
  } finally {
    await handle.close();
  }
}

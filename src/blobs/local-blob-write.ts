import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { isAppError } from '#kernel/app-error.ts';
import { syncFolder } from '#kernel/durable-file.ts';
import { blobWriteFailed } from './blob-key.ts';
import type { StoredBlob } from './blob-store.ts';

/** File systems without hard links (exFAT, some network shares) answer with one of these. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/**
 * Writes a source to a new file in `temporary`, hashing on the way, and syncs it. Removes the file again when
 * anything fails. Errors of the source are thrown as they are, those of the disk as `blob.write_failed`, as
 * is a `target` that exists already: then the source is not read at all.
 */
export async function writeTemporaryBlob(
  key: string,
  target: string,
  temporary: string,
  source: AsyncIterable<Uint8Array>,
): Promise<StoredBlob & { file: string }> {
  const file = path.join(temporary, randomUUID());
  const handle = await attempt(key, () => openNew(key, file, target));
  try {
    const stored = await drain(key, handle, source);
    await attempt(key, () => handle.sync());
    await attempt(key, () => handle.close());
    return { ...stored, file };
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(file, { force: true }).catch(() => undefined);
    throw error;
  }
}

/**
 * Makes a synced temporary file visible under its final name and syncs the folders, after which it survives
 * a power cut. Throws `blob.write_failed` when the name is taken; the temporary file is removed in any case.
 */
export async function publishBlobFile(
  key: string,
  file: string,
  target: string,
  root: string,
): Promise<void> {
  const folder = path.dirname(target);
  try {
    await attempt(key, async () => {
      const made = await mkdir(folder, { recursive: true });
      await moveWithoutReplacing(key, file, target);
      await syncFolder(folder);
      // Folders made on the way are entries of folders themselves.
      if (made !== undefined)
        await Promise.all([syncFolder(path.dirname(folder)), syncFolder(root)]);
    });
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
}

async function openNew(key: string, file: string, target: string): Promise<FileHandle> {
  if (await isThere(target)) throw blobWriteFailed(key, 'a blob with this key exists already');
  await mkdir(path.dirname(file), { recursive: true });
  return open(file, 'wx', 0o640);
}

async function drain(
  key: string,
  handle: FileHandle,
  source: AsyncIterable<Uint8Array>,
): Promise<StoredBlob> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of source) {
    hash.update(chunk);
    sizeBytes += chunk.byteLength;
    await attempt(key, () => handle.writeFile(chunk));
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

/** A rename would silently replace the blob of a second writer of the same key; a hard link refuses. */
async function moveWithoutReplacing(key: string, file: string, target: string): Promise<void> {
  try {
    await link(file, target);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const taken = code === 'EEXIST' || (noLinks.has(code) && (await isThere(target)));
    if (taken) throw blobWriteFailed(key, 'a blob with this key exists already', error);
    if (!noLinks.has(code)) throw error;
    await rename(file, target);
  }
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null;
}

async function attempt<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isAppError(error)) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw blobWriteFailed(key, why, error);
  }
}

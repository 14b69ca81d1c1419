import { createHash } from 'node:crypto';
import { open, opendir, rm, stat, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { blobNotFound, checkBlobKey, checkByteRange } from './blob-key.ts';
import type { BlobStat, BlobStore, ByteRange, LocalCopy } from './blob-store.ts';
import { publishBlobFile, writeTemporaryBlob } from './local-blob-write.ts';

/**
 * Blobs as files in a folder, made when the first blob is put. A blob is written to `tmp`, synced and then
 * moved to `<h0h1>/<h2h3>/<key>`, where h is the SHA-256 of the key in hex: even spread whatever the keys look like.
 * A copy of the folder taken at any moment holds complete blobs only, apart from `tmp`.
 */
export function createLocalBlobStore(options: { folder: string }): BlobStore {
  const folder = path.resolve(options.folder);
  const temporary = path.join(folder, 'tmp');
  const locate = (key: string): string => {
    checkBlobKey(key);
    return path.join(folder, shardOf(key), key);
  };
  return {
    name: 'local',
    async put(key, source) {
      const target = locate(key);
      const written = await writeTemporaryBlob(key, target, temporary, source);
      await publishBlobFile(key, written.file, target, folder);
      return { sizeBytes: written.sizeBytes, sha256: written.sha256 };
    },
    read: async (key, range) => readFrom(key, locate(key), range),
    stat: async (key) => statBlob(key, locate(key)),
    delete: async (key) => removeIfThere(locate(key)),
    localCopy: async (key) => lendFile(key, locate(key)),
    list: () => listBlobs(folder),
    sweep: (before) => sweepFolder(temporary, before),
  };
}

function shardOf(key: string): string {
  const hash = createHash('sha256').update(key).digest('hex');
  return path.join(hash.slice(0, 2), hash.slice(2, 4));
}

async function readFrom(key: string, file: string, range?: ByteRange): Promise<Readable> {
  if (range !== undefined) checkByteRange(range);
  let handle: FileHandle;
  try {
    // Opened before the stream is made, so that a missing blob is an error and not a broken stream.
    handle = await open(file, 'r');
  } catch (error) {
    throw isMissing(error) ? blobNotFound(key) : error;
  }
  return handle.createReadStream(range);
}

async function statBlob(key: string, file: string): Promise<BlobStat | null> {
  try {
    const stats = await stat(file);
    return { key, sizeBytes: stats.size, modifiedAt: stats.mtime };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function removeIfThere(file: string): Promise<boolean> {
  try {
    await unlink(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** The file itself: blobs never change, so there is nothing to copy and nothing to release. */
async function lendFile(key: string, file: string): Promise<LocalCopy> {
  if ((await statBlob(key, file)) === null) throw blobNotFound(key);
  return { path: file, release: () => Promise.resolve() };
}

async function* listBlobs(folder: string): AsyncGenerator<BlobStat> {
  for await (const outer of namesIn(folder, /^[0-9a-f]{2}$/)) {
    for await (const inner of namesIn(path.join(folder, outer), /^[0-9a-f]{2}$/)) {
      const shard = path.join(outer, inner);
      for await (const key of namesIn(path.join(folder, shard), /^[^.]/)) {
        // A file that lies where its name does not belong was not put by us.
        const found =
          shardOf(key) === shard ? await statBlob(key, path.join(folder, shard, key)) : null;
        if (found !== null) yield found;
      }
    }
  }
}

async function sweepFolder(temporary: string, before: Date): Promise<number> {
  let removed = 0;
  for await (const name of namesIn(temporary, /./)) {
    const file = path.join(temporary, name);
    const found = await statBlob(name, file);
    if (found === null || found.modifiedAt >= before) continue;
    await rm(file, { force: true });
    removed += 1;
  }
  return removed;
}

/** Entry names of a folder that match; none when the folder is not there. */
async function* namesIn(folder: string, pattern: RegExp): AsyncGenerator<string> {
  try {
    for await (const entry of await opendir(folder)) {
      if (pattern.test(entry.name)) yield entry.name;
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

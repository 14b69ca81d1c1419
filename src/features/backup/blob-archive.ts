import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { BlobStore } from '#blobs/blob-store.ts';
import { damaged } from './backup-manifest.ts';

/** A blob as the list of a backup names it. */
export interface ArchivedBlob {
  objectKey: string;
  sha256: string;
  sizeBytes: number;
}

/** Bytes by their hash, shared by all backups of a folder: what one has copied the next need not. */
export interface BlobArchive {
  /** Resolves to the bytes that were copied: 0 when they were there. Throws what the store throws, and `backup.damaged` for bytes that changed. */
  keep(blob: ArchivedBlob, store: BlobStore): Promise<number>;
  /** Puts the bytes under their key unless they are there. Throws `backup.damaged`. */
  giveBack(blob: ArchivedBlob, store: BlobStore): Promise<void>;
  /** Reads them to their end. Throws `backup.damaged`. */
  check(blob: ArchivedBlob): Promise<void>;
}

/** The archive in `folder`, which is made when it is needed. */
export function createBlobArchive(folder: string): BlobArchive {
  const placeOf = (sha256: string): string => path.join(folder, sha256.slice(0, 2), sha256);
  const readBack = (blob: ArchivedBlob): AsyncGenerator<Uint8Array> => {
    const file = placeOf(blob.sha256);
    return verified(archived(file), blob, file);
  };
  return {
    async keep(blob, store) {
      const file = placeOf(blob.sha256);
      if ((await sizeOf(file)) === blob.sizeBytes) return 0;
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const temporary = path.join(folder, `.${randomUUID()}`);
      try {
        await pipeline(
          verified(await store.read(blob.objectKey), blob, `The blob ${blob.objectKey}`),
          createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true }),
        );
        await rename(temporary, file);
      } finally {
        await rm(temporary, { force: true });
      }
      return blob.sizeBytes;
    },
    async giveBack(blob, store) {
      const there = await store.stat(blob.objectKey);
      // Keys are written once and whole: what is there is what a restore before this one has put, or what a bucket kept.
      if (there?.sizeBytes === blob.sizeBytes) return;
      await store.put(blob.objectKey, readBack(blob));
    },
    async check(blob) {
      const bytes = readBack(blob);
      while ((await bytes.next()).done !== true);
    },
  };
}

async function* archived(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file);
  } catch (error) {
    throw damaged(file, error instanceof Error ? error.message : String(error), error);
  }
}

async function* verified(
  source: AsyncIterable<Uint8Array>,
  blob: ArchivedBlob,
  name: string,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of source) {
    hash.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  if (hash.digest('hex') === blob.sha256) return;
  throw damaged(name, `it has ${bytes} bytes of ${blob.sizeBytes}, or their checksum is another`);
}

async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

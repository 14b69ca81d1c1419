import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { blobNotFound, blobWriteFailed, checkBlobKey, checkByteRange } from './blob-key.ts';
import type { BlobStat, BlobStore } from './blob-store.ts';

interface MemoryBlob {
  bytes: Buffer;
  modifiedAt: Date;
}

/** Blobs in the memory of this process, for tests and one-off commands; gone with it. */
export function createMemoryBlobStore(): BlobStore {
  const blobs = new Map<string, MemoryBlob>();
  const find = (key: string): MemoryBlob => {
    const blob = blobs.get(key);
    if (blob === undefined) throw blobNotFound(key);
    return blob;
  };
  return {
    name: 'memory',
    async put(key, source) {
      checkBlobKey(key);
      refuseTaken(blobs, key);
      const bytes = await collect(source);
      // Again: another put of the key may have finished meanwhile.
      refuseTaken(blobs, key);
      blobs.set(key, { bytes, modifiedAt: new Date() });
      return { sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    },
    async read(key, range) {
      checkBlobKey(key);
      if (range !== undefined) checkByteRange(range);
      const { bytes } = find(key);
      const wanted = range === undefined ? bytes : bytes.subarray(range.start, range.end + 1);
      return Readable.from(wanted.length === 0 ? [] : [wanted], { objectMode: false });
    },
    async stat(key) {
      checkBlobKey(key);
      const blob = blobs.get(key);
      return blob === undefined ? null : describe(key, blob);
    },
    async delete(key) {
      checkBlobKey(key);
      return blobs.delete(key);
    },
    async localCopy(key) {
      checkBlobKey(key);
      const { bytes } = find(key);
      const folder = await mkdtemp(path.join(tmpdir(), 'docmill-blob-'));
      const file = path.join(folder, key);
      await writeFile(file, bytes);
      return { path: file, release: () => rm(folder, { recursive: true, force: true }) };
    },
    async *list() {
      for (const [key, blob] of blobs) yield describe(key, blob);
    },
    // An interrupted put leaves nothing here.
    sweep: () => Promise.resolve(0),
  };
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // Copied at once: a source may reuse its buffer for the next chunk.
  for await (const chunk of source) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function refuseTaken(blobs: ReadonlyMap<string, MemoryBlob>, key: string): void {
  if (blobs.has(key)) throw blobWriteFailed(key, 'a blob with this key exists already');
}

function describe(key: string, blob: MemoryBlob): BlobStat {
  return { key, sizeBytes: blob.bytes.length, modifiedAt: blob.modifiedAt };
}

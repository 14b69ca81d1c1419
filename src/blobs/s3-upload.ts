import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { StoredBlob } from './blob-store.ts';

/** S3 takes 5 MiB to 5 GiB a part and 10,000 parts: objects of up to 78 GiB, a part in memory per upload. */
const partBytes = 8 * 1024 * 1024;

/**
 * Sends a source of unknown length, hashing on the way: in one request when it fits into a part, else in parts,
 * which are given up when anything fails. Throws the source's own error as it is, and what `explain` makes of
 * an error of S3.
 */
export async function uploadObject(
  client: S3Client,
  address: { Bucket: string; Key: string },
  source: AsyncIterable<Uint8Array>,
  explain: (error: unknown) => Error,
): Promise<StoredBlob> {
  const counted = new CountedSource(source);
  const upload = new Upload({
    client,
    params: {
      ...address,
      Body: Readable.from(counted.chunks(), { objectMode: false }),
      IfNoneMatch: '*',
    },
    partSize: partBytes,
    // Each waits for the one before: the client's connection is the limit, and memory stays small.
    queueSize: 1,
  });
  try {
    await upload.done();
  } catch (error) {
    throw counted.failure?.error ?? explain(error);
  }
  return counted.result();
}

class CountedSource {
  /** Set when the source itself failed. */
  failure: { error: Error } | undefined;
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #hash: Hash = createHash('sha256');
  #sizeBytes = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source;
  }

  async *chunks(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of this.#source) {
        this.#hash.update(chunk);
        this.#sizeBytes += chunk.byteLength;
        // Copied at once: a source may reuse its buffer for the next chunk.
        yield Buffer.from(chunk);
      }
    } catch (error) {
      this.failure = { error: error instanceof Error ? error : new Error(String(error)) };
      throw error;
    }
  }

  result(): StoredBlob {
    return { sizeBytes: this.#sizeBytes, sha256: this.#hash.digest('hex') };
  }
}

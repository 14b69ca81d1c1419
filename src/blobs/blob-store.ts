import type { Readable } from 'node:stream';

export interface StoredBlob {
  sizeBytes: number;
  /** Lower-case hex. */
  sha256: string;
}

export interface BlobStat {
  key: string;
  sizeBytes: number;
  modifiedAt: Date;
}

/** A blob as a file on this machine. Call `release` when done with it; a downloaded copy is then removed. */
export interface LocalCopy {
  path: string;
  release(): Promise<void>;
}

/** Bytes `start`..`end`, both inclusive, as in an HTTP range. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Keeps bytes under keys. A key is 1..200 characters of `[A-Za-z0-9._-]`, never starting with a dot;
 * anything else is a bug and throws a plain Error. Keys are written once and never changed.
 */
export interface BlobStore {
  /** `local`, `memory`, `s3` … for logs and `blobs.bucket`. */
  readonly name: string;
  /**
   * Stores a stream and resolves when it would survive a power cut. Until then nothing is visible
   * under the key; a source that fails leaves nothing behind and its error is thrown on.
   * Throws `blob.write_failed` when the store itself fails.
   */
  put(key: string, source: AsyncIterable<Uint8Array>): Promise<StoredBlob>;
  /** Throws `blob.not_found` before the first byte when the key is not there. */
  read(key: string, range?: ByteRange): Promise<Readable>;
  /** null when the key is not there. */
  stat(key: string): Promise<BlobStat | null>;
  /** Resolves to false when the key was not there. */
  delete(key: string): Promise<boolean>;
  /** Throws `blob.not_found`. */
  localCopy(key: string): Promise<LocalCopy>;
  /** Every complete blob, in no order. */
  list(): AsyncIterable<BlobStat>;
  /** Removes what interrupted writes left behind before `before`; resolves to how many. */
  sweep(before: Date): Promise<number>;
}

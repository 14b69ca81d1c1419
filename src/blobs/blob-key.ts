import { AppError } from '#kernel/app-error.ts';
import type { ByteRange } from './blob-store.ts';

const keyPattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}$/;

/**
 * Throws a plain Error for a key outside the rule of the port. Keys are made by Docmill and never by a
 * user, so a bad one is a bug; the check keeps it from becoming a path out of the store.
 */
export function checkBlobKey(key: string): void {
  if (!keyPattern.test(key))
    throw new Error(`not a blob key: ${JSON.stringify(key.slice(0, 250))}`);
}

/** Throws a plain Error unless `start` and `end` are whole, not negative and in order. */
export function checkByteRange(range: ByteRange): void {
  const { start, end } = range;
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start) {
    throw new Error(`not a byte range: ${start}..${end}`);
  }
}

export function blobNotFound(key: string): AppError {
  return new AppError('blob.not_found', `The blob ${key} is not in the store.`, {
    details: { key },
  });
}

/** What a store throws when it cannot store, be it a full disk or a key that is there already. */
export function blobWriteFailed(key: string, why: string, cause?: unknown): AppError {
  return new AppError('blob.write_failed', `The blob ${key} could not be stored: ${why}`, {
    details: { key },
    cause,
  });
}

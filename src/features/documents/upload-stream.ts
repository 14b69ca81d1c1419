import { createHash } from 'node:crypto';
import { AppError, isAppError } from '#kernel/app-error.ts';

/** Enough for every file signature we look for; a PDF header may follow 1 KiB of junk. */
const headBytes = 4_100;

export interface PeekedStream {
  head: Uint8Array;
  /** Still yields everything from the start. */
  stream: AsyncIterable<Uint8Array>;
  /** Lets go of the source; for when `stream` will not be read. */
  close(): Promise<void>;
}

/** Reads the first bytes of a stream. */
export async function peekHead(source: AsyncIterable<Uint8Array>): Promise<PeekedStream> {
  const iterator = source[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < headBytes) {
    const next = await iterator.next();
    if (next.done) break;
    chunks.push(next.value);
    length += next.value.length;
  }
  return {
    head: Buffer.concat(chunks).subarray(0, headBytes),
    stream: replay(chunks, iterator),
    async close() {
      await iterator.return?.();
    },
  };
}

async function* replay(
  chunks: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** Passes a stream through; when it breaks without a reason of ours, throws `upload.interrupted`. */
export async function* watchForBreak(
  source: AsyncIterable<Uint8Array>,
  fileName: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    throw new AppError(
      'upload.interrupted',
      `"${fileName}" did not arrive completely. Send it again.`,
      { details: { fileName }, cause },
    );
  }
}

/**
 * Passes a stream through until it is longer than `maxBytes`, then throws `upload.too_large`. `check` is told the length
 * so far before each piece is passed on, and may throw.
 */
export async function* limitBytes(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  fileName: string,
  check?: (length: number) => void,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > maxBytes) {
      const limit = Math.floor(maxBytes / 1024 / 1024);
      throw new AppError(
        'upload.too_large',
        `"${fileName}" is larger than ${limit} MiB, the most that is accepted (DOCMILL_MAX_UPLOAD_MB).`,
        { details: { fileName, maxBytes } },
      );
    }
    check?.(length);
    yield chunk;
  }
}

/** What the uploader says about the whole file. */
export interface ExpectedBytes {
  sizeBytes: number;
  /** Lower-case hex; undefined when it was not said. */
  sha256?: string | undefined;
}

/**
 * Passes a stream through and fails before its end is told when it was not the file that was announced, so that a store
 * never holds it as complete. Throws `upload.size_mismatch` or `upload.checksum_mismatch`.
 */
export async function* expectBytes(
  source: AsyncIterable<Uint8Array>,
  { sizeBytes, sha256 }: ExpectedBytes,
  fileName: string,
): AsyncGenerator<Uint8Array> {
  const hash = sha256 === undefined ? undefined : createHash('sha256');
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    hash?.update(chunk);
    yield chunk;
  }
  if (length !== sizeBytes) {
    throw new AppError(
      'upload.size_mismatch',
      `"${fileName}" has ${length} bytes, and ${sizeBytes} were announced. Nothing of it was kept.`,
      { details: { fileName, sizeBytes: length, announced: sizeBytes } },
    );
  }
  const found = hash?.digest('hex');
  if (found !== sha256) {
    throw new AppError(
      'upload.checksum_mismatch',
      `"${fileName}" has another SHA-256 than was announced. Nothing of it was kept; send it again.`,
      { details: { fileName, sha256: found, announced: sha256 } },
    );
  }
}

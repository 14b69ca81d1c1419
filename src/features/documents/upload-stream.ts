import { AppError } from '#kernel/app-error.ts';

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

/** Passes a stream through; when it breaks, throws `upload.interrupted`. */
export async function* watchForBreak(
  source: AsyncIterable<Uint8Array>,
  fileName: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (cause) {
    throw new AppError(
      'upload.interrupted',
      `"${fileName}" did not arrive completely. Send it again.`,
      { details: { fileName }, cause },
    );
  }
}

/** Passes a stream through until it is longer than `maxBytes`, then throws `upload.too_large`. */
export async function* limitBytes(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  fileName: string,
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
    yield chunk;
  }
}

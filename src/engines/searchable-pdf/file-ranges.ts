import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '#kernel/app-error.ts';
import type { FileRange } from './page-picture.ts';

const chunkBytes = 256 * 1024;

/** A file of which parts are copied; open until `close`. */
export class RangeReader {
  readonly #file: FileHandle;
  readonly size: number;

  private constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.size = size;
  }

  /** Throws AppError `blob.not_found` when there is no such file. */
  static async open(path: string): Promise<RangeReader> {
    const file = await open(path).catch((cause: unknown) => {
      throw new AppError('blob.not_found', 'The file is no longer in the store.', { cause });
    });
    return new RangeReader(file, (await file.stat()).size);
  }

  /** The bytes of the ranges in order, in pieces. Throws AppError `blob.corrupt` where the file ends early. */
  async *read(ranges: readonly FileRange[]): AsyncGenerator<Buffer> {
    for (const { from, to } of ranges) {
      for (let at = from; at < to;) {
        const wanted = Math.min(chunkBytes, to - at);
        const { bytesRead, buffer } = await this.#file.read(Buffer.alloc(wanted), 0, wanted, at);
        if (bytesRead === 0) {
          throw new AppError('blob.corrupt', 'The file ended earlier than it should.');
        }
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** All bytes of a file in pieces. Throws as RangeReader does. */
export async function* wholeFile(path: string): AsyncGenerator<Buffer> {
  const file = await RangeReader.open(path);
  try {
    yield* file.read([{ from: 0, to: file.size }]);
  } finally {
    await file.close();
  }
}

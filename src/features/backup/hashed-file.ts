import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import { damaged } from './backup-manifest.ts';
import type { Listing } from './backup-manifest.ts';

const lineEnd = 0x0a;

/** Writes lines to a new compressed file and syncs it. Throws what the source throws, and the file system. */
export async function writeListing(file: string, source: Readable): Promise<Listing> {
  const measure = createMeasure();
  await pipeline(
    source,
    async function* measured(chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        measure.add(chunk);
        yield chunk;
      }
    },
    createGzip({ level: constants.Z_BEST_SPEED }),
    createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }),
  );
  return measure.result();
}

/** The bytes of such a file; throws `backup.damaged` at the latest after the last one when they are not those written. */
export async function* readListing(file: string, wanted: Listing): AsyncGenerator<Uint8Array> {
  const measure = createMeasure();
  const gunzip = createGunzip();
  const fed = pipeline(createReadStream(file), gunzip);
  // Whoever reads hears of a failure by the stream itself.
  fed.catch(() => undefined);
  try {
    for await (const chunk of gunzip) {
      measure.add(chunk);
      yield chunk;
    }
    await fed;
  } catch (error) {
    throw damaged(file, error instanceof Error ? error.message : String(error), error);
  }
  const found = measure.result();
  if (found.sha256 !== wanted.sha256 || found.rows !== wanted.rows) {
    throw damaged(file, `it has ${found.rows} rows and ${found.bytes} bytes with another checksum`);
  }
}

/** Reads such a file to its end. Throws `backup.damaged`. */
export async function checkListing(file: string, wanted: Listing): Promise<void> {
  const chunks = readListing(file, wanted);
  while ((await chunks.next()).done !== true);
}

/** The columns of each line of such a file. */
export async function* readColumns(file: string, wanted: Listing): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of readListing(file, wanted)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.split('\t');
  }
}

function createMeasure(): { add(chunk: Uint8Array): void; result(): Listing } {
  const hash = createHash('sha256');
  let [rows, bytes] = [0, 0];
  return {
    add(chunk) {
      hash.update(chunk);
      bytes += chunk.length;
      for (let at = chunk.indexOf(lineEnd); at !== -1; at = chunk.indexOf(lineEnd, at + 1))
        rows += 1;
    },
    result: () => ({ rows, bytes, sha256: hash.digest('hex') }),
  };
}

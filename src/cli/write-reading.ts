import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PageReading } from '#pipeline/page-reading.ts';
import { writeJson } from '#pipeline/writers/json-writer.ts';
import { writeMarkdown } from '#pipeline/writers/markdown-writer.ts';
import { writePlainText } from '#pipeline/writers/plain-text-writer.ts';
import type { FoundFile } from './find-files.ts';
import type { ReadDocument } from './process-file.ts';

export const readingFormats = ['text', 'md', 'json'] as const;
export type ReadingFormat = (typeof readingFormats)[number];

const endings = { text: 'txt', md: 'md', json: 'json' } as const;

/** Writes a document to standard output, or into `folder` under the path it had below the named folder. */
export async function writeReading(
  document: ReadDocument,
  file: FoundFile,
  format: ReadingFormat,
  folder: string | undefined,
): Promise<void> {
  const source = Readable.from(compose(document, file, format));
  if (folder === undefined) {
    await pipeline(source, process.stdout, { end: false });
    return;
  }
  const target = path.join(folder, `${file.relative}.${endings[format]}`);
  await mkdir(path.dirname(target), { recursive: true });
  await pipeline(source, createWriteStream(target));
}

function compose(
  { source, reading }: ReadDocument,
  file: FoundFile,
  format: ReadingFormat,
): AsyncIterable<string> {
  const pages = iterate(reading.pages);
  switch (format) {
    case 'text':
      return writePlainText(pages);
    case 'md':
      return writeMarkdown(pages);
    case 'json': {
      const { mediaType, sha256 } = source;
      const { pageCount, metadata } = reading;
      return writeJson({ title: file.name, pageCount, mediaType, sha256, metadata }, pages);
    }
  }
}

async function* iterate(pages: readonly PageReading[]): AsyncGenerator<PageReading> {
  yield* pages;
}

import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Engines } from '#engines/create-engines.ts';
import type { PageReading } from '#pipeline/page-reading.ts';
import { writeHocr } from '#pipeline/writers/hocr-writer.ts';
import { writeJson } from '#pipeline/writers/json-writer.ts';
import { writeMarkdown } from '#pipeline/writers/markdown-writer.ts';
import { writePlainText } from '#pipeline/writers/plain-text-writer.ts';
import { lacksText, textOfPages } from '#pipeline/writers/searchable-pages.ts';
import type { FoundFile } from './find-files.ts';
import type { ReadDocument } from './process-file.ts';

export const readingFormats = ['text', 'md', 'json', 'hocr', 'pdf'] as const;
export type ReadingFormat = (typeof readingFormats)[number];

const endings = {
  text: 'txt',
  md: 'md',
  json: 'json',
  hocr: 'hocr',
  pdf: 'searchable.pdf',
} as const;

/** Where a reading is written, and with what. */
export interface WriteOptions {
  format: ReadingFormat;
  /** Without it the result goes to standard output. */
  folder: string | undefined;
  engines: Pick<Engines, 'searchablePdf'>;
  signal?: AbortSignal;
}

/**
 * Writes a document to standard output, or into a folder under the path it had below the named folder.
 * Throws AppError of the engine when no searchable PDF can be made; nothing is written then.
 */
export async function writeReading(
  document: ReadDocument,
  file: FoundFile,
  { format, folder, engines, signal }: WriteOptions,
): Promise<void> {
  const source =
    format === 'pdf'
      ? Readable.from(await composePdf(document, file, engines, signal), { objectMode: false })
      : Readable.from(compose(document, file, format));
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
  format: Exclude<ReadingFormat, 'pdf'>,
): AsyncIterable<string> {
  const pages = iterate(reading.pages);
  switch (format) {
    case 'text':
      return writePlainText(pages);
    case 'md':
      return writeMarkdown(pages);
    case 'hocr':
      return writeHocr({ title: file.name, pageCount: reading.pageCount }, pages);
    case 'json': {
      const { mediaType, sha256 } = source;
      const { pageCount, metadata, facts } = reading;
      return writeJson(
        {
          title: file.name,
          pageCount,
          mediaType,
          sha256,
          metadata,
          contents: reading.contents ?? null,
          settings: facts.settings,
        },
        pages,
      );
    }
  }
}

function composePdf(
  { source, reading }: ReadDocument,
  file: FoundFile,
  engines: WriteOptions['engines'],
  signal: AbortSignal | undefined,
): Promise<AsyncIterable<Uint8Array>> {
  const { pages, pageCount } = reading;
  return engines.searchablePdf.compose(
    {
      file: source,
      title: file.name,
      pageCount,
      recognised: pages.filter((page) => lacksText({ ...page, wordCount: page.words.length })),
      pages: textOfPages(iterate(pages)),
    },
    { signal },
  );
}

async function* iterate(pages: readonly PageReading[]): AsyncGenerator<PageReading> {
  yield* pages;
}

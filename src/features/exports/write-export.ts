import type { Sql } from '#db/database.ts';
import type { Document } from '#features/documents/index.ts';
import { readVersionContents, readVersionMetadata } from '#features/documents/index.ts';
import { findReadingSettings } from '#features/jobs/index.ts';
import {
  type SearchableDownloadDeps,
  streamReading,
  streamSearchablePdf,
} from '#features/zones/index.ts';
import type { PageReading } from '#pipeline/page-reading.ts';
import { writeHocr } from '#pipeline/writers/hocr-writer.ts';
import { writeJson } from '#pipeline/writers/json-writer.ts';
import { writeMarkdown } from '#pipeline/writers/markdown-writer.ts';
import { writePlainText } from '#pipeline/writers/plain-text-writer.ts';
import { type FileCheck, checkJsonExport } from './check-json-export.ts';
import type { ExportSelection, ExportType, WrittenFormat } from './export.ts';
import { type ZonePlaceKey, selectReading } from './export-reading.ts';
import { listZonePlaces } from './export-repository.ts';

export interface WrittenExport {
  bytes: AsyncIterable<Uint8Array>;
  /** Pages written; final when the bytes have been taken. */
  pageCount(): number | null;
  /** What checking it found; final when the bytes have been taken, null for formats without a schema. */
  check: FileCheck | null;
}

/** One file of an export as a stream. Throws what the searchable PDF throws about the original. */
export async function writeExport(
  deps: SearchableDownloadDeps,
  sql: Sql,
  document: Document,
  wanted: { type: ExportType; selection: ExportSelection | null; format: WrittenFormat },
): Promise<WrittenExport> {
  const { type, selection, format } = wanted;
  if (format === 'pdf') {
    const bytes = await streamSearchablePdf(deps, sql, document);
    return { bytes, pageCount: () => document.pageCount, check: null };
  }
  const places =
    selection?.zones && (await listZonePlaces(sql, document.versionId, selection.zones));
  const keys = places?.map(({ pageNumber, position }): ZonePlaceKey => `${pageNumber} ${position}`);
  const stored = streamReading(sql, document.versionId);
  const tally = new PageTally(selectReading(stored, type, selection, keys ? new Set(keys) : null));
  const pieces = await writePieces(sql, document, format, tally.pages());
  const checked = format === 'json' ? checkJsonExport(pieces) : { pieces, check: null };
  return {
    bytes: encode(checked.pieces),
    pageCount: () => tally.count,
    check: checked.check,
  };
}

async function writePieces(
  sql: Sql,
  document: Document,
  format: Exclude<WrittenFormat, 'pdf'>,
  pages: AsyncIterable<PageReading>,
): Promise<AsyncIterable<string>> {
  const { title, mediaType, sha256, versionId } = document;
  const pageCount = document.pageCount ?? 0;
  if (format === 'txt') return writePlainText(pages);
  if (format === 'md') return writeMarkdown(pages);
  if (format === 'hocr') return writeHocr({ title, pageCount }, pages);
  const metadata = await readVersionMetadata(sql, versionId);
  const contents = await readVersionContents(sql, versionId);
  const settings = await findReadingSettings(sql, versionId);
  return writeJson({ title, pageCount, mediaType, sha256, metadata, contents, settings }, pages);
}

/** Counts the pages that pass. */
class PageTally {
  count = 0;
  readonly #pages: AsyncIterable<PageReading>;

  constructor(pages: AsyncIterable<PageReading>) {
    this.#pages = pages;
  }

  async *pages(): AsyncGenerator<PageReading> {
    for await (const page of this.#pages) {
      this.count += 1;
      yield page;
    }
  }
}

/** As UTF-8. A file is never empty, because the store and its rows know no empty ones. */
async function* encode(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let isEmpty = true;
  for await (const piece of pieces) {
    if (piece === '') continue;
    isEmpty = false;
    yield Buffer.from(piece, 'utf8');
  }
  if (isEmpty) yield Buffer.from('\n');
}

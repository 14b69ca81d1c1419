import { Readable } from 'node:stream';
import type { Document } from '#features/documents/index.ts';
import {
  getDocument,
  readVersionContents,
  readVersionMetadata,
} from '#features/documents/index.ts';
import type { Sql } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { reader } from '#features/identity/index.ts';
import { findReadingSettings } from '#features/jobs/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { writeHocr } from '#pipeline/writers/hocr-writer.ts';
import { writeJson } from '#pipeline/writers/json-writer.ts';
import { writeMarkdown } from '#pipeline/writers/markdown-writer.ts';
import { writePlainText } from '#pipeline/writers/plain-text-writer.ts';
import { streamSearchablePdf, type SearchableDownloadDeps } from './searchable-download.ts';
import { streamReading } from './stored-reading.ts';
import type { DownloadFormat } from './zone-schema.ts';

export type DownloadDeps = SearchableDownloadDeps;

export interface Download {
  fileName: string;
  contentType: string;
  stream: Readable;
}

/**
 * What was read, in one of its forms, as a stream.
 * Throws `document.not_found`, or `document.not_ready` while no page has been read; for a searchable PDF
 * also what its engine reports about the file, such as `file.text_not_addable`.
 */
export async function openDownload(
  deps: DownloadDeps,
  actor: Actor,
  id: DocumentId,
  format: DownloadFormat,
): Promise<Download> {
  const document = await getDocument(deps, actor, id, { action: 'read' });
  if (document.status !== 'completed') throw notReady(document);
  const sql = deps.database.as(reader(actor, document));
  return {
    fileName: `${document.title}.${endings[format]}`,
    contentType: contentTypes[format],
    stream:
      format === 'pdf'
        ? await streamSearchablePdf(deps, sql, document)
        : Readable.from(await writeDownload(sql, document, format)),
  };
}

const endings = {
  text: 'txt',
  markdown: 'md',
  json: 'json',
  hocr: 'hocr',
  // Not just pdf: the original may have that name.
  pdf: 'searchable.pdf',
} as const;

const contentTypes = {
  text: 'text/plain; charset=utf-8',
  markdown: 'text/markdown; charset=utf-8',
  json: 'application/json; charset=utf-8',
  hocr: 'application/xhtml+xml; charset=utf-8',
  pdf: 'application/pdf',
} as const;

async function writeDownload(
  sql: Sql,
  document: Document,
  format: Exclude<DownloadFormat, 'pdf'>,
): Promise<AsyncIterable<string>> {
  const pages = streamReading(sql, document.versionId);
  switch (format) {
    case 'text':
      return writePlainText(pages);
    case 'markdown':
      return writeMarkdown(pages);
    case 'hocr':
      return writeHocr({ title: document.title, pageCount: document.pageCount ?? 0 }, pages);
    case 'json': {
      const metadata = await readVersionMetadata(sql, document.versionId);
      const contents = await readVersionContents(sql, document.versionId);
      const { title, mediaType, sha256 } = document;
      const pageCount = document.pageCount ?? 0;
      const settings = await findReadingSettings(sql, document.versionId);
      const info = { title, pageCount, mediaType, sha256, metadata, contents, settings };
      return writeJson(info, pages);
    }
  }
}

function notReady(document: Document): AppError {
  return new AppError(
    'document.not_ready',
    `"${document.title}" is ${document.status}, so there is nothing complete to download yet. ` +
      'Its original can be downloaded at any time.',
    { details: { status: document.status } },
  );
}

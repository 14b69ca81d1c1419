import { Readable } from 'node:stream';
import type { BlobStore } from '#blobs/blob-store.ts';
import type { Database, Sql } from '#db/database.ts';
import type { Engines } from '#engines/create-engines.ts';
import type { Document } from '#features/documents/index.ts';
import { lacksText, textOfPages } from '#pipeline/writers/searchable-pages.ts';
import { listAllPages } from './page-repository.ts';
import { streamReading } from './stored-reading.ts';

export interface SearchableDownloadDeps {
  database: Database;
  blobs: BlobStore;
  engines: Pick<Engines, 'searchablePdf'>;
}

/**
 * The searchable PDF of a document as it is stored now. The copy of the original that it is made from is
 * let go when the stream closes, however it ends. Throws what SearchablePdfEngine throws about the file.
 */
export async function streamSearchablePdf(
  { blobs, engines }: SearchableDownloadDeps,
  sql: Sql,
  document: Document,
): Promise<Readable> {
  const { title, mediaType, sha256, objectKey, versionId, pageCount } = document;
  const rows = await listAllPages(sql, versionId);
  const recognised = rows
    .map(({ width, height, ...page }) => ({ ...page, widthPt: width, heightPt: height }))
    .filter(lacksText);
  const copy = await blobs.localCopy(objectKey);
  try {
    const pieces = await engines.searchablePdf.compose({
      file: { path: copy.path, mediaType, sha256 },
      title,
      pageCount: pageCount ?? rows.length,
      recognised,
      pages: textOfPages(streamReading(sql, versionId)),
    });
    const stream = Readable.from(pieces, { objectMode: false });
    stream.once('close', () => void copy.release());
    return stream;
  } catch (error) {
    await copy.release();
    throw error;
  }
}

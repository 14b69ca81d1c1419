import type { Database } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { reader } from '#features/identity/index.ts';
import type { Document } from '#features/documents/index.ts';
import { getDocument } from '#features/documents/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { DocumentId } from '#kernel/ids.ts';
import type { PageContent, PageRow, ZoneRow } from './page-repository.ts';
import { findPage, listPages, listZones } from './page-repository.ts';
import type { PageField } from './zone-schema.ts';

export interface PageDeps {
  database: Database;
}

/** Pages that have been read so far. Throws `document.not_found`. */
export async function getPages(
  deps: PageDeps,
  actor: Actor,
  id: DocumentId,
  query: { from: number; limit: number },
): Promise<{ items: PageRow[]; nextFrom: number | null }> {
  const document = await getDocument(deps, actor, id, { action: 'read' });
  const rows = await listPages(
    deps.database.as(reader(actor, document)),
    document.versionId,
    query.from,
    query.limit,
  );
  return {
    items: rows.slice(0, query.limit),
    nextFrom: rows.length > query.limit ? (rows.at(-1)?.number ?? null) : null,
  };
}

/** Throws `document.not_found`, or `page.not_found` when there is no such page or it is not read yet. */
export async function getPage(
  deps: PageDeps,
  actor: Actor,
  id: DocumentId,
  number: number,
  fields: readonly PageField[],
): Promise<{ page: PageContent; zones: ZoneRow[] }> {
  const document = await getDocument(deps, actor, id, { action: 'read' });
  const sql = deps.database.as(reader(actor, document));
  const [page, zones] = await Promise.all([
    findPage(sql, document.versionId, number, fields.includes('words')),
    fields.includes('zones') ? listZones(sql, document.versionId, number, number) : [],
  ]);
  if (!page) throw pageNotFound(document, number);
  return { page, zones };
}

export function pageNotFound(document: Document, number: number): AppError {
  const { pageCount, title } = document;
  const isPage = pageCount !== null && number >= 1 && number <= pageCount;
  const reason = isPage
    ? `Page ${number} of "${title}" has not been read yet.`
    : `"${title}" has no page ${number}${pageCount === null ? '' : `; it has ${pageCount}`}.`;
  return new AppError('page.not_found', reason, { details: { number, pageCount } });
}

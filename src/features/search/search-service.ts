import type { Database } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import type { DocumentId, VersionId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import type { MarkedWords } from './marked-text.ts';
import { makeSnippet, readMarkedText } from './marked-text.ts';
import type { FoundPage, PageSearch } from './search-repository.ts';
import {
  countHits,
  hasSearchTerms,
  hitEnd,
  hitStart,
  readWordBoxes,
  searchNewest,
  searchRelevant,
} from './search-repository.ts';
import type { SearchHit, SearchResult } from './search-schema.ts';

export interface SearchDeps {
  database: Database;
}

export interface SearchRequest {
  q: string;
  order: 'newest' | 'relevance';
  documentId: DocumentId | undefined;
  limit: number;
  cursor: string | undefined;
}

/** Counted exactly up to here; beyond it "at least". */
const countLimit = 1_001;
/** Boxes drawn on one page at most. */
const boxLimit = 200;

/** Searches the pages of the actor. Throws `search.query_invalid` or `cursor.invalid`. */
export async function searchPages(
  deps: SearchDeps,
  actor: Actor,
  request: SearchRequest,
): Promise<SearchResult> {
  const { sql } = deps.database;
  const query = request.q.replaceAll('\0', '').toWellFormed();
  if (!(await hasSearchTerms(sql, query))) {
    throw new AppError(
      'search.query_invalid',
      `"${query}" holds no word to look for: very common words such as "the" are not kept.`,
    );
  }
  const search: PageSearch = { query, documentId: request.documentId, limit: request.limit };
  const [{ rows, nextCursor }, count] = await Promise.all([
    findRows(deps, actor, search, request),
    countHits(sql, actor, search, countLimit),
  ]);
  return {
    items: await presentHits(deps, rows),
    nextCursor,
    count: { value: Math.min(count, countLimit - 1), exact: count < countLimit },
  };
}

async function findRows(
  deps: SearchDeps,
  actor: Actor,
  search: PageSearch,
  request: SearchRequest,
): Promise<{ rows: FoundPage[]; nextCursor: string | null }> {
  const { sql } = deps.database;
  const { limit } = search;
  if (request.order === 'relevance') {
    const offset = request.cursor === undefined ? 0 : Number(decodeCursor(request.cursor, 1)[0]);
    const rows = await searchRelevant(sql, actor, search, offset);
    const nextCursor = rows.length > limit ? encodeCursor([offset + limit]) : null;
    return { rows: rows.slice(0, limit), nextCursor };
  }
  const key = request.cursor === undefined ? null : decodeCursor(request.cursor, 2);
  const after = key && { versionId: asId<VersionId>(String(key[0])), pageNumber: Number(key[1]) };
  const rows = await searchNewest(sql, actor, search, after);
  const last = rows[limit - 1];
  const nextCursor =
    rows.length > limit && last ? encodeCursor([last.versionId, last.pageNumber]) : null;
  return { rows: rows.slice(0, limit), nextCursor };
}

async function presentHits(deps: SearchDeps, rows: readonly FoundPage[]): Promise<SearchHit[]> {
  const pages = rows.map((row) => ({ row, text: readMarkedText(row.marked, hitStart, hitEnd) }));
  const boxes = await boxesOf(deps, pages);
  return pages.map(({ row, text }) => ({
    documentId: row.documentId,
    versionId: row.versionId,
    title: row.title,
    pageNumber: row.pageNumber,
    pageWidth: row.pageWidth,
    pageHeight: row.pageHeight,
    createdAt: row.createdAt.toISOString(),
    snippet: makeSnippet(text),
    boxes: boxes.get(pageKey(row)) ?? [],
  }));
}

async function boxesOf(
  deps: SearchDeps,
  pages: readonly { row: FoundPage; text: MarkedWords }[],
): Promise<Map<string, SearchHit['boxes']>> {
  const wanted = pages.map(({ row, text }) => ({
    versionId: row.versionId,
    pageNumber: row.pageNumber,
    indexes: text.hits.slice(0, boxLimit),
  }));
  const boxes = new Map<string, SearchHit['boxes']>();
  for (const { x, y, width, height, ...page } of await readWordBoxes(deps.database.sql, wanted)) {
    const key = pageKey(page);
    boxes.set(key, [...(boxes.get(key) ?? []), { x, y, width, height }]);
  }
  return boxes;
}

function pageKey(page: { versionId: VersionId; pageNumber: number }): string {
  return `${page.versionId} ${page.pageNumber}`;
}

import type { Database, Sql } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { actingFor, findLinkOwner, systemActor } from '#features/identity/index.ts';
import { type UsageLimitDeps, countUsageSoon, requireQuery } from '#features/usage/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { decodeCursor, encodeCursor } from '#kernel/cursor.ts';
import type { DocumentId, VersionId } from '#kernel/ids.ts';
import { asId, isId } from '#kernel/ids.ts';
import type { MarkedWords } from './marked-text.ts';
import { makeSnippet, readMarkedText } from './marked-text.ts';
import type { FoundPage, HitKey, PageSearch } from './search-repository.ts';
import {
  countHits,
  hasSearchTerms,
  hitEnd,
  hitStart,
  readFoundPages,
  readWordBoxes,
  searchRelevant,
  sortNewest,
  walkNewest,
} from './search-repository.ts';
import type { SearchHit, SearchResult } from './search-schema.ts';

export interface SearchDeps extends UsageLimitDeps {
  database: Database;
}

export interface SearchRequest {
  q: string;
  order: 'newest' | 'relevance';
  documentId: DocumentId | undefined;
  limit: number;
  cursor: string | undefined;
  /** Under which the search is counted as usage, once. */
  requestId: string;
}

/** Counted exactly up to here; beyond it "at least". */
const countLimit = 1_001;
/** What an int4 column holds. */
const largestPageNumber = 2_147_483_647;
/** Relevance ranks a thousand pages; nothing comes after them. */
const largestOffset = 1_000;
/** Boxes drawn on one page at most. */
const boxLimit = 200;

/** Searches the pages of the actor. Throws `search.query_invalid`, `cursor.invalid` or `usage.limit_reached`. */
export async function searchPages(
  deps: SearchDeps,
  actor: Actor,
  request: SearchRequest,
): Promise<SearchResult> {
  const searcher = await searcherFor(deps, actor);
  const query = await readSearchWords(deps.database.as(searcher), request.q);
  // Whoever holds a link has no account that it could be counted for.
  const isFirstPage = request.cursor === undefined && actor.kind !== 'link';
  if (isFirstPage) await requireQuery(deps, actor);
  const counted = isFirstPage ? countSearch(deps, actor, request.requestId) : undefined;
  const search: PageSearch = {
    query,
    documentId: request.documentId,
    linkHash: actor.kind === 'link' ? actor.linkHash : undefined,
    limit: request.limit,
  };
  const find = request.order === 'relevance' ? findRelevant : findNewest;
  const [{ rows, nextCursor, count }] = await Promise.all([
    find(deps, searcher, search, request),
    counted,
  ]);
  return {
    items: await presentHits(deps.database.as(searcher), rows),
    nextCursor,
    count: { value: Math.min(count, countLimit - 1), exact: count < countLimit },
  };
}

/** Whose pages are searched: the holder of a link searches those of its owner, within what is shared. */
async function searcherFor(deps: SearchDeps, actor: Actor): Promise<Actor> {
  if (actor.kind !== 'link') return actor;
  const owner = await findLinkOwner(deps.database.as(systemActor), actor.linkHash ?? '');
  return owner === null ? actor : actingFor(owner);
}

/** The words as the database can take them. Throws `search.query_invalid` when none of them can be found. */
export async function readSearchWords(sql: Sql, raw: string): Promise<string> {
  const query = raw.replaceAll('\0', '').toWellFormed();
  if (await hasSearchTerms(sql, query)) return query;
  throw new AppError(
    'search.query_invalid',
    `"${query}" holds no word to look for: very common words such as "the" are not kept.`,
  );
}

async function countSearch(deps: SearchDeps, actor: Actor, requestId: string): Promise<void> {
  await countUsageSoon(deps.database.as(actor), {
    metric: 'queries_made',
    sourceId: requestId,
    ownerId: actor.userId,
    amount: 1,
  });
}

interface FoundRows {
  rows: FoundPage[];
  nextCursor: string | null;
  /** Up to `countLimit`. */
  count: number;
}

async function findRelevant(
  deps: SearchDeps,
  actor: Actor,
  search: PageSearch,
  request: SearchRequest,
): Promise<FoundRows> {
  const sql = deps.database.as(actor);
  const { limit } = search;
  const offset = decodeOffset(request.cursor);
  const [rows, count] = await Promise.all([
    searchRelevant(sql, actor, search, offset),
    countHits(sql, actor, search, countLimit),
  ]);
  const nextCursor = rows.length > limit ? encodeCursor([offset + limit]) : null;
  return { rows: rows.slice(0, limit), nextCursor, count };
}

async function findNewest(
  deps: SearchDeps,
  actor: Actor,
  search: PageSearch,
  request: SearchRequest,
): Promise<FoundRows> {
  const sql = deps.database.as(actor);
  const { limit, query } = search;
  const after = decodeHitKey(request.cursor);
  const { keys, count } = await sortNewest(sql, actor, search, after, countLimit);
  const found = keys ?? (await walkNewest(sql, actor, search, after));
  const rows = await readFoundPages(sql, query, found.slice(0, limit));
  const last = found[limit - 1];
  const nextCursor =
    found.length > limit && last ? encodeCursor([last.versionId, last.pageNumber]) : null;
  return { rows, nextCursor, count };
}

/** Throws `cursor.invalid`, also for a cursor of another list. */
function decodeHitKey(cursor: string | undefined): HitKey | null {
  if (cursor === undefined) return null;
  const [versionId, pageNumber] = decodeCursor(
    cursor,
    2,
    ([version, page]) => isId(String(version)) && isUpTo(page, largestPageNumber),
  );
  return { versionId: asId<VersionId>(String(versionId)), pageNumber: Number(pageNumber) };
}

/** Throws `cursor.invalid`. */
function decodeOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  return Number(decodeCursor(cursor, 1, ([offset]) => isUpTo(offset, largestOffset))[0]);
}

function isUpTo(value: string | number | undefined, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}

async function presentHits(sql: Sql, rows: readonly FoundPage[]): Promise<SearchHit[]> {
  const pages = rows.map((row) => ({ row, text: readMarkedText(row.marked, hitStart, hitEnd) }));
  const boxes = await boxesOf(sql, pages);
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
  sql: Sql,
  pages: readonly { row: FoundPage; text: MarkedWords }[],
): Promise<Map<string, SearchHit['boxes']>> {
  const wanted = pages.map(({ row, text }) => ({
    versionId: row.versionId,
    pageNumber: row.pageNumber,
    indexes: text.hits.slice(0, boxLimit),
  }));
  const boxes = new Map<string, SearchHit['boxes']>();
  for (const { x, y, width, height, ...page } of await readWordBoxes(sql, wanted)) {
    const key = pageKey(page);
    boxes.set(key, [...(boxes.get(key) ?? []), { x, y, width, height }]);
  }
  return boxes;
}

function pageKey(page: { versionId: VersionId; pageNumber: number }): string {
  return `${page.versionId} ${page.pageNumber}`;
}

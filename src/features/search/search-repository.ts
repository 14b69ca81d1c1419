import type { Sql } from '#db/database.ts';
import { fragment } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { DocumentId, VersionId } from '#kernel/ids.ts';

/** Marks around found words in `marked`; neither can stand in stored text, which has no control characters. */
export const hitStart = '\u0002';
export const hitEnd = '\u0003';

export interface FoundPage {
  documentId: DocumentId;
  versionId: VersionId;
  title: string;
  pageNumber: number;
  pageWidth: number;
  pageHeight: number;
  createdAt: Date;
  /** The text of the page with marks around the found words. */
  marked: string;
  /** Relevance; 0 when ordered otherwise. */
  rank: number;
}

export interface PageSearch {
  /** In websearch syntax: words, "a phrase", or, -without. */
  query: string;
  documentId: DocumentId | undefined;
  limit: number;
}

// Highlighting works on the beginning of very long pages, where nearly every hit is.
const markedText = fragment`
  ts_headline('docmill', left(p.text, 50000), websearch_to_tsquery('docmill', q.text),
    ${`HighlightAll=true, StartSel=${hitStart}, StopSel=${hitEnd}`})`;

const found = fragment`
  d.id as document_id, p.version_id, d.title, p.number as page_number, p.width as page_width,
  p.height as page_height, d.created_at`;

/** Only pages of current versions of live documents of the actor. */
function matching(actor: Actor, search: PageSearch) {
  const inDocument = search.documentId ? fragment`and d.id = ${search.documentId}` : fragment``;
  return fragment`
    pages p
    join document_versions v on v.id = p.version_id
    join documents d on d.id = v.document_id and d.current_version_id = v.id and d.deleted_at is null
    where p.owner_id = ${actor.userId} ${inDocument}
      and p.search @@ websearch_to_tsquery('docmill', ${search.query})`;
}

/**
 * Newest documents first, pages in order; `after` is the last (version, page) of the page before.
 * The limit is applied before highlighting, so that only rows shown pay for it.
 */
export async function searchNewest(
  sql: Sql,
  actor: Actor,
  search: PageSearch,
  after: { versionId: VersionId; pageNumber: number } | null,
): Promise<FoundPage[]> {
  const from = after
    ? fragment`and (p.version_id < ${after.versionId}::uuid
        or (p.version_id = ${after.versionId}::uuid and p.number > ${after.pageNumber}))`
    : fragment``;
  return sql<FoundPage>`
    with hit as materialized (
      select ${found}, p.text
      from ${matching(actor, search)} ${from}
      order by p.version_id desc, p.number
      limit ${search.limit + 1}
    )
    select p.document_id, p.version_id, p.title, p.page_number, p.page_width, p.page_height, p.created_at,
      0 as rank, ${markedText} as marked
    from hit p cross join (select ${search.query}::text as text) q
    order by p.version_id desc, p.page_number`;
}

/** How many candidates are ranked at most: ranking every hit of a common word takes seconds. */
const candidates = 1_000;

/** Best first among at most 1000 candidates; `offset` pages through them. */
export async function searchRelevant(
  sql: Sql,
  actor: Actor,
  search: PageSearch,
  offset: number,
): Promise<FoundPage[]> {
  // 1. candidates, 2. the best of them, 3. highlights for those only
  return sql<FoundPage>`
    with candidate as materialized (
      select ${found}, p.text, p.search
      from ${matching(actor, search)}
      limit ${candidates}
    ), best as materialized (
      select c.*, ts_rank_cd(c.search, websearch_to_tsquery('docmill', ${search.query})) as rank
      from candidate c
      order by rank desc, c.version_id desc, c.page_number
      limit ${search.limit + 1} offset ${offset}
    )
    select p.document_id, p.version_id, p.title, p.page_number, p.page_width, p.page_height, p.created_at,
      p.rank, ${markedText} as marked
    from best p cross join (select ${search.query}::text as text) q
    order by p.rank desc, p.version_id desc, p.page_number`;
}

/** Counts hits up to `limit`; more is "at least that many". */
export async function countHits(
  sql: Sql,
  actor: Actor,
  search: PageSearch,
  limit: number,
): Promise<number> {
  const rows = await sql<{ count: number }>`
    select count(*) as count from (select 1 from ${matching(actor, search)} limit ${limit}) hit`;
  return rows[0]?.count ?? 0;
}

/** True when the query holds anything to look for: not only stop words and punctuation. */
export async function hasSearchTerms(sql: Sql, query: string): Promise<boolean> {
  const rows = await sql<{ terms: number }>`
    select numnode(websearch_to_tsquery('docmill', ${query})) as terms`;
  return (rows[0]?.terms ?? 0) > 0;
}

/** Words of some pages, for the boxes of their hits. */
export async function readWordBoxes(
  sql: Sql,
  wanted: readonly { versionId: VersionId; pageNumber: number; indexes: readonly number[] }[],
): Promise<WordBox[]> {
  const flat = wanted.flatMap((page) =>
    page.indexes.map((index) => ({ versionId: page.versionId, number: page.pageNumber, index })),
  );
  return sql<WordBox>`
    select wanted.version_id, wanted.number as page_number, wanted.word_index,
      (word ->> 1)::real as x, (word ->> 2)::real as y, (word ->> 3)::real as width, (word ->> 4)::real as height
    from unnest(
      ${flat.map((entry) => entry.versionId)}::uuid[],
      ${flat.map((entry) => entry.number)}::int[],
      ${flat.map((entry) => entry.index)}::int[]
    ) as wanted (version_id, number, word_index)
    join pages p on p.version_id = wanted.version_id and p.number = wanted.number
    cross join lateral (select p.words -> wanted.word_index as word) picked
    where word is not null
    order by wanted.version_id, wanted.number, wanted.word_index`;
}

export interface WordBox {
  versionId: VersionId;
  pageNumber: number;
  wordIndex: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

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
  /** Only in what this link shares (SHA-256 of its token). */
  linkHash?: string | undefined;
  limit: number;
}

// Highlighting works on the beginning of very long pages, where nearly every hit is.
const markedText = fragment`
  ts_headline('docmill', left(p.text, 50000), websearch_to_tsquery('docmill', q.text),
    ${`HighlightAll=true, StartSel=${hitStart}, StopSel=${hitEnd}`})`;

const found = fragment`
  d.id as document_id, p.version_id, d.title, p.number as page_number, p.width as page_width,
  p.height as page_height, d.created_at`;

// A fence (offset 0) keeps the planner from starting at the documents: under a prepared statement it cannot
// know how common the words are, and a wrong guess costs a hundredfold.
const liveDocument = fragment`
  join lateral (
    select d.id, d.title, d.created_at
    from document_versions v
    join documents d on d.id = v.document_id
    where v.id = p.version_id and d.current_version_id = v.id and d.deleted_at is null
    offset 0
  ) d on true`;

/** Only pages of the actor, and only what a link of theirs shares when it is asked by one. */
function inScope(actor: Actor, search: PageSearch) {
  const inDocument = search.documentId
    ? fragment`and p.version_id = (
        select current_version_id from documents
        where id = ${search.documentId} and owner_id = ${actor.userId})`
    : fragment``;
  const inLink = search.linkHash
    ? fragment`and p.version_id = any (array(
        select d.current_version_id from granted_documents(null, ${search.linkHash}) g
        join documents d on d.id = g.document_id))`
    : fragment``;
  return fragment`p.owner_id = ${actor.userId} ${inDocument} ${inLink}`;
}

/** Only pages of current versions of live documents of the actor; by the index on words. */
function matching(actor: Actor, search: PageSearch) {
  return fragment`
    own_pages p ${liveDocument}
    where ${inScope(actor, search)} and p.search @@ websearch_to_tsquery('docmill', ${search.query})`;
}

/** Which page a hit is. */
export interface HitKey {
  versionId: VersionId;
  pageNumber: number;
}

function isAfter(key: HitKey | null) {
  return key
    ? fragment`(p.version_id < ${key.versionId}::uuid
        or (p.version_id = ${key.versionId}::uuid and p.number > ${key.pageNumber}))`
    : fragment`true`;
}

/** Both null in the only row of a search without hits (after the cursor). */
interface HitRow {
  count: number;
  versionId: VersionId | null;
  pageNumber: number | null;
}

/**
 * Newest documents first, pages in order, one more than `search.limit`; `after` is the last of the page
 * before. Counts hits up to `most`; when there are that many, `keys` is null: ask `walkNewest`.
 */
export async function sortNewest(
  sql: Sql,
  actor: Actor,
  search: PageSearch,
  after: HitKey | null,
  most: number,
): Promise<{ keys: HitKey[] | null; count: number }> {
  // 1. the hits, in any order, 2. how many, 3. the newest of them
  const rows = await sql<HitRow>`
    with hit as materialized (
      select p.version_id, p.number from ${matching(actor, search)} limit ${most}
    )
    select total.count, newest.version_id, newest.page_number
    from (select count(*) as count from hit) total
    left join lateral (
      select p.version_id, p.number as page_number from hit p
      where total.count < ${most} and ${isAfter(after)}
      order by p.version_id desc, p.number
      limit ${search.limit + 1}
    ) newest on true
    order by newest.version_id desc, newest.page_number`;
  const count = rows[0]?.count ?? 0;
  const keys = rows.flatMap(({ versionId, pageNumber }) =>
    versionId === null || pageNumber === null ? [] : [{ versionId, pageNumber }],
  );
  return { keys: count < most ? keys : null, count };
}

/**
 * The same for words so common that going through the pages from the newest on soon finds enough of
 * them: under a thousand pages for ten hits in a thousand. `is true` hides the condition from the index.
 */
export async function walkNewest(
  sql: Sql,
  actor: Actor,
  search: PageSearch,
  after: HitKey | null,
): Promise<HitKey[]> {
  return sql<HitKey>`
    select p.version_id, p.number as page_number
    from own_pages p ${liveDocument}
    where ${inScope(actor, search)} and ${isAfter(after)}
      and (p.search @@ websearch_to_tsquery('docmill', ${search.query})) is true
    order by p.version_id desc, p.number
    limit ${search.limit + 1}`;
}

/** What is shown of some hits, newest first; those deleted meanwhile are left out. */
export async function readFoundPages(
  sql: Sql,
  query: string,
  keys: readonly HitKey[],
): Promise<FoundPage[]> {
  return sql<FoundPage>`
    select ${found}, 0 as rank, ${markedText} as marked
    from unnest(
      ${keys.map((key) => key.versionId)}::uuid[],
      ${keys.map((key) => key.pageNumber)}::int[]
    ) as key (version_id, number)
    join pages p on p.version_id = key.version_id and p.number = key.number
    ${liveDocument}
    cross join (select ${query}::text as text) q
    order by p.version_id desc, p.number`;
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
  wanted: readonly (HitKey & { indexes: readonly number[] })[],
): Promise<WordBox[]> {
  return sql<WordBox>`
    select wanted.version_id, wanted.number as page_number, hit.word_index,
      word_box_part(p.word_boxes, hit.word_index, 0) as x,
      word_box_part(p.word_boxes, hit.word_index, 1) as y,
      word_box_part(p.word_boxes, hit.word_index, 2) as width,
      word_box_part(p.word_boxes, hit.word_index, 3) as height
    from unnest(
      ${wanted.map((page) => page.versionId)}::uuid[],
      ${wanted.map((page) => page.pageNumber)}::int[],
      ${wanted.map((page) => `{${page.indexes.join(',')}}`)}::text[]
    ) as wanted (version_id, number, indexes)
    join pages p on p.version_id = wanted.version_id and p.number = wanted.number
    cross join lateral unnest(wanted.indexes::int[]) as hit (word_index)
    where hit.word_index < p.word_count
    order by wanted.version_id, wanted.number, hit.word_index`;
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

import type { Sql, Transaction } from '#db/database.ts';
import { fragment, json, literalInteger } from '#db/sql-tag.ts';
import type { JobId, UserId, VersionId, ZoneId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { PageReading, TextSource, ZoneReading } from '#pipeline/page-reading.ts';
import { packWords } from './stored-words.ts';

export interface PageOwner {
  ownerId: UserId;
  versionId: VersionId;
  jobId: JobId;
}

/**
 * Stores what was read of some pages: pages by one statement, zones by COPY. A page that was read
 * before is replaced with its zones.
 */
export async function storePages(
  sql: Transaction,
  owner: PageOwner,
  pages: readonly PageReading[],
): Promise<void> {
  if (pages.length === 0) return;
  const numbers = pages.map((page) => page.number);
  await sql`
    delete from pages where version_id = ${owner.versionId} and number = any(${numbers}::int[])`;
  await sql`
    insert into pages
      (version_id, owner_id, job_id, number, width, height, rotation, text, text_source, tool,
       confidence, word_boxes, warnings)
    select ${owner.versionId}, ${owner.ownerId}, ${owner.jobId}, p.number, p.width, p.height,
      p.rotation, p.text, p.text_source, p.tool, p.confidence, p.word_boxes::smallint[], p.warnings
    from unnest(
      ${numbers}::int[],
      ${pages.map((page) => page.widthPt)}::real[],
      ${pages.map((page) => page.heightPt)}::real[],
      ${pages.map((page) => page.rotation)}::smallint[],
      ${pages.map((page) => page.text)}::text[],
      ${pages.map((page) => page.textSource)}::text[],
      ${pages.map((page) => page.tool)}::text[],
      ${pages.map((page) => page.confidence)}::real[],
      ${pages.map((page) => `{${packWords(page.words).join(',')}}`)}::text[],
      ${pages.map((page) => JSON.stringify(page.warnings))}::jsonb[]
    ) as p (number, width, height, rotation, text, text_source, tool, confidence, word_boxes, warnings)`;
  await sql.copyInto('zones', zoneColumns, zoneRows(owner, pages));
}

const zoneColumns = [
  'id',
  'owner_id',
  'version_id',
  'page_number',
  'position',
  'kind',
  'x',
  'y',
  'width',
  'height',
  'content',
  'data',
  'confidence',
  'tool',
  'word_from',
  'word_to',
] as const;

function* zoneRows(owner: PageOwner, pages: readonly PageReading[]) {
  for (const page of pages) {
    for (const zone of page.zones) yield zoneRow(owner, page.number, zone);
  }
}

function zoneRow(owner: PageOwner, page: number, zone: ZoneReading) {
  return [
    newId<ZoneId>(),
    owner.ownerId,
    owner.versionId,
    page,
    zone.position,
    zone.kind,
    zone.x,
    zone.y,
    zone.width,
    zone.height,
    zone.content,
    zone.data === undefined ? null : json(zone.data),
    zone.confidence,
    zone.tool,
    ...(zone.wordTo < zone.wordFrom ? [null, null] : [zone.wordFrom, zone.wordTo]),
  ];
}

export interface PageRow {
  number: number;
  width: number;
  height: number;
  rotation: number;
  textSource: TextSource;
  tool: string;
  confidence: number;
  wordCount: number;
  warnings: PageReading['warnings'];
}

const summary = fragment`
  number, width, height, rotation, text_source, tool, confidence, word_count, warnings`;

/** Pages from `from` on, without their text; one more than `limit`. */
export async function listPages(
  sql: Sql,
  versionId: VersionId,
  from: number,
  limit: number,
): Promise<PageRow[]> {
  return sql<PageRow>`
    select ${summary} from pages
    where version_id = ${versionId} and number >= ${from}
    order by number limit ${literalInteger(limit + 1)}`;
}

export interface PageContent extends PageRow {
  text: string;
  /** As unpackWords reads it; empty when not asked for. */
  wordBoxes: number[];
}

export async function findPage(
  sql: Sql,
  versionId: VersionId,
  number: number,
  withWords: boolean,
): Promise<PageContent | null> {
  const boxes = withWords ? fragment`word_boxes` : fragment`'{}'::smallint[] as word_boxes`;
  const rows = await sql<PageContent>`
    select ${summary}, text, ${boxes} from pages
    where version_id = ${versionId} and number = ${number}`;
  return rows[0] ?? null;
}

/** Whole pages from `from` on, at most `limit`, for downloads. */
export async function readPages(
  sql: Sql,
  versionId: VersionId,
  from: number,
  limit: number,
): Promise<PageContent[]> {
  return sql<PageContent>`
    select ${summary}, text, word_boxes from pages
    where version_id = ${versionId} and number >= ${from}
    order by number limit ${literalInteger(limit)}`;
}

export interface ZoneRow {
  id: ZoneId;
  pageNumber: number;
  position: number;
  kind: ZoneReading['kind'];
  x: number;
  y: number;
  width: number;
  height: number;
  content: string;
  data: Record<string, unknown> | null;
  confidence: number;
  tool: string;
  status: string;
  wordFrom: number | null;
  wordTo: number | null;
}

/** Zones of pages from..to in reading order. */
export async function listZones(
  sql: Sql,
  versionId: VersionId,
  from: number,
  to: number,
): Promise<ZoneRow[]> {
  return sql<ZoneRow>`
    select id, page_number, position, kind, x, y, width, height, content, data, confidence, tool,
      status, word_from, word_to
    from zones
    where version_id = ${versionId} and page_number between ${from} and ${to}
    order by page_number, position`;
}

/** Page summaries of a whole version, for the validate stage. */
export async function listAllPages(sql: Sql, versionId: VersionId): Promise<PageRow[]> {
  return sql<PageRow>`
    select ${summary} from pages where version_id = ${versionId} order by number`;
}

/** Headings of the first pages, for the title of the document. */
export async function listHeadings(
  sql: Sql,
  versionId: VersionId,
): Promise<{ pageNumber: number; level: number; text: string }[]> {
  return sql<{ pageNumber: number; level: number; text: string }>`
    select page_number, coalesce((data ->> 'headingLevel')::int, 3) as level, content as text
    from zones
    where version_id = ${versionId} and page_number <= 10 and kind = 'heading'
    order by page_number, position`;
}

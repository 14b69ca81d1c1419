import type { Sql, Transaction } from '#db/database.ts';
import { fragment, json, literalInteger } from '#db/sql-tag.ts';
import { failpoint } from '#kernel/failpoint.ts';
import type { JobId, UserId, VersionId, ZoneId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { ZoneStatus } from '#kernel/state-machines.ts';
import type { PageReading, TextSource, ZoneReading } from '#pipeline/page-reading.ts';
import { packWords } from './stored-words.ts';

export interface PageOwner {
  ownerId: UserId;
  versionId: VersionId;
  jobId: JobId;
}

/**
 * Stores what was read of some pages. A page that was read before is replaced with its zones, but not one that a person
 * has worked on, unless asked to. Resolves to the numbers of the pages that were kept.
 */
export async function storePages(
  sql: Transaction,
  owner: PageOwner,
  readings: readonly PageReading[],
  options: { replaceCorrections?: boolean | undefined } = {},
): Promise<number[]> {
  const kept = await removeReadBefore(sql, owner.versionId, readings, options.replaceCorrections);
  const pages = readings.filter((page) => !kept.includes(page.number));
  if (pages.length > 0) {
    await insertPages(sql, owner, pages);
    failpoint('queue.pages_stored');
    await sql.copyInto('zones', zoneColumns, zoneRows(owner, pages));
  }
  return kept;
}

/** Locks the pages first: a correction that is under way ends before it is asked whether there is one. */
async function removeReadBefore(
  sql: Transaction,
  versionId: VersionId,
  readings: readonly PageReading[],
  replaceCorrections = false,
): Promise<number[]> {
  if (readings.length === 0) return [];
  const known = await sql<{ number: number }>`
    select number from pages
    where version_id = ${versionId} and number = any(${readings.map((page) => page.number)}::int[])
    order by number for update`;
  if (known.length === 0) return [];
  const numbers = known.map((page) => page.number);
  const kept = replaceCorrections ? [] : await listCorrectedPages(sql, versionId, numbers);
  await sql`
    delete from pages
    where version_id = ${versionId} and number = any(${numbers.filter((number) => !kept.includes(number))}::int[])`;
  return kept;
}

/** Those of the pages whose zones a person has corrected, moved, drawn or removed. */
async function listCorrectedPages(
  sql: Sql,
  versionId: VersionId,
  numbers: readonly number[],
): Promise<number[]> {
  const rows = await sql<{ number: number }>`
    select p.number from unnest(${numbers}::int[]) as p (number)
    where exists (
      select from zones z
      where z.version_id = ${versionId} and z.page_number = p.number and z.status = 'corrected'
    ) or exists (
      select from zone_revisions r
      where r.version_id = ${versionId} and r.page_number = p.number and r.author_id is not null
    )
    order by p.number`;
  return rows.map((page) => page.number);
}

/** By one statement. */
async function insertPages(
  sql: Transaction,
  owner: PageOwner,
  pages: readonly PageReading[],
): Promise<void> {
  const numbers = pages.map((page) => page.number);
  // One parameter for the boxes of all pages: bytes travel as they are, elements of an array as text.
  const boxes = pages.map((page) => packWords(page.words));
  const sizes = boxes.map((packed) => packed.byteLength);
  let end = 1;
  const starts = sizes.map((size) => (end += size) - size);
  await sql`
    insert into pages
      (version_id, owner_id, job_id, number, width, height, rotation, text, text_source, tool,
       confidence, word_boxes, warnings)
    select ${owner.versionId}, ${owner.ownerId}, ${owner.jobId}, p.number, p.width, p.height,
      p.rotation, p.text, p.text_source, p.tool, p.confidence, substring(${Buffer.concat(boxes)}::bytea from p.boxes_from for p.boxes_size), p.warnings
    from unnest(
      ${numbers}::int[],
      ${pages.map((page) => page.widthPt)}::real[],
      ${pages.map((page) => page.heightPt)}::real[],
      ${pages.map((page) => page.rotation)}::smallint[],
      ${pages.map((page) => page.text)}::text[],
      ${pages.map((page) => page.textSource)}::text[],
      ${pages.map((page) => page.tool)}::text[],
      ${pages.map((page) => storedConfidence(page.confidence))}::numeric[],
      ${starts}::int[],
      ${sizes}::int[],
      ${pages.map((page) => JSON.stringify(page.warnings))}::jsonb[]
    ) as p (number, width, height, rotation, text, text_source, tool, confidence, boxes_from, boxes_size,
      warnings)`;
}

/**
 * A confidence as it is stored, with four decimals: cut off and not rounded, so that what is below a gate is so
 * afterwards too. The little that is added makes up for decimals that binary fractions miss.
 */
export function storedConfidence(confidence: number): number {
  return Math.floor(confidence * 10_000 + 1e-6) / 10_000;
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
    storedConfidence(zone.confidence),
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
  wordBoxes: Uint8Array;
}

export async function findPage(
  sql: Sql,
  versionId: VersionId,
  number: number,
  withWords: boolean,
): Promise<PageContent | null> {
  const boxes = withWords ? fragment`word_boxes` : fragment`''::bytea as word_boxes`;
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
  polygon: [number, number][] | null;
  content: string;
  data: Record<string, unknown> | null;
  confidence: number;
  tool: string;
  status: ZoneStatus;
  wordFrom: number | null;
  wordTo: number | null;
  /** Raised by every edit of the zone. */
  rowVersion: number;
}

/** The columns of a ZoneRow. */
export const zoneFields = fragment`
  id, page_number, position, kind, x, y, width, height, polygon, content, data, confidence, tool,
  status, word_from, word_to, row_version`;

/** Zones of pages from..to in reading order. */
export async function listZones(
  sql: Sql,
  versionId: VersionId,
  from: number,
  to: number,
): Promise<ZoneRow[]> {
  return sql<ZoneRow>`
    select ${zoneFields} from zones
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

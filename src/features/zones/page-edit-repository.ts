import type { Sql, Transaction } from '#db/database.ts';
import { fragment } from '#db/sql-tag.ts';
import type { DocumentId, UserId, ZoneId } from '#kernel/ids.ts';
import type { ComposedPage, EditablePage, EditableZone } from './editable-page.ts';
import { openPage } from './editable-page.ts';
import type { PageContent, ZoneRow } from './page-repository.ts';
import { listZones, storedConfidence, zoneFields } from './page-repository.ts';
import { packWords } from './stored-words.ts';
import type { RevisionKind } from './correct-zone.ts';
import type { Authorship, ZonePlace } from './zone.ts';

/** Document of a zone, also of one that was removed, whoever owns it; null when there is none. Call it as the program. */
export async function findZoneDocument(sql: Sql, id: ZoneId): Promise<DocumentId | null> {
  const rows = await sql<{ documentId: DocumentId }>`
    select v.document_id from document_versions v
    where v.id = coalesce(
      (select z.version_id from zones z where z.id = ${id}),
      (select r.version_id from zone_revisions r where r.zone_id = ${id} order by r.number desc limit 1))`;
  return rows[0]?.documentId ?? null;
}

/** Where a zone of a live document of the owner is; null when there is none, also after its removal. */
export async function findZonePlace(
  sql: Sql,
  ownerId: UserId,
  id: ZoneId,
): Promise<ZonePlace | null> {
  const rows = await sql<ZonePlace>`
    select z.id as zone_id, d.id as document_id, z.version_id, z.page_number
    from zones z
    join document_versions v on v.id = z.version_id
    join documents d on d.id = v.document_id
    where z.id = ${id} and z.owner_id = ${ownerId} and d.deleted_at is null`;
  return rows[0] ?? null;
}

/** The same for a zone that was removed, by its history. */
export async function findRemovedZonePlace(
  sql: Sql,
  ownerId: UserId,
  id: ZoneId,
): Promise<ZonePlace | null> {
  const rows = await sql<ZonePlace>`
    select r.zone_id, d.id as document_id, r.version_id, r.page_number
    from zone_revisions r
    join document_versions v on v.id = r.version_id
    join documents d on d.id = v.document_id
    where r.zone_id = ${id} and r.owner_id = ${ownerId} and d.deleted_at is null
    order by r.number desc limit 1`;
  return rows[0] ?? null;
}

export async function findZone(sql: Sql, id: ZoneId): Promise<ZoneRow | null> {
  const rows = await sql<ZoneRow>`select ${zoneFields} from zones where id = ${id}`;
  return rows[0] ?? null;
}

/**
 * Takes a page apart for an edit and locks it until the end of the transaction, so that edits of one page follow
 * each other. null when the page is gone.
 */
export async function lockPage(
  sql: Transaction,
  place: Pick<ZonePlace, 'versionId' | 'pageNumber'>,
): Promise<EditablePage | null> {
  const { versionId, pageNumber } = place;
  const [page] = await sql<PageContent>`
    select number, width, height, rotation, text_source, tool, confidence, word_count, warnings, text, word_boxes
    from pages where version_id = ${versionId} and number = ${pageNumber} for no key update`;
  if (page === undefined) return null;
  return openPage(versionId, page, await listZones(sql, versionId, pageNumber, pageNumber));
}

/**
 * Says to the triggers of the schema who changes zones from here on in this transaction, why, and what the
 * change is called. Positions are compared at the end, because zones trade places.
 */
export async function announceEdit(
  sql: Transaction,
  author: Authorship,
  kind: RevisionKind,
): Promise<void> {
  await sql`
    select set_config('app.actor_id', ${author.userId}, true),
      set_config('app.actor_kind', 'user', true),
      set_config('app.reason', ${author.reasonCode ?? ''}, true),
      set_config('app.revision_kind', ${kind}, true)`;
  await sql`set constraints zones_position deferred`;
}

/** A zone as its row is to be. */
export interface ZoneWrite {
  zone: EditableZone;
  position: number;
  place: ComposedPage['zones'][number];
}

function columnsOf(writes: readonly ZoneWrite[]) {
  const column = <Value>(pick: (write: ZoneWrite) => Value): Value[] => writes.map(pick);
  return fragment`unnest(
    ${column(({ zone }) => zone.id)}::uuid[],
    ${column(({ position }) => position)}::int[],
    ${column(({ zone }) => zone.kind)}::text[],
    ${column(({ zone }) => zone.x)}::real[],
    ${column(({ zone }) => zone.y)}::real[],
    ${column(({ zone }) => zone.width)}::real[],
    ${column(({ zone }) => zone.height)}::real[],
    ${column(({ zone }) => zone.polygon && JSON.stringify(zone.polygon))}::jsonb[],
    ${column(({ zone }) => zone.content)}::text[],
    ${column(({ place }) => place.data && JSON.stringify(place.data))}::jsonb[],
    ${column(({ zone }) => storedConfidence(zone.confidence))}::numeric[],
    ${column(({ zone }) => zone.tool)}::text[],
    ${column(({ zone }) => zone.status)}::text[],
    ${column(({ place }) => place.wordFrom)}::int[],
    ${column(({ place }) => place.wordTo)}::int[],
    ${column(({ zone }) => zone.rowVersion)}::int[]
  ) as w (id, position, kind, x, y, width, height, polygon, content, data, confidence, tool, status,
    word_from, word_to, row_version)`;
}

/** Zones that the edit is about: each leaves a revision. */
export async function updateZones(sql: Transaction, writes: readonly ZoneWrite[]): Promise<void> {
  if (writes.length === 0) return;
  await sql`
    update zones z
    set position = w.position, kind = w.kind, x = w.x, y = w.y, width = w.width, height = w.height,
      polygon = w.polygon, content = w.content, data = w.data, confidence = w.confidence, tool = w.tool,
      status = w.status, word_from = w.word_from, word_to = w.word_to
    from ${columnsOf(writes)}
    where z.id = w.id`;
}

/** Zones that only move along with the edit of another one: no revision, no new ETag. */
export async function shiftZones(sql: Transaction, writes: readonly ZoneWrite[]): Promise<void> {
  if (writes.length === 0) return;
  await sql`select set_config('app.zone_shift', 'on', true)`;
  await sql`
    update zones z
    set position = w.position, word_from = w.word_from, word_to = w.word_to,
      data = case when w.data ? 'cells' then w.data else z.data end
    from ${columnsOf(writes)}
    where z.id = w.id`;
  await sql`select set_config('app.zone_shift', 'off', true)`;
}

export async function insertZones(
  sql: Transaction,
  ownerId: UserId,
  page: EditablePage,
  writes: readonly ZoneWrite[],
): Promise<void> {
  if (writes.length === 0) return;
  await sql`
    insert into zones
      (id, owner_id, version_id, page_number, position, kind, x, y, width, height, polygon, content, data,
       confidence, tool, status, word_from, word_to, row_version)
    select w.id, ${ownerId}, ${page.versionId}, ${page.number}, w.position, w.kind, w.x, w.y, w.width,
      w.height, w.polygon, w.content, w.data, w.confidence, w.tool, w.status, w.word_from, w.word_to,
      w.row_version
    from ${columnsOf(writes)}`;
}

/** Removes zones and writes what they were into their history, with the boxes of their words. */
export async function deleteZones(
  sql: Transaction,
  author: Authorship,
  ids: readonly ZoneId[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with gone as (
      delete from zones where id = any(${ids}::uuid[]) returning *
    )
    insert into zone_revisions
      (owner_id, zone_id, version_id, page_number, number, kind, zone_kind, position, x, y, width, height, polygon,
       content, data, word_boxes, confidence, tool, status, reason_code, author_id, zone_created_at)
    select z.owner_id, z.id, z.version_id, z.page_number,
      (select coalesce(max(r.number), 0) + 1 from zone_revisions r where r.zone_id = z.id),
      'removal', z.kind, z.position, z.x, z.y, z.width, z.height, z.polygon, z.content, z.data,
      coalesce(
        substring(p.word_boxes from 10 * z.word_from + 1 for 10 * (z.word_to - z.word_from + 1)), ''::bytea),
      z.confidence, z.tool, z.status, ${author.reasonCode}, ${author.userId}, z.created_at
    from gone z
    join pages p on p.version_id = z.version_id and p.number = z.page_number`;
}

/** The text and words of a page after an edit; what is searched for follows them. */
export async function updatePageText(
  sql: Transaction,
  page: EditablePage,
  composed: ComposedPage,
): Promise<void> {
  await sql`
    update pages
    set text = ${composed.text}, word_boxes = ${packWords(composed.words)}::bytea,
      confidence = ${storedConfidence(page.confidence)}
    where version_id = ${page.versionId} and number = ${page.number}`;
}

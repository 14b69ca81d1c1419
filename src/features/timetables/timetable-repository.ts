import type { Sql } from '#db/database.ts';
import { fragment, json, literalInteger, offsetBy } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { DocumentId, TimetableId } from '#kernel/ids.ts';
import type { TimetableStatus } from '#kernel/state-machines.ts';
import type { Timeblock } from './timeblock.ts';
import type { CountedTimetable, LinkedDocument, Timetable, TimetableFacts } from './timetable.ts';

const columns = fragment`
  t.id, t.owner_id, t.name, t.class_name, t.term, t.year, t.week_start_date, t.timezone, t.status, t.source,
  t.metadata, t.row_version, t.created_at, t.updated_at, t.deleted_at`;

const counts = fragment`
  (select count(*) from timeblocks b where b.timetable_id = t.id) as block_count,
  (select count(*) from timetable_documents l where l.timetable_id = t.id) as document_count`;

export async function insertTimetable(
  sql: Sql,
  actor: Actor,
  timetable: TimetableFacts & { id: TimetableId; source: Timetable['source'] },
): Promise<void> {
  await sql`
    insert into timetables
      (id, owner_id, name, class_name, term, year, week_start_date, timezone, source, metadata)
    values
      (${timetable.id}, ${actor.userId}, ${timetable.name}, ${timetable.className}, ${timetable.term},
       ${timetable.year}, ${timetable.weekStartDate}, ${timetable.timezone}, ${timetable.source},
       ${json(timetable.metadata)})`;
}

/** null when it is not there or not the actor's; timetables in the trash are found. */
export async function findTimetable(
  sql: Sql,
  actor: Actor,
  id: TimetableId,
): Promise<Timetable | null> {
  const rows = await sql<Timetable>`
    select ${columns} from timetables t where t.id = ${id} and t.owner_id = ${actor.userId}`;
  return rows[0] ?? null;
}

export interface TimetableWithBlocks extends Timetable {
  /** By day, time, track and position; empty, never a block of nulls. */
  blocks: Timeblock[];
  documents: LinkedDocument[];
}

/** One timetable with its blocks in the order of the week, in one query. null as `findTimetable`. */
export async function findTimetableWithBlocks(
  sql: Sql,
  actor: Actor,
  id: TimetableId,
): Promise<TimetableWithBlocks | null> {
  const rows = await sql<TimetableWithBlocks>`
    select ${columns},
      coalesce((
        select jsonb_agg(
          jsonb_build_object('id', b.id, 'dayOfWeek', b.day_of_week, 'track', b.track,
            'startTime', left(b.start_time::text, 5), 'endTime', left(b.end_time::text, 5),
            'duration', b.duration, 'name', b.name, 'notes', b.notes, 'color', b.color,
            'position', b.position, 'metadata', b.metadata)
          order by b.day_of_week, b.start_time, b.track, b.position, b.id)
        from timeblocks b where b.timetable_id = t.id
      ), '[]') as blocks,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', d.id, 'title', d.title) order by l.created_at, d.id)
        from timetable_documents l join documents d on d.id = l.document_id
        where l.timetable_id = t.id and d.deleted_at is null
      ), '[]') as documents
    from timetables t
    where t.id = ${id} and t.owner_id = ${actor.userId}`;
  return rows[0] ?? null;
}

/** Timetables in use with their counts, newest first. */
export async function listActiveTimetables(
  sql: Sql,
  actor: Actor,
  limit: number,
): Promise<CountedTimetable[]> {
  return sql<CountedTimetable>`
    select ${columns}, active.block_count, active.document_count
    from v_active_timetables active join timetables t on t.id = active.id
    where active.owner_id = ${actor.userId}
    order by active.id desc
    limit ${literalInteger(limit)}`;
}

/** What narrows a list of timetables; undefined for all. */
export interface TimetableFilter {
  status?: TimetableStatus | undefined;
  year?: number | undefined;
  /** Words in websearch syntax, in names, classes and blocks. */
  words?: string | undefined;
  trashed: boolean;
}

/** Newest first, one more than `limit`: behind the timetable `before`, or behind the first `offset`. */
export async function listTimetables(
  sql: Sql,
  actor: Actor,
  filter: TimetableFilter,
  page: { before: string | null; offset: number; limit: number },
): Promise<CountedTimetable[]> {
  const { status, year, words } = filter;
  const live = filter.trashed ? fragment`t.deleted_at is not null` : fragment`t.deleted_at is null`;
  const ofStatus = status === undefined ? fragment`` : fragment`and t.status = ${status}`;
  const ofYear = year === undefined ? fragment`` : fragment`and t.year = ${year}`;
  const says =
    words === undefined
      ? fragment``
      : fragment`and (t.search @@ websearch_to_tsquery('docmill', ${words}) or exists (
          select from timeblocks b
          where b.timetable_id = t.id and b.search @@ websearch_to_tsquery('docmill', ${words})))`;
  const behind = page.before === null ? fragment`` : fragment`and t.id < ${page.before}::uuid`;
  return sql<CountedTimetable>`
    select ${columns}, ${counts}
    from timetables t
    where t.owner_id = ${actor.userId} and ${live} ${ofStatus} ${ofYear} ${says} ${behind}
    order by t.id desc
    limit ${literalInteger(page.limit + 1)} ${offsetBy(page.offset)}`;
}

/** False when it is not there, in the trash, or was changed since `rowVersion`. */
export async function updateTimetableRow(
  sql: Sql,
  actor: Actor,
  id: TimetableId,
  change: TimetableFacts & { status: TimetableStatus },
  rowVersion: number,
): Promise<boolean> {
  const rows = await sql`
    update timetables
    set name = ${change.name}, class_name = ${change.className}, term = ${change.term},
        year = ${change.year}, week_start_date = ${change.weekStartDate}, timezone = ${change.timezone},
        metadata = ${json(change.metadata)}, status = ${change.status}
    where id = ${id} and owner_id = ${actor.userId} and deleted_at is null
      and row_version = ${rowVersion}
    returning id`;
  return rows.length === 1;
}

/**
 * Counts an edit of the blocks and holds the row until the transaction ends, so that two edits come one
 * after the other. null when it is not there or in the trash; `rowVersion` is the one before this edit.
 */
export async function holdTimetable(
  sql: Sql,
  actor: Actor,
  id: TimetableId,
): Promise<{ rowVersion: number } | null> {
  const rows = await sql<{ rowVersion: number }>`
    update timetables set name = name
    where id = ${id} and owner_id = ${actor.userId} and deleted_at is null
    returning row_version - 1 as row_version`;
  return rows[0] ?? null;
}

/** False when there was nothing to change. */
export async function setTimetableTrashed(
  sql: Sql,
  actor: Actor,
  id: TimetableId,
  trashed: boolean,
): Promise<boolean> {
  const rows = await sql`
    update timetables set deleted_at = case when ${trashed} then now() end
    where id = ${id} and owner_id = ${actor.userId} and (deleted_at is null) = ${trashed}
    returning id`;
  return rows.length === 1;
}

/** Makes these the documents a timetable came from; resolves to how many of them are live ones of the actor. */
export async function replaceLinks(
  sql: Sql,
  actor: Actor,
  id: TimetableId,
  documents: readonly DocumentId[],
): Promise<number> {
  await sql`delete from timetable_documents where timetable_id = ${id}`;
  const rows = await sql`
    insert into timetable_documents (timetable_id, document_id, owner_id)
    select ${id}, d.id, d.owner_id from documents d
    where d.id = any(${documents}::uuid[]) and d.owner_id = ${actor.userId} and d.deleted_at is null
    returning document_id`;
  return rows.length;
}

import type { Sql } from '#db/database.ts';
import { json } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { TimeblockId, TimetableId } from '#kernel/ids.ts';
import type { Timeblock } from './timeblock.ts';

export interface StoredTimeblock extends Timeblock {
  createdAt: Date;
}

export async function listTimeblocks(
  sql: Sql,
  timetableId: TimetableId,
): Promise<StoredTimeblock[]> {
  return sql<StoredTimeblock>`
    select id, day_of_week, track, left(start_time::text, 5) as start_time,
      left(end_time::text, 5) as end_time, duration, name, notes, color, position, metadata, created_at
    from timeblocks where timetable_id = ${timetableId}
    order by day_of_week, start_time, track, position, id`;
}

export interface NewBlockRow extends Omit<Timeblock, 'duration'> {
  /** null: now. */
  createdAt: Date | null;
}

/** Puts these blocks in the place of all that a timetable has: two statements, however many there are. */
export async function replaceTimeblocks(
  sql: Sql,
  actor: Actor,
  timetableId: TimetableId,
  blocks: readonly NewBlockRow[],
): Promise<void> {
  await sql`delete from timeblocks where timetable_id = ${timetableId}`;
  if (blocks.length === 0) return;
  await sql`
    insert into timeblocks
      (id, owner_id, timetable_id, day_of_week, track, start_time, end_time, name, notes, color, position,
       metadata, created_at)
    select b.id, ${actor.userId}, ${timetableId}, b.day_of_week, b.track, b.start_time, b.end_time, b.name,
      b.notes, b.color, b.position, b.metadata, coalesce(b.created_at, now())
    from unnest(
      ${blocks.map((block) => block.id)}::uuid[],
      ${blocks.map((block) => block.dayOfWeek)}::smallint[],
      ${blocks.map((block) => block.track)}::smallint[],
      ${blocks.map((block) => block.startTime)}::time[],
      ${blocks.map((block) => block.endTime)}::time[],
      ${blocks.map((block) => block.name)}::text[],
      ${blocks.map((block) => block.notes)}::text[],
      ${blocks.map((block) => block.color)}::text[],
      ${blocks.map((block) => block.position)}::int[],
      ${blocks.map((block) => JSON.stringify(block.metadata))}::jsonb[],
      ${blocks.map((block) => block.createdAt)}::timestamptz[]
    ) as b (id, day_of_week, track, start_time, end_time, name, notes, color, position, metadata, created_at)`;
}

/** Adds a block, or changes the one of this id. */
export async function saveTimeblock(
  sql: Sql,
  actor: Actor,
  timetableId: TimetableId,
  block: Omit<Timeblock, 'duration'>,
): Promise<void> {
  await sql`
    insert into timeblocks
      (id, owner_id, timetable_id, day_of_week, track, start_time, end_time, name, notes, color, position, metadata)
    values
      (${block.id}, ${actor.userId}, ${timetableId}, ${block.dayOfWeek}, ${block.track}, ${block.startTime},
       ${block.endTime}, ${block.name}, ${block.notes}, ${block.color}, ${block.position}, ${json(block.metadata)})
    on conflict (id) do update
    set day_of_week = excluded.day_of_week, track = excluded.track, start_time = excluded.start_time,
        end_time = excluded.end_time, name = excluded.name, notes = excluded.notes, color = excluded.color,
        position = excluded.position, metadata = excluded.metadata
    where timeblocks.timetable_id = excluded.timetable_id`;
}

/** False when the timetable has no such block. */
export async function deleteTimeblock(
  sql: Sql,
  timetableId: TimetableId,
  id: TimeblockId,
): Promise<boolean> {
  const rows = await sql`
    delete from timeblocks where id = ${id} and timetable_id = ${timetableId} returning id`;
  return rows.length === 1;
}

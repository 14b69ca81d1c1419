import type { Sql } from '#db/database.ts';
import { literalInteger } from '#db/sql-tag.ts';
import type { UserId, ZoneId } from '#kernel/ids.ts';
import type { ZoneStatus } from '#kernel/state-machines.ts';
import type { Box } from '#kernel/word.ts';
import type { RevisionKind } from './correct-zone.ts';
import type { ZoneKind } from './zone.ts';

/** What a zone was before a change. */
export interface ZoneRevision extends Box {
  number: number;
  kind: RevisionKind;
  zoneKind: ZoneKind;
  position: number;
  polygon: [number, number][] | null;
  content: string;
  data: Record<string, unknown> | null;
  confidence: number;
  tool: string;
  status: ZoneStatus;
  reasonCode: string | null;
  authorId: UserId | null;
  authorName: string | null;
  createdAt: Date;
}

/** Newest first; at most `limit`. */
export async function listRevisions(
  sql: Sql,
  zoneId: ZoneId,
  limit: number,
): Promise<ZoneRevision[]> {
  return sql<ZoneRevision>`
    select r.number, r.kind, r.zone_kind, r.position, r.x, r.y, r.width, r.height, r.polygon, r.content,
      r.data, r.confidence, r.tool, r.status, r.reason_code, r.author_id, u.name as author_name, r.created_at
    from zone_revisions r left join users u on u.id = r.author_id
    where r.zone_id = ${zoneId}
    order by r.number desc limit ${literalInteger(limit)}`;
}

export interface RevisionWithWords extends Omit<ZoneRevision, 'authorName'> {
  /** Boxes that the words of its content had; null when the text is still the present one. */
  wordBoxes: Uint8Array | null;
}

/** null when there is none. */
export async function findRevision(
  sql: Sql,
  zoneId: ZoneId,
  number: number,
): Promise<RevisionWithWords | null> {
  // The text did not change from here to the next revision that kept boxes, so they are the ones of this text.
  const rows = await sql<RevisionWithWords>`
    select r.number, r.kind, r.zone_kind, r.position, r.x, r.y, r.width, r.height, r.polygon, r.content,
      r.data, r.confidence, r.tool, r.status, r.reason_code, r.author_id, r.created_at,
      (select later.word_boxes from zone_revisions later
       where later.zone_id = r.zone_id and later.number >= r.number and later.word_boxes is not null
       order by later.number limit 1) as word_boxes
    from zone_revisions r
    where r.zone_id = ${zoneId} and r.number = ${number}`;
  return rows[0] ?? null;
}

/** How many revisions a zone has. */
export async function countRevisions(sql: Sql, zoneId: ZoneId): Promise<number> {
  const rows = await sql<{ count: number }>`
    select coalesce(max(number), 0) as count from zone_revisions where zone_id = ${zoneId}`;
  return rows[0]?.count ?? 0;
}

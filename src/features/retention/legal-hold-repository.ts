import type { Sql } from '#db/database.ts';
import type { HoldId, UserId } from '#kernel/ids.ts';

export interface LegalHold {
  id: HoldId;
  /** Whose data is held; null holds everything. */
  userId: UserId | null;
  reason: string;
  placedBy: string;
  placedAt: Date;
  releasedAt: Date | null;
}

export async function insertHold(
  sql: Sql,
  hold: { id: HoldId; userId: UserId | null; reason: string; placedBy: string },
): Promise<void> {
  await sql`
    insert into legal_holds (id, user_id, reason, placed_by)
    values (${hold.id}, ${hold.userId}, ${hold.reason}, ${hold.placedBy})`;
}

/** False when there is no such hold in force. */
export async function releaseHoldRow(sql: Sql, id: HoldId): Promise<boolean> {
  const rows = await sql`
    update legal_holds set released_at = now() where id = ${id} and released_at is null returning id`;
  return rows.length === 1;
}

/** Newest first, released ones included. */
export async function listHolds(sql: Sql): Promise<LegalHold[]> {
  return sql<LegalHold>`
    select id, user_id, reason, placed_by, placed_at, released_at from legal_holds order by id desc`;
}

/** Whether anything at all is held. */
export async function anyHold(sql: Sql): Promise<boolean> {
  const rows = await sql`select from legal_holds where released_at is null limit 1`;
  return rows.length === 1;
}

import type { Sql } from '#db/database.ts';
import type { UserId } from '#kernel/ids.ts';

/** Owner of what a living link shares; null when there is no such link or it has ended. */
export async function findLinkOwner(sql: Sql, linkHash: string): Promise<UserId | null> {
  const rows = await sql<{ ownerId: UserId }>`
    select owner_id from document_shares
    where link_hash = ${linkHash} and revoked_at is null and (expires_at is null or expires_at > now())`;
  return rows[0]?.ownerId ?? null;
}

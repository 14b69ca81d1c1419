import type { Sql } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import type { BlobId, UserId } from '#kernel/ids.ts';

/** The picture of a user as it lies in the store: always a WebP of our own. */
export interface AvatarFile {
  blobId: BlobId;
  objectKey: string;
  /** Lower-case hex. */
  sha256: string;
}

/** null for who has none, and for nobody. */
export async function findAvatar(sql: Sql, userId: UserId): Promise<AvatarFile | null> {
  const rows = await sql<AvatarFile>`
    select b.id as blob_id, b.object_key, b.sha256
    from users u join blobs b on b.owner_id = u.id and b.id = u.avatar_blob_id
    where u.id = ${userId} and b.state = 'stored'`;
  return rows[0] ?? null;
}

/**
 * Whether the actor is shown this person anyway: to admins everybody, to owners whom they share with by name and who
 * reviews their documents. Call it as the program.
 */
export async function isShownTo(sql: Sql, actor: Actor, userId: UserId): Promise<boolean> {
  const rows = await sql`
    select from users u where u.id = ${actor.userId} and u.role = 'admin' and u.status = 'active'
    union all
    select from document_shares s
    where s.owner_id = ${actor.userId} and s.grantee_id = ${userId} and s.revoked_at is null
      and (s.expires_at is null or s.expires_at > now())
    union all
    select from hitl_tasks t
    where t.owner_id = ${actor.userId} and t.assigned_to = ${userId} and t.status in ('assigned', 'in_progress')
    limit 1`;
  return rows.length === 1;
}

/** Puts another picture in the place of a user's, null for none; the bytes of the one before are given up. */
export async function replaceAvatar(
  sql: Sql,
  userId: UserId,
  blobId: BlobId | null,
): Promise<void> {
  // Two at once wait for each other, so that each gives up what it replaces.
  const rows = await sql<{ before: BlobId | null }>`
    select u.avatar_blob_id as before from users u where u.id = ${userId} for update`;
  const before = rows[0]?.before ?? null;
  await sql`update users set avatar_blob_id = ${blobId} where id = ${userId}`;
  if (before === null) return;
  await sql`
    update blobs set state = 'purging'
    where id = ${before} and owner_id = ${userId} and purpose = 'avatar' and state = 'stored'`;
}

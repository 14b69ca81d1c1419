import type { Sql } from '#db/database.ts';
import type { UserId } from '#kernel/ids.ts';

/** How many other active admins there are; all admins are locked until the transaction ends. */
export async function lockOtherAdmins(sql: Sql, id: UserId): Promise<number> {
  const rows = await sql<{ id: UserId }>`
    select id from users where role = 'admin' and status = 'active' order by id for update`;
  return rows.filter((row) => row.id !== id).length;
}

/** Puts all that a user owns into the trash, and ends what lets others and programs in. */
export async function trashEverything(sql: Sql, id: UserId): Promise<void> {
  await sql`update documents set deleted_at = now() where owner_id = ${id} and deleted_at is null`;
  await sql`update folders set deleted_at = now() where owner_id = ${id} and deleted_at is null`;
  await sql`update journal_entries set deleted_at = now() where owner_id = ${id} and deleted_at is null`;
  await sql`update document_shares set revoked_at = now() where owner_id = ${id} and revoked_at is null`;
  await sql`update api_keys set revoked_at = now() where user_id = ${id} and revoked_at is null`;
  await sql`delete from user_identities where user_id = ${id}`;
  await sql`delete from account_tokens where user_id = ${id}`;
}

/** The address is free for somebody else from now on. */
export async function markAccountDeleted(sql: Sql, id: UserId): Promise<void> {
  await sql`
    update users set status = 'deleted', deleted_at = now(), email = id::text || '@deleted.invalid',
      email_verified_at = null, first_name = null, last_name = null, settings = '{}', avatar_blob_id = null
    where id = ${id}`;
}

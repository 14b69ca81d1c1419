import type { Sql, Transaction } from '#db/database.ts';
import { fragment, literalInteger } from '#db/sql-tag.ts';
import type { DocumentId, UserId } from '#kernel/ids.ts';
import type { Due } from './retention-repository.ts';
import { due, heldOwner } from './retention-repository.ts';

const deleted = fragment`u.status = 'deleted' and u.purged_at is null`;

export function countDeletedAccounts(sql: Sql, before: Date): Promise<Due> {
  return due(
    sql,
    fragment`select ${heldOwner('u')} as held from users u where ${deleted} and u.deleted_at < ${before}`,
  );
}

/** Longest deleted first. */
export async function listDeletedAccounts(sql: Sql, before: Date): Promise<UserId[]> {
  const rows = await sql<{ id: UserId }>`
    select u.id from users u
    where ${deleted} and u.deleted_at < ${before} and not ${heldOwner('u')} order by u.deleted_at`;
  return rows.map((row) => row.id);
}

/** False when it is not to be emptied any more; otherwise no other process does until the transaction ends. */
export async function lockDeletedAccount(
  sql: Transaction,
  id: UserId,
  before: Date,
): Promise<boolean> {
  const rows = await sql`
    select from users u
    where u.id = ${id} and ${deleted} and u.deleted_at < ${before} and not ${heldOwner('u')} for update`;
  return rows.length === 1;
}

/** Up to `limit` documents of the user, which are in the trash from now on if they were not before. */
export async function trashSomeDocuments(
  sql: Transaction,
  id: UserId,
  limit: number,
): Promise<DocumentId[]> {
  const rows = await sql<{ id: DocumentId }>`
    update documents set deleted_at = coalesce(deleted_at, now())
    where id in (select d.id from documents d where d.owner_id = ${id} limit ${literalInteger(limit)})
    returning id`;
  return rows.map((row) => row.id);
}

/** Removes up to `limit` journal entries of the user with what was made of them. Resolves to how many. */
export async function deleteSomeEntries(
  sql: Transaction,
  id: UserId,
  limit: number,
): Promise<number> {
  const rows = await sql`
    delete from journal_entries where id in (
      select e.id from journal_entries e where e.owner_id = ${id} limit ${literalInteger(limit)})
    returning id`;
  return rows.length;
}

/** Nothing that happens from now on is told to other servers. */
export async function deleteWebhooks(sql: Transaction, id: UserId): Promise<void> {
  await sql`delete from webhook_endpoints where owner_id = ${id}`;
}

/** What is left when documents and entries are gone. What others have shared with the user is theirs and stays. */
export async function deleteBelongings(sql: Transaction, id: UserId): Promise<void> {
  await sql`delete from uploads where owner_id = ${id}`;
  await sql`delete from timetables where owner_id = ${id}`;
  await sql`delete from processed_content where owner_id = ${id}`;
  await sql`delete from folders where owner_id = ${id}`;
  await sql`delete from document_shares where owner_id = ${id}`;
  await sql`delete from import_refs where owner_id = ${id}`;
  await sql`delete from idempotency_keys where owner_id = ${id}`;
}

/** Every way to sign in or to act for the user, and the invitation, which names their address. */
export async function deleteCredentials(sql: Transaction, id: UserId): Promise<void> {
  await sql`delete from session_fields where user_id = ${id}`;
  await sql`delete from live_subscriptions where user_id = ${id}`;
  await sql`delete from sessions where user_id = ${id}`;
  await sql`delete from api_keys where user_id = ${id}`;
  await sql`delete from account_tokens where user_id = ${id}`;
  await sql`delete from user_identities where user_id = ${id}`;
  await sql`delete from user_passwords where user_id = ${id}`;
  await sql`delete from invitations where accepted_by = ${id}`;
}

/**
 * Gives up all bytes of the user: each step of their state tells what hangs on it, `blob.purge` to the outbox, which
 * removes the bytes, and the usage; then the rows are not needed.
 */
export async function giveUpBytes(sql: Transaction, id: UserId): Promise<void> {
  await sql`update blobs set state = 'failed' where owner_id = ${id} and state = 'pending'`;
  await sql`update blobs set state = 'purging' where owner_id = ${id} and state in ('stored', 'failed')`;
  await sql`update blobs set state = 'purged' where owner_id = ${id} and state = 'purging'`;
  await sql`delete from blobs where owner_id = ${id}`;
}

/** Leaves a row that others' documents can name, and figures that are nobody's. */
export async function emptyAccount(sql: Transaction, id: UserId): Promise<void> {
  await sql`update api_metrics set user_id = null where user_id = ${id}`;
  await sql`update processing_metrics set user_id = null where user_id = ${id}`;
  await sql`
    update users set purged_at = now(), email = id::text || '@deleted.invalid', email_verified_at = null,
      first_name = null, last_name = null, settings = '{}', limits = '{}', last_login_at = null, avatar_blob_id = null
    where id = ${id}`;
}

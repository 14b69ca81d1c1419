import type { Sql } from '#db/database.ts';
import { fragment } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { DocumentId, FolderId, ShareId, UserId } from '#kernel/ids.ts';
import type { AccessReason, Share, ShareChange, SharePermission, SharedObject } from './share.ts';

const columns = fragment`
  s.id, s.owner_id, s.document_id, s.folder_id, s.grantee_id, s.grantee_email, s.permission,
  s.password_hash is not null as has_password, s.uses, s.last_used_at, s.expires_at, s.revoked_at, s.created_at, s.updated_at`;

/**
 * Throws `share.already_given`, `share.invalid`, `user.not_found` (the receiver), or `document.not_found` and
 * `folder.not_found` for what is not the actor's.
 */
export async function insertShare(
  sql: Sql,
  actor: Actor,
  share: {
    id: ShareId;
    documentId: DocumentId | null;
    folderId: FolderId | null;
    granteeId: UserId | null;
    granteeEmail: string | null;
    linkHash: string | null;
    passwordHash: string | null;
    permission: SharePermission;
    expiresAt: Date | null;
  },
): Promise<void> {
  await sql`
    insert into document_shares
      (id, owner_id, document_id, folder_id, grantee_id, grantee_email, link_hash, password_hash, permission, expires_at)
    values (${share.id}, ${actor.userId}, ${share.documentId}, ${share.folderId}, ${share.granteeId},
      ${share.granteeEmail}, ${share.linkHash}, ${share.passwordHash}, ${share.permission}, ${share.expiresAt})`;
}

/** null when it is not there, not the actor's, or has ended. */
export async function findShare(sql: Sql, actor: Actor, id: ShareId): Promise<Share | null> {
  const rows = await sql<Share>`
    select ${columns} from document_shares s
    where s.id = ${id} and s.owner_id = ${actor.userId} and s.revoked_at is null`;
  return rows[0] ?? null;
}

/** Living shares the actor has given on one document or folder (its own, not the inherited ones), oldest first. */
export async function listShares(sql: Sql, actor: Actor, object: SharedObject): Promise<Share[]> {
  const what =
    'documentId' in object
      ? fragment`s.document_id = ${object.documentId}`
      : fragment`s.folder_id = ${object.folderId}`;
  return sql<Share>`
    select ${columns} from document_shares s
    where s.owner_id = ${actor.userId} and ${what} and s.revoked_at is null
    order by s.id limit 500`;
}

/** Undefined leaves a field as it is. False when the actor has no such living share. */
export async function updateShare(
  sql: Sql,
  actor: Actor,
  id: ShareId,
  change: ShareChange,
): Promise<boolean> {
  const rows = await sql`
    update document_shares set
      permission = coalesce(${change.permission ?? null}, permission),
      expires_at = case when ${change.expiresAt !== undefined}
        then ${change.expiresAt ?? null}::timestamptz else expires_at end,
      password_hash = case when ${change.passwordHash !== undefined}
        then ${change.passwordHash ?? null} else password_hash end
    where id = ${id} and owner_id = ${actor.userId} and revoked_at is null returning id`;
  return rows.length === 1;
}

/** False when the actor has no such living share. */
export async function revokeShare(sql: Sql, actor: Actor, id: ShareId): Promise<boolean> {
  const rows = await sql`
    update document_shares set revoked_at = now()
    where id = ${id} and owner_id = ${actor.userId} and revoked_at is null returning id`;
  return rows.length === 1;
}

/**
 * Everybody who can see a document and why, the owner first, then by how near the share is. One person may have
 * several reasons. Only its owner may ask; the caller checks that.
 */
export async function listAccess(sql: Sql, documentId: DocumentId): Promise<AccessReason[]> {
  return sql<AccessReason>`
    select u.id as user_id, u.name, u.email, u.avatar_blob_id as avatar_id, 'owner' as permission, 'owner' as reason, null::uuid as share_id,
      null::uuid as folder_id, null as folder_name, -1 as distance, null::timestamptz as expires_at,
      null::bigint as uses, null::timestamptz as last_used_at
    from documents d join users u on u.id = d.owner_id
    where d.id = ${documentId}
    union all
    select s.grantee_id, u.name, coalesce(u.email, s.grantee_email), u.avatar_blob_id, g.permission,
      case when s.link_hash is not null then case when g.folder_id is null then 'link' else 'folder_link' end
        when g.folder_id is null then 'share' else 'folder_share' end,
      g.share_id, g.folder_id, f.name, g.distance, s.expires_at,
      case when s.link_hash is not null then s.uses end, s.last_used_at
    from document_grants(${documentId}) g
    join document_shares s on s.id = g.share_id
    left join users u on u.id = s.grantee_id
    left join folders f on f.id = g.folder_id
    union all
    select r.user_id, u.name, u.email, u.avatar_blob_id, 'review', 'review', null, null, null, 0, null, null, null
    from document_reviewers(${documentId}) r join users u on u.id = r.user_id
    order by distance, share_id`;
}

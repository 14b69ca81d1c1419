import type { Sql } from '#db/database.ts';
import { fragment } from '#db/sql-tag.ts';
import type { VisitId } from '#kernel/ids.ts';
import type { ShareLink, ShareVisit } from './share-link.ts';

const isLive = fragment`
  s.revoked_at is null and (s.expires_at is null or s.expires_at > now())
    and d.deleted_at is null and f.deleted_at is null`;

/** null when there is none, it has ended, or what it shares is in the trash. Call it as the program. */
export async function findLink(sql: Sql, linkHash: string): Promise<ShareLink | null> {
  const rows = await sql<ShareLink>`
    select s.id, s.owner_id, u.name as owner_name, s.document_id, s.folder_id, coalesce(d.title, f.name) as title,
      s.permission, s.link_hash, s.password_hash, s.password_version, s.expires_at, s.last_used_at
    from document_shares s
    join users u on u.id = s.owner_id
    left join documents d on d.id = s.document_id
    left join folders f on f.id = s.folder_id
    where s.link_hash = ${linkHash} and ${isLive}`;
  return rows[0] ?? null;
}

/** Counts that the link was opened, and keeps who opened it. Nothing when the link ended or changed meanwhile. */
export async function insertVisit(
  sql: Sql,
  visit: { id: VisitId; tokenHash: string; link: ShareLink; expiresAt: Date },
): Promise<boolean> {
  const { id, ownerId, passwordVersion } = visit.link;
  // 1. the use, which also locks the share, so that a visit cannot begin while it is being ended, 2. the visit
  const rows = await sql`
    with used as (
      update document_shares s set uses = s.uses + 1, last_used_at = now()
      where s.id = ${id} and s.revoked_at is null and s.password_version = ${passwordVersion}
      returning s.id
    )
    insert into share_visits (id, owner_id, share_id, password_version, token_hash, expires_at)
    select ${visit.id}, ${ownerId}, used.id, ${passwordVersion}, ${visit.tokenHash}, ${visit.expiresAt} from used
    returning id`;
  return rows.length === 1;
}

/** The visit of a cookie while it and its share hold; null otherwise. Call it as the program. */
export async function findVisit(sql: Sql, tokenHash: string): Promise<ShareVisit | null> {
  const rows = await sql<ShareVisit>`
    select v.id, s.link_hash, s.id as share_id, s.last_used_at
    from share_visits v
    join document_shares s on s.id = v.share_id and s.password_version = v.password_version
    left join documents d on d.id = s.document_id
    left join folders f on f.id = s.folder_id
    where v.token_hash = ${tokenHash} and v.expires_at > now() and ${isLive}`;
  return rows[0] ?? null;
}

/** Notes a use of the link, once a minute at most. */
export async function noteLinkUse(sql: Sql, visit: ShareVisit): Promise<void> {
  await sql`
    update document_shares set last_used_at = now()
    where id = ${visit.shareId} and (last_used_at is null or last_used_at < now() - interval '1 minute')`;
}

export async function deleteVisit(sql: Sql, tokenHash: string): Promise<void> {
  await sql`delete from share_visits where token_hash = ${tokenHash}`;
}

/** Some of the visits that ended by their time; whoever opens a link clears up a little. */
export async function deleteEndedVisits(sql: Sql): Promise<void> {
  await sql`
    delete from share_visits where id in (
      select id from share_visits where expires_at < now() order by expires_at limit 100)`;
}

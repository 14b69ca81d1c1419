import type { Sql } from '#db/database.ts';
import { fragment, json, literalInteger } from '#db/sql-tag.ts';
import type { SessionId, UserId } from '#kernel/ids.ts';
import type { Session } from './session.ts';
import type { UserRole } from './user.ts';

const columns = fragment`
  s.id, s.user_id, s.state, host(s.ip) as ip, s.user_agent, s.created_at, s.last_seen_at, s.expires_at, s.revoked_at`;

export async function insertSession(
  sql: Sql,
  session: {
    id: SessionId;
    userId: UserId;
    tokenHash: string;
    ip: string | null;
    userAgent: string | null;
    expiresAt: Date;
  },
): Promise<void> {
  await sql`
    insert into sessions (id, user_id, token_hash, ip, user_agent, expires_at)
    values (${session.id}, ${session.userId}, ${session.tokenHash}, ${session.ip}::inet,
      left(${session.userAgent}, 500), ${session.expiresAt})`;
}

/** A session that may be used now, with the role of its user; null when it is unknown, ended or its user is not active. */
export async function findLiveSession(
  sql: Sql,
  tokenHash: string,
  now: Date = new Date(),
): Promise<(Session & { role: UserRole }) | null> {
  const rows = await sql<Session & { role: UserRole }>`
    select ${columns}, u.role
    from sessions s join users u on u.id = s.user_id
    where s.token_hash = ${tokenHash} and s.revoked_at is null and s.expires_at > ${now}::timestamptz
      and u.status = 'active'`;
  return rows[0] ?? null;
}

/** Living ones of a user, newest first. */
export async function listSessions(sql: Sql, userId: UserId): Promise<Session[]> {
  return sql<Session>`
    select ${columns} from sessions s
    where s.user_id = ${userId} and s.revoked_at is null and s.expires_at > now()
    order by s.id desc limit 200`;
}

/** Notes a request and moves the end on, once a minute at most. */
export async function touchSession(
  sql: Sql,
  id: SessionId,
  seen: { ip: string | null; expiresAt: Date },
): Promise<void> {
  await sql`
    update sessions set last_seen_at = now(), ip = ${seen.ip}::inet, expires_at = ${seen.expiresAt}
    where id = ${id} and revoked_at is null and last_seen_at < now() - interval '1 minute'`;
}

/** Merges into what is remembered of the view. False when the user has no such living session. */
export async function updateSessionState(
  sql: Sql,
  userId: UserId,
  id: SessionId,
  state: Record<string, unknown>,
): Promise<boolean> {
  const rows = await sql`
    update sessions set state = state || ${json(state)}
    where id = ${id} and user_id = ${userId} and revoked_at is null returning id`;
  return rows.length === 1;
}

/** False when the user has no such living session. */
export async function revokeSession(sql: Sql, userId: UserId, id: SessionId): Promise<boolean> {
  const rows = await sql`
    update sessions set revoked_at = now()
    where id = ${id} and user_id = ${userId} and revoked_at is null returning id`;
  return rows.length === 1;
}

/** Ends every session of a user but `except`; resolves to how many. For a new password, a new role, a suspension. */
export async function revokeSessions(
  sql: Sql,
  userId: UserId,
  except: SessionId | null = null,
): Promise<number> {
  const rows = await sql`
    update sessions set revoked_at = now()
    where user_id = ${userId} and revoked_at is null and id is distinct from ${except}::uuid returning id`;
  return rows.length;
}

/** Deletes up to `limit` sessions that ended before; resolves to how many. */
export async function deleteEndedSessions(
  sql: Sql,
  endedBefore: Date,
  limit: number,
): Promise<number> {
  const rows = await sql`
    delete from sessions where id in (
      select id from sessions where expires_at < ${endedBefore}::timestamptz
      order by expires_at limit ${literalInteger(limit)}
    ) returning id`;
  return rows.length;
}

import type { Sql } from '#db/database.ts';
import { fragment } from '#db/sql-tag.ts';
import type { ApiKeyId, UserId } from '#kernel/ids.ts';
import type { ApiKey } from './api-key.ts';
import type { UserRole } from './user.ts';

const columns = fragment`
  k.id, k.user_id, k.name, k.prefix, k.scopes, k.last_used_at, k.expires_at, k.revoked_at, k.created_at`;

export async function insertApiKey(
  sql: Sql,
  key: {
    id: ApiKeyId;
    userId: UserId;
    name: string;
    prefix: string;
    keyHash: string;
    scopes: readonly string[];
    expiresAt: Date | null;
  },
): Promise<void> {
  await sql`
    insert into api_keys (id, user_id, name, prefix, key_hash, scopes, expires_at)
    values (${key.id}, ${key.userId}, ${key.name}, ${key.prefix}, ${key.keyHash}, ${key.scopes}::text[],
      ${key.expiresAt})`;
}

/** A key with what matters of its user. */
type KeyOfUser = ApiKey & { role: UserRole; limits: Record<string, unknown> };
/** A key that may be used now, with the role of its user; null when it is unknown, ended or its user is not active. */
export async function findLiveApiKey(
  sql: Sql,
  keyHash: string,
  now: Date = new Date(),
): Promise<KeyOfUser | null> {
  const rows = await sql<KeyOfUser>`
    select ${columns}, u.role, u.limits
    from api_keys k join users u on u.id = k.user_id
    where k.key_hash = ${keyHash} and k.revoked_at is null and u.status = 'active'
      and (k.expires_at is null or k.expires_at > ${now}::timestamptz)`;
  return rows[0] ?? null;
}

/** Living ones first, then the newest; revoked and ended ones too. */
export async function listApiKeys(sql: Sql, userId: UserId): Promise<ApiKey[]> {
  return sql<ApiKey>`
    select ${columns} from api_keys k where k.user_id = ${userId}
    order by k.revoked_at is not null, k.id desc limit 200`;
}

/** null when the user has no such key; a revoked one is found. */
export async function findApiKey(sql: Sql, userId: UserId, id: ApiKeyId): Promise<ApiKey | null> {
  const rows = await sql<ApiKey>`
    select ${columns} from api_keys k where k.id = ${id} and k.user_id = ${userId}`;
  return rows[0] ?? null;
}

/** Keys of a user that were not revoked. */
export async function countApiKeys(sql: Sql, userId: UserId): Promise<number> {
  const rows = await sql<{ count: number }>`
    select count(*) as count from api_keys where user_id = ${userId} and revoked_at is null`;
  return rows[0]?.count ?? 0;
}

/** False when the user has no such living key. */
export async function revokeApiKey(sql: Sql, userId: UserId, id: ApiKeyId): Promise<boolean> {
  const rows = await sql`
    update api_keys set revoked_at = now()
    where id = ${id} and user_id = ${userId} and revoked_at is null returning id`;
  return rows.length === 1;
}

/** Ends every key of a user, for a suspension; resolves to how many. */
export async function revokeApiKeys(sql: Sql, userId: UserId): Promise<number> {
  const rows = await sql`
    update api_keys set revoked_at = now()
    where user_id = ${userId} and revoked_at is null returning id`;
  return rows.length;
}

/** Notes a use, once a minute at most: a busy key must not cost a write for each request. */
export async function noteKeyUse(sql: Sql, id: ApiKeyId): Promise<void> {
  await sql`
    update api_keys set last_used_at = now()
    where id = ${id} and (last_used_at is null or last_used_at < now() - interval '1 minute')`;
}

import type { Sql } from '#db/database.ts';
import { json } from '#db/sql-tag.ts';
import type { KeyOwner, KeyedRequest, StoredAnswer } from './idempotency.ts';
import { keySeconds, leaseSeconds } from './idempotency.ts';

/** Stands for the hash of an upload until its files have come. */
const noHash = '0'.repeat(64);

/** Takes a key that is free, or whose day is over. False when it is taken. */
export async function claimKey(sql: Sql, request: KeyedRequest): Promise<boolean> {
  const rows = await sql`
    insert into idempotency_keys as k
      (owner_id, principal, key, method, route, request_hash, request_id, lease_expires_at, expires_at)
    values (${request.ownerId}, ${request.principal}, ${request.key}, ${request.method}, ${request.route},
      ${request.hash ?? noHash}, ${request.requestId}, now() + make_interval(secs => ${leaseSeconds}),
      now() + make_interval(secs => ${keySeconds}))
    on conflict (owner_id, principal, key) do update set
      method = excluded.method, route = excluded.route, request_hash = excluded.request_hash,
      request_id = excluded.request_id, lease_expires_at = excluded.lease_expires_at,
      status_code = null, response = null, created_at = now(), expires_at = excluded.expires_at
    where k.expires_at <= now()
    returning 1`;
  return rows.length === 1;
}

export interface TakenKey {
  method: string;
  route: string;
  /** null when it was never known, since its try died with the files on their way. */
  hash: string | null;
  statusCode: number | null;
  response: StoredAnswer['response'];
  requestId: string;
  /** False when the try at work has not said for long that it lives. */
  isAlive: boolean;
  createdAt: Date;
}

/** null when there is none, or when its day is over. */
export async function findKey(sql: Sql, owner: KeyOwner): Promise<TakenKey | null> {
  const rows = await sql<TakenKey>`
    select method, route, nullif(request_hash, ${noHash}) as hash, status_code, response, request_id,
      lease_expires_at > now() as is_alive, created_at
    from idempotency_keys
    where owner_id = ${owner.ownerId} and principal = ${owner.principal} and key = ${owner.key}
      and expires_at > now()`;
  return rows[0] ?? null;
}

/** Takes the key over from a try that is dead. False when somebody else has. */
export async function takeOverKey(
  sql: Sql,
  request: KeyedRequest,
  deadRequestId: string,
): Promise<boolean> {
  const rows = await sql`
    update idempotency_keys
    set request_id = ${request.requestId}, request_hash = ${request.hash ?? noHash},
      lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
    where owner_id = ${request.ownerId} and principal = ${request.principal} and key = ${request.key}
      and request_id = ${deadRequestId} and status_code is null and lease_expires_at <= now()
    returning 1`;
  return rows.length === 1;
}

/** Says that the try lives. */
export async function extendLease(sql: Sql, request: KeyedRequest): Promise<void> {
  await sql`
    update idempotency_keys set lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
    where owner_id = ${request.ownerId} and principal = ${request.principal} and key = ${request.key}
      and request_id = ${request.requestId}`;
}

/** Keeps the answer for those who ask again. */
export async function storeAnswer(
  sql: Sql,
  request: KeyedRequest,
  answer: StoredAnswer,
): Promise<void> {
  const response = answer.response === null ? null : json(answer.response);
  await sql`
    update idempotency_keys
    set status_code = ${answer.status}, response = ${response}::jsonb,
      request_hash = coalesce(${request.hash}, request_hash)
    where owner_id = ${request.ownerId} and principal = ${request.principal} and key = ${request.key}
      and request_id = ${request.requestId}`;
}

/** Frees the key: the request had no effect. */
export async function releaseKey(sql: Sql, request: KeyedRequest): Promise<void> {
  await sql`
    delete from idempotency_keys
    where owner_id = ${request.ownerId} and principal = ${request.principal} and key = ${request.key}
      and request_id = ${request.requestId}`;
}

/** What a try changed, such as `documents/ID`, from the audit log: its rows come and go with the change itself. */
export async function listEffects(
  sql: Sql,
  { ownerId }: KeyOwner,
  tried: { requestId: string; since: Date },
): Promise<string[]> {
  const rows = await sql<{ resource: string }>`
    select distinct resource_type || '/' || coalesce(resource_id::text, '') as resource
    from audit_logs
    where actor_id = ${ownerId} and created_at >= ${tried.since}::timestamptz - interval '1 minute'
      and request_id = ${tried.requestId}
    limit 100`;
  return rows.map(({ resource }) => resource);
}

/** Deletes up to `limit` keys whose day is over; resolves to how many. */
export async function deleteEndedKeys(sql: Sql, limit: number): Promise<number> {
  const rows = await sql`
    delete from idempotency_keys where (owner_id, principal, key) in (
      select owner_id, principal, key from idempotency_keys where expires_at < now() limit ${limit}
    ) returning 1`;
  return rows.length;
}

import type { Sql } from '#db/database.ts';
import { fragment, json, literalInteger } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { DeliveryId, UserId, WebhookId } from '#kernel/ids.ts';
import type { AttemptResult, Delivery, DeliveryStatus } from './webhook-delivery.ts';

const columns = fragment`
  d.id, d.owner_id, d.endpoint_id, d.event_id, d.event, d.status, d.attempts, d.next_attempt_at, d.last_attempt_at,
  d.duration_ms, d.response_status, d.response_excerpt, d.error_message, d.created_at, d.delivered_at`;

export interface NewDelivery {
  id: DeliveryId;
  ownerId: UserId;
  endpointId: WebhookId;
  eventId: string;
  event: string;
  payload: Record<string, unknown>;
  /** It waits until the endpoint is sent to again. */
  isHeld: boolean;
}

/** One row for each endpoint; an event that an endpoint has already is left out. */
export async function insertDeliveries(
  sql: Sql,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  if (deliveries.length === 0) return;
  await sql`
    insert into webhook_deliveries (id, owner_id, endpoint_id, event_id, event, payload, status, next_attempt_at)
    select d.id, d."ownerId", d."endpointId", d."eventId", d.event, d.payload,
      case when d."isHeld" then 'held' else 'pending' end, case when d."isHeld" then null else now() end
    from jsonb_to_recordset(${json(deliveries)}) as d
      (id uuid, "ownerId" uuid, "endpointId" uuid, "eventId" uuid, event text, payload jsonb, "isHeld" boolean)
    on conflict (endpoint_id, event_id) do nothing`;
}

/** What a sender needs for one attempt. */
export interface ClaimedDelivery {
  id: DeliveryId;
  ownerId: UserId;
  endpointId: WebhookId;
  event: string;
  payload: Record<string, unknown>;
  /** This attempt counted. */
  attempts: number;
  url: string;
  secret: Uint8Array;
  /** Null when it is over. */
  previousSecret: Uint8Array | null;
}

/**
 * Takes up to `limit` deliveries that are due, `perEndpoint` of an endpoint, none of those in `busy`. They stay pending
 * and come back after `leaseMs` if nobody notes how they went.
 */
export async function claimDeliveries(
  sql: Sql,
  options: {
    limit: number;
    perEndpoint: number;
    busy: readonly WebhookId[];
    leaseMs: number;
    now: Date | null;
  },
): Promise<ClaimedDelivery[]> {
  const { limit, perEndpoint, busy, leaseMs, now } = options;
  return sql<ClaimedDelivery>`
    -- 1. What is due, oldest first, so that many of one endpoint do not hide the others.
    with due as (
      select d.id, d.next_attempt_at,
        row_number() over (partition by d.endpoint_id order by d.next_attempt_at, d.id) as turn
      from webhook_deliveries d
      where d.status = 'pending' and d.next_attempt_at <= coalesce(${now}::timestamptz, now())
        and d.endpoint_id <> all(${busy}::uuid[])
      order by d.next_attempt_at limit 500
    ),
    -- 2. Those that no other sender is taking at this moment.
    taken as (
      select d.id from webhook_deliveries d
      where d.id in (select id from due where turn <= ${perEndpoint} order by next_attempt_at limit ${limit})
        and d.status = 'pending' and d.next_attempt_at <= coalesce(${now}::timestamptz, now())
      for no key update skip locked
    )
    -- 3. The next attempt is when this sender counts as dead.
    update webhook_deliveries d
    set attempts = d.attempts + 1, last_attempt_at = coalesce(${now}::timestamptz, now()),
      next_attempt_at = coalesce(${now}::timestamptz, now()) + make_interval(secs => ${leaseMs / 1_000})
    from taken, webhook_endpoints e
    where d.id = taken.id and e.id = d.endpoint_id and e.is_active and e.paused_at is null
    returning d.id, d.owner_id, d.endpoint_id, d.event, d.payload, d.attempts, e.url, e.secret,
      case when e.previous_until > coalesce(${now}::timestamptz, now()) then e.previous_secret end as previous_secret`;
}

/** Takes one delivery that is held for an attempt at once; null when it is not there. */
export async function claimDelivery(sql: Sql, id: DeliveryId): Promise<ClaimedDelivery | null> {
  const rows = await sql<ClaimedDelivery>`
    update webhook_deliveries d
    set status = 'pending', attempts = 1, last_attempt_at = now(), next_attempt_at = now() + interval '90 seconds'
    from webhook_endpoints e
    where d.id = ${id} and d.status = 'held' and e.id = d.endpoint_id
    returning d.id, d.owner_id, d.endpoint_id, d.event, d.payload, d.attempts, e.url, e.secret,
      case when e.previous_until > now() then e.previous_secret end as previous_secret`;
  return rows[0] ?? null;
}

/**
 * Notes how an attempt went. False when somebody else has the delivery by now: it was replayed, or the lease ran out and
 * another sender took it.
 */
export async function noteAttempt(
  sql: Sql,
  claimed: { id: DeliveryId; attempts: number },
  result: AttemptResult,
  /** Milliseconds from now; null makes a failed delivery dead. */
  retryMs: number | null,
  now: Date | null,
): Promise<boolean> {
  const status: DeliveryStatus =
    result.errorMessage === null ? 'delivered' : retryMs === null ? 'dead' : 'pending';
  const rows = await sql`
    update webhook_deliveries
    set status = ${status},
      next_attempt_at = case when ${status === 'pending'}
        then coalesce(${now}::timestamptz, now()) + make_interval(secs => ${(retryMs ?? 0) / 1_000}) end,
      delivered_at = case when ${status === 'delivered'} then coalesce(${now}::timestamptz, now()) end,
      response_status = ${result.responseStatus}, response_excerpt = ${result.responseExcerpt},
      error_message = ${result.errorMessage}, duration_ms = ${result.durationMs}
    where id = ${claimed.id} and attempts = ${claimed.attempts} and status = 'pending'
    returning id`;
  return rows.length === 1;
}

/** True when the endpoint has taken nothing since the delivery was made. */
export async function tookNothingSince(
  sql: Sql,
  endpointId: WebhookId,
  id: DeliveryId,
): Promise<boolean> {
  const rows = await sql`
    select from webhook_deliveries d
    where d.endpoint_id = ${endpointId}
      and d.delivered_at > (select created_at from webhook_deliveries where id = ${id}) limit 1`;
  return rows.length === 0;
}

/** What waits for a paused endpoint. */
export async function holdDeliveries(sql: Sql, endpointId: WebhookId): Promise<void> {
  await sql`
    update webhook_deliveries set status = 'held', next_attempt_at = null
    where endpoint_id = ${endpointId} and status = 'pending'`;
}

/** What was held is sent again, with all its attempts. */
export async function releaseDeliveries(sql: Sql, endpointId: WebhookId): Promise<void> {
  await sql`
    update webhook_deliveries set status = 'pending', next_attempt_at = now(), attempts = 0
    where endpoint_id = ${endpointId} and status = 'held'`;
}

/** null when the endpoint of the actor has no such delivery. */
export async function findDelivery(
  sql: Sql,
  actor: Actor,
  endpointId: WebhookId,
  id: DeliveryId,
): Promise<(Delivery & { payload: Record<string, unknown> }) | null> {
  const rows = await sql<Delivery & { payload: Record<string, unknown> }>`
    select ${columns}, d.payload from webhook_deliveries d
    where d.id = ${id} and d.endpoint_id = ${endpointId} and d.owner_id = ${actor.userId}`;
  return rows[0] ?? null;
}

/** Newest first; one more than `limit`. */
export async function listDeliveries(
  sql: Sql,
  actor: Actor,
  endpointId: WebhookId,
  query: { status: DeliveryStatus | null; before: string | null; limit: number },
): Promise<Delivery[]> {
  const { status, before, limit } = query;
  return sql<Delivery>`
    select ${columns} from webhook_deliveries d
    where d.endpoint_id = ${endpointId} and d.owner_id = ${actor.userId}
      and (${status}::text is null or d.status = ${status})
      and (${before}::uuid is null or d.id < ${before}::uuid)
    order by d.id desc limit ${literalInteger(limit + 1)}`;
}

const again = fragment`
  status = 'pending', next_attempt_at = now(), attempts = 0, delivered_at = null, response_status = null,
  response_excerpt = null, error_message = null`;

/** A new attempt of the same row. False when the actor has no such delivery. */
export async function replayDelivery(
  sql: Sql,
  actor: Actor,
  endpointId: WebhookId,
  id: DeliveryId,
): Promise<boolean> {
  const rows = await sql`
    update webhook_deliveries set ${again}
    where id = ${id} and endpoint_id = ${endpointId} and owner_id = ${actor.userId} returning id`;
  return rows.length === 1;
}

/** Every finished delivery of an event since an instant, or only those that were never taken; resolves to how many. */
export async function replayDeliveries(
  sql: Sql,
  actor: Actor,
  endpointId: WebhookId,
  query: { since: Date; statuses: readonly DeliveryStatus[] },
): Promise<number> {
  const rows = await sql`
    update webhook_deliveries set ${again}
    where endpoint_id = ${endpointId} and owner_id = ${actor.userId} and created_at >= ${query.since}
      and status = any(${query.statuses}::text[])
    returning id`;
  return rows.length;
}

/** Forgets deliveries older than that, whatever became of them; resolves to how many. */
export async function deleteOldDeliveries(sql: Sql, before: Date, limit: number): Promise<number> {
  const rows = await sql`
    delete from webhook_deliveries where id in (
      select id from webhook_deliveries
      where created_at < ${before} and status <> 'pending' limit ${limit})
    returning id`;
  return rows.length;
}

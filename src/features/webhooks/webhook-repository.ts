import type { Sql } from '#db/database.ts';
import { fragment } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import type { UserId, WebhookId } from '#kernel/ids.ts';
import type { Webhook, WebhookEvent } from './webhook.ts';

const columns = fragment`
  e.id, e.owner_id, e.url, e.description, e.events, e.is_active, e.paused_at, e.pause_reason, e.previous_until,
  e.created_at, e.updated_at`;

/** Throws `webhook.conflict` for an address the owner has already, `webhook.invalid` for what the schema refuses. */
export async function insertWebhook(
  sql: Sql,
  actor: Actor,
  webhook: {
    id: WebhookId;
    url: string;
    description: string | null;
    events: readonly WebhookEvent[];
    secret: Uint8Array;
  },
): Promise<void> {
  await sql`
    insert into webhook_endpoints (id, owner_id, url, description, events, secret)
    values (${webhook.id}, ${actor.userId}, ${webhook.url}, ${webhook.description}, ${webhook.events}::text[],
      ${webhook.secret})`;
}

/** Oldest first; an owner has a handful. */
export async function listWebhooks(sql: Sql, actor: Actor): Promise<Webhook[]> {
  return sql<Webhook>`
    select ${columns} from webhook_endpoints e where e.owner_id = ${actor.userId} order by e.id limit 100`;
}

export async function countWebhooks(sql: Sql, actor: Actor): Promise<number> {
  const rows = await sql<{ count: number }>`
    select count(*) as count from webhook_endpoints where owner_id = ${actor.userId}`;
  return rows[0]?.count ?? 0;
}

/** null when it is not there or not the actor's. */
export async function findWebhook(sql: Sql, actor: Actor, id: WebhookId): Promise<Webhook | null> {
  const rows = await sql<Webhook>`
    select ${columns} from webhook_endpoints e where e.id = ${id} and e.owner_id = ${actor.userId}`;
  return rows[0] ?? null;
}

export interface WebhookChange {
  url?: string | undefined;
  description?: string | null | undefined;
  events?: readonly WebhookEvent[] | undefined;
  /** True also ends a pause. */
  isActive?: boolean | undefined;
}

/** Undefined leaves a field as it is. False when the actor has no such endpoint. */
export async function updateWebhook(
  sql: Sql,
  actor: Actor,
  id: WebhookId,
  change: WebhookChange,
): Promise<boolean> {
  const rows = await sql`
    update webhook_endpoints set
      url = coalesce(${change.url ?? null}, url),
      description = case when ${change.description !== undefined} then ${change.description ?? null} else description end,
      events = coalesce(${change.events ?? null}::text[], events),
      is_active = coalesce(${change.isActive ?? null}::boolean, is_active),
      paused_at = case when ${change.isActive ?? null}::boolean then null else paused_at end,
      pause_reason = case when ${change.isActive ?? null}::boolean then null else pause_reason end
    where id = ${id} and owner_id = ${actor.userId} returning id`;
  return rows.length === 1;
}

/** The secret becomes the previous one and signs until `previousUntil`. False when the actor has no such endpoint. */
export async function rotateSecret(
  sql: Sql,
  actor: Actor,
  id: WebhookId,
  secret: Uint8Array,
  previousUntil: Date,
): Promise<boolean> {
  const rows = await sql`
    update webhook_endpoints
    set previous_secret = secret, previous_until = ${previousUntil}, secret = ${secret}
    where id = ${id} and owner_id = ${actor.userId} returning id`;
  return rows.length === 1;
}

/** Its deliveries go with it. False when the actor has no such endpoint. */
export async function deleteWebhook(sql: Sql, actor: Actor, id: WebhookId): Promise<boolean> {
  const rows = await sql`
    delete from webhook_endpoints where id = ${id} and owner_id = ${actor.userId} returning id`;
  return rows.length === 1;
}

/** Endpoints of an owner that want an event now, locked against removal until the transaction ends. */
export async function lockListeners(
  sql: Sql,
  ownerId: UserId,
  event: string,
): Promise<{ id: WebhookId; isPaused: boolean }[]> {
  return sql<{ id: WebhookId; isPaused: boolean }>`
    select e.id, e.paused_at is not null as is_paused from webhook_endpoints e
    where e.owner_id = ${ownerId} and e.is_active and e.events @> array[${event}]
    order by e.id for no key update`;
}

/** Nothing is sent to it from now on. False when it was paused already. */
export async function pauseWebhook(sql: Sql, id: WebhookId, reason: string): Promise<boolean> {
  const rows = await sql`
    update webhook_endpoints set paused_at = now(), pause_reason = ${reason}
    where id = ${id} and paused_at is null returning id`;
  return rows.length === 1;
}

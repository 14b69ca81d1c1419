import { randomUUID } from 'node:crypto';
import type { Actor } from '#features/identity/index.ts';
import { raise } from '#kernel/app-error.ts';
import { decodeIdCursor, pageOf } from '#kernel/cursor.ts';
import type { DeliveryId, WebhookId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { type SendDeps, sendDelivery } from './send-delivery.ts';
import {
  claimDelivery,
  findDelivery,
  insertDeliveries,
  listDeliveries,
  replayDeliveries,
  replayDelivery,
} from './webhook-delivery-repository.ts';
import type { Delivery, DeliveryStatus } from './webhook-delivery.ts';
import { recordAttempt } from './webhook-sender.ts';
import { type WebhookDeps, getWebhook } from './webhook-service.ts';
import { deliveryNotFound, pingEvent } from './webhook.ts';

export interface DeliveryDeps extends WebhookDeps, SendDeps {
  /** Something is due: the sender shall look. */
  onDue?: () => void;
}

/** Newest first. Throws `webhook.not_found`. */
export async function getDeliveryPage(
  deps: DeliveryDeps,
  actor: Actor,
  webhookId: WebhookId,
  query: { status: DeliveryStatus | undefined; cursor: string | undefined; limit: number },
): Promise<{ items: Delivery[]; nextCursor: string | null }> {
  await getWebhook(deps, actor, webhookId);
  const { status = null, cursor, limit } = query;
  const before = cursor === undefined ? null : decodeIdCursor(cursor);
  const page = { status, before, limit };
  const rows = await listDeliveries(deps.database.as(actor), actor, webhookId, page);
  return pageOf(rows, limit, (delivery) => [delivery.id]);
}

/** Throws `webhook.not_found`. */
export async function getDelivery(
  deps: DeliveryDeps,
  actor: Actor,
  webhookId: WebhookId,
  id: DeliveryId,
): Promise<Delivery & { payload: Record<string, unknown> }> {
  await getWebhook(deps, actor, webhookId);
  const found = await findDelivery(deps.database.as(actor), actor, webhookId, id);
  return found ?? raise(deliveryNotFound(id));
}

/** Sends it once more, under the same id. Throws `webhook.not_found`. */
export async function replayOne(
  deps: DeliveryDeps,
  actor: Actor,
  webhookId: WebhookId,
  id: DeliveryId,
): Promise<Delivery & { payload: Record<string, unknown> }> {
  await getWebhook(deps, actor, webhookId);
  const isThere = await replayDelivery(deps.database.as(actor), actor, webhookId, id);
  if (!isThere) throw deliveryNotFound(id);
  deps.onDue?.();
  return getDelivery(deps, actor, webhookId, id);
}

/** Sends again what was told since an instant; resolves to how many. Throws `webhook.not_found`. */
export async function replaySince(
  deps: DeliveryDeps,
  actor: Actor,
  webhookId: WebhookId,
  query: { since: Date; onlyDead: boolean },
): Promise<number> {
  await getWebhook(deps, actor, webhookId);
  const statuses: DeliveryStatus[] = query.onlyDead ? ['dead'] : ['dead', 'delivered'];
  const wish = { since: query.since, statuses };
  const count = await replayDeliveries(deps.database.as(actor), actor, webhookId, wish);
  deps.onDue?.();
  return count;
}

/** One attempt of a test event at once, never repeated; resolves to how it went. Throws `webhook.not_found`. */
export async function pingWebhook(
  deps: DeliveryDeps,
  actor: Actor,
  webhookId: WebhookId,
): Promise<Delivery & { payload: Record<string, unknown> }> {
  const { ownerId } = await getWebhook(deps, actor, webhookId);
  const id = newId<DeliveryId>();
  const sql = deps.database.as(actor);
  const event = {
    id,
    ownerId,
    endpointId: webhookId,
    eventId: randomUUID(),
    event: pingEvent,
    payload: { type: pingEvent, timestamp: new Date().toISOString(), sequence: 0, data: {} },
  };
  // Held, so that no sender takes it.
  await insertDeliveries(sql, [{ ...event, isHeld: true }]);
  const claimed = (await claimDelivery(sql, id)) ?? raise(deliveryNotFound(id));
  const result = await sendDelivery(deps, claimed, AbortSignal.timeout(60_000));
  await recordAttempt(deps.database, claimed, result, { retryMs: null, mayPause: false });
  return getDelivery(deps, actor, webhookId, id);
}

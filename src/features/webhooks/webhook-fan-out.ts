import { z } from 'zod';
import type { DeliveryId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { OutboxHandler } from '#queue/outbox-publisher.ts';
import { insertDeliveries } from './webhook-delivery-repository.ts';
import { lockListeners } from './webhook-repository.ts';

/** What migration V018 writes to the outbox under the topic `webhook.event`. */
const toldSchema = z.object({
  eventId: z.uuid(),
  event: z.string(),
  occurredAt: z.iso.datetime(),
  data: z.record(z.string(), z.unknown()),
});

/**
 * Tells of `webhook.event` in the outbox: one delivery for each endpoint that wants the event now, in the transaction
 * that marks the event as told. `onWritten` is called before it commits.
 */
export function createWebhookFanOut(onWritten: () => void): OutboxHandler {
  return async ({ id, ownerId, payload }, sql) => {
    if (ownerId === null) return;
    const { eventId, event, occurredAt, data } = toldSchema.parse(payload);
    const listeners = await lockListeners(sql, ownerId, event);
    await insertDeliveries(
      sql,
      listeners.map((listener) => ({
        id: newId<DeliveryId>(),
        ownerId,
        endpointId: listener.id,
        eventId,
        event,
        payload: { type: event, timestamp: occurredAt, sequence: id, data },
        isHeld: listener.isPaused,
      })),
    );
    if (listeners.length > 0) onWritten();
  };
}

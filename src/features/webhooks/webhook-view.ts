import type { Delivery } from './webhook-delivery.ts';
import type { DeliveryView, WebhookView } from './webhook-schema.ts';
import type { WebhookWithSecret } from './webhook-service.ts';
import type { Webhook } from './webhook.ts';

export function presentWebhook(webhook: Webhook): WebhookView {
  const { ownerId: _, previousUntil, pausedAt, createdAt, updatedAt, ...rest } = webhook;
  const isSigning = previousUntil !== null && previousUntil > new Date();
  return {
    ...rest,
    pausedAt: pausedAt?.toISOString() ?? null,
    previousSecretUntil: isSigning ? previousUntil.toISOString() : null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export function presentWithSecret({ webhook, secret }: WebhookWithSecret) {
  return { webhook: presentWebhook(webhook), secret };
}

export function presentDelivery(delivery: Delivery): DeliveryView {
  const { id, event, status, attempts, durationMs, responseStatus, responseExcerpt } = delivery;
  return {
    id,
    event,
    status,
    attempts,
    durationMs,
    responseStatus,
    responseExcerpt,
    errorMessage: delivery.errorMessage,
    nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
    lastAttemptAt: delivery.lastAttemptAt?.toISOString() ?? null,
    createdAt: delivery.createdAt.toISOString(),
    deliveredAt: delivery.deliveredAt?.toISOString() ?? null,
  };
}

export function presentWithPayload(delivery: Delivery & { payload: Record<string, unknown> }) {
  return { ...presentDelivery(delivery), payload: delivery.payload };
}

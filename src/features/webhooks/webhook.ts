import { AppError } from '#kernel/app-error.ts';
import type { UserId, WebhookId } from '#kernel/ids.ts';

/** What can be heard of. The triggers of migration V018 write them, in the transaction of the change. */
export const webhookEvents = [
  'document.completed',
  'document.failed',
  'review.requested',
  'review.completed',
  'zone.corrected',
  'export.ready',
  'export.failed',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** Sent on demand alone, to try an endpoint out. */
export const pingEvent = 'webhook.ping';

/** An address that is told of events, without its secrets. */
export interface Webhook {
  id: WebhookId;
  ownerId: UserId;
  url: string;
  description: string | null;
  events: WebhookEvent[];
  /** False while its owner has switched it off: what happens then is not kept for it. */
  isActive: boolean;
  /** Since when nothing is sent because nothing was taken; deliveries wait meanwhile. */
  pausedAt: Date | null;
  pauseReason: string | null;
  /** Until when the secret before the last rotation signs as well. */
  previousUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** Endpoints that one owner may have. */
export const mostWebhooks = 20;

/** How long the old secret signs beside the new one after a rotation. */
export const rotationMs = 24 * 3_600_000;

export function webhookNotFound(id: string): AppError {
  return new AppError('webhook.not_found', `There is no webhook ${id} of yours.`);
}

export function deliveryNotFound(id: string): AppError {
  return new AppError('webhook.not_found', `This webhook has no delivery ${id}.`);
}

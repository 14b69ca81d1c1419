import type { TextKey } from '#app/i18n/translate.ts';
import type { WebhookEvent } from '#api/api-model.ts';

/** What each event is called. */
export const eventTexts: Readonly<Record<WebhookEvent, TextKey>> = {
  'document.completed': 'webhooks.event.documentCompleted',
  'document.failed': 'webhooks.event.documentFailed',
  'review.requested': 'webhooks.event.reviewRequested',
  'review.completed': 'webhooks.event.reviewCompleted',
  'zone.corrected': 'webhooks.event.zoneCorrected',
  'export.ready': 'webhooks.event.exportReady',
  'export.failed': 'webhooks.event.exportFailed',
};

/** In the order of the form. */
export const webhookEvents = [
  'document.completed',
  'document.failed',
  'review.requested',
  'review.completed',
  'zone.corrected',
  'export.ready',
  'export.failed',
] as const satisfies readonly WebhookEvent[];

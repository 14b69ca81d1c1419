import type {
  List,
  Webhook,
  WebhookDelivery,
  WebhookWish,
  WebhookWithSecret,
} from './api-model.ts';
import { sendRequest } from './http-request.ts';

/** Lists the webhooks of the account, oldest first. */
export async function listWebhooks(signal: AbortSignal): Promise<Webhook[]> {
  const { data } = await sendRequest<{ items: Webhook[] }>('/v1/webhooks', { signal });
  return data.items;
}

/** Adds an address that is told of events. The secret is in this answer and nowhere else. */
export async function addWebhook(wish: WebhookWish): Promise<WebhookWithSecret> {
  const { data } = await sendRequest<WebhookWithSecret>('/v1/webhooks', {
    method: 'POST',
    body: wish,
  });
  return data;
}

/** Switches a webhook on or off; switching on also ends a pause. */
export async function switchWebhook(change: { id: string; isActive: boolean }): Promise<void> {
  const { id, isActive } = change;
  await sendRequest(webhookPath(id), { method: 'PATCH', body: { isActive } });
}

/** Gives a webhook a new secret; the old one signs beside it for a day. */
export async function rotateWebhookSecret(webhookId: string): Promise<WebhookWithSecret> {
  const { data } = await sendRequest<WebhookWithSecret>(`${webhookPath(webhookId)}/rotate-secret`, {
    method: 'POST',
  });
  return data;
}

/** Sends a test event now, and gives how it went. */
export async function pingWebhook(webhookId: string): Promise<WebhookDelivery> {
  const { data } = await sendRequest<WebhookDelivery>(`${webhookPath(webhookId)}/ping`, {
    method: 'POST',
  });
  return data;
}

/** Deletes a webhook with its log. */
export async function removeWebhook(webhookId: string): Promise<void> {
  await sendRequest(webhookPath(webhookId), { method: 'DELETE' });
}

/** Lists what was sent to a webhook, newest first. */
export async function listDeliveries(
  webhookId: string,
  query: { cursor?: string | undefined; limit: number },
  signal: AbortSignal,
): Promise<List<WebhookDelivery>> {
  const { data } = await sendRequest<List<WebhookDelivery>>(
    `${webhookPath(webhookId)}/deliveries`,
    { query, signal },
  );
  return data;
}

/** Sends one delivery again, under the same id. */
export async function replayDelivery(delivery: { webhookId: string; id: string }): Promise<void> {
  const { webhookId, id } = delivery;
  const path = `${webhookPath(webhookId)}/deliveries/${encodeURIComponent(id)}/replay`;
  await sendRequest(path, { method: 'POST' });
}

function webhookPath(webhookId: string): string {
  return `/v1/webhooks/${encodeURIComponent(webhookId)}`;
}

import { createBlobPurger, createDocumentTeller } from '#features/documents/index.ts';
import { createWebhookFanOut } from '#features/webhooks/index.ts';
import { OutboxPublisher } from '#queue/outbox-publisher.ts';
import type { StartService, Parts } from './build-parts.ts';

/** Every process publishes; what was written is looked for at once when a job has changed somewhere. */
export async function startOutbox(
  parts: Parts,
  startService: StartService,
): Promise<OutboxPublisher> {
  const publisher = new OutboxPublisher({
    ...parts,
    handlers: {
      'document.changed': createDocumentTeller(parts.bells.documents),
      'blob.purge': createBlobPurger(parts.blobs),
      'webhook.event': createWebhookFanOut(() => parts.webhooks.wake()),
    },
  });
  await startService(parts.webhooks);
  await startService(publisher);
  const unlisten = await parts.bells.jobs.listen(() => publisher.wake('document.changed'));
  await startService({ name: 'outbox-wake', start: async () => undefined, stop: unlisten });
  return publisher;
}

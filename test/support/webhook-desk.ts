import { Webhook as Verifier } from 'standardwebhooks';

import { type Actor, localOwner } from '#features/identity/index.ts';
import { WebhookSender, createWebhookFanOut } from '#features/webhooks/index.ts';
import { OutboxPublisher } from '#queue/outbox-publisher.ts';

import type { LoopbackReceiver, ReceivedRequest } from './loopback-receiver.ts';
import { type TestApp, type TestParts, startApp } from './start-app.ts';

/** The API for webhooks with a publisher and a sender that move when the test says so. */
export interface WebhookDesk {
  app: TestApp;
  sender: WebhookSender;
  /** Hands what is in the outbox to the endpoints. */
  fanOut(): Promise<number>;
  /** Fans out, sends what is due at `now`, and resolves when every attempt has ended. */
  deliver(now?: Date): Promise<void>;
  /** Asks the API; the body is parsed. */
  ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
}

export async function openDesk(parts: TestParts, actor: Actor = localOwner): Promise<WebhookDesk> {
  const app = await startApp(parts, {}, undefined, async () => actor);
  const sender = new WebhookSender({ ...parts, timeoutMs: 400, graceMs: 100 });
  const publisher = new OutboxPublisher({
    ...parts,
    handlers: { 'webhook.event': createWebhookFanOut(() => undefined) },
  });
  const fanOut = () => publisher.tick('webhook.event');
  return {
    app,
    sender,
    fanOut,
    async deliver(now) {
      while ((await fanOut()) > 0);
      while ((await sender.tick(now ?? null)) > 0) await sender.idle();
    },
    async ask(method, path, body) {
      const answer = await fetch(`${app.url}${path}`, {
        method,
        ...(body !== undefined && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
    },
  };
}

/** Throws when the signature of a request is not that of the secret; resolves to the parsed body. */
export function verified(secret: string, request: ReceivedRequest | undefined): unknown {
  if (request === undefined) throw new Error('nothing was received');
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  return new Verifier(secret).verify(request.body, headers);
}

/** The ids of what a receiver was sent. */
export function messageIds({ received }: LoopbackReceiver): string[] {
  return received.map((request) => String(request.headers['webhook-id']));
}

import type { Database } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { AppError, raise } from '#kernel/app-error.ts';
import type { WebhookId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { SecretBox } from '#kernel/secret-box.ts';
import type { Outgoing } from '#outgoing/outgoing.ts';
import { holdDeliveries, releaseDeliveries } from './webhook-delivery-repository.ts';
import {
  type WebhookChange,
  countWebhooks,
  deleteWebhook,
  findWebhook,
  insertWebhook,
  listWebhooks,
  rotateSecret,
  updateWebhook,
} from './webhook-repository.ts';
import { newWebhookSecret, showSecret } from './webhook-secret.ts';
import {
  type Webhook,
  type WebhookEvent,
  mostWebhooks,
  rotationMs,
  webhookNotFound,
} from './webhook.ts';

export interface WebhookDeps {
  database: Database;
  outgoing: Outgoing;
  /** Encrypts the secrets of endpoints. */
  box: SecretBox;
}

/** A webhook and its secret, which is shown this once. */
export interface WebhookWithSecret {
  webhook: Webhook;
  secret: string;
}

/**
 * Throws `outgoing.refused` for an address that is never called, `webhook.conflict` for one the actor has already,
 * `webhook.invalid` for too many.
 */
export async function createWebhook(
  deps: WebhookDeps,
  actor: Actor,
  wish: { url: string; description: string | null; events: readonly WebhookEvent[] },
): Promise<WebhookWithSecret> {
  refuseLinks(actor);
  deps.outgoing.checkUrl(wish.url);
  const id = newId<WebhookId>();
  const secret = newWebhookSecret();
  await deps.database.transaction(
    async (sql) => {
      if ((await countWebhooks(sql, actor)) >= mostWebhooks) throw tooMany();
      await insertWebhook(sql, actor, { ...wish, id, secret: deps.box.seal(secret, id) });
    },
    { actor },
  );
  return { webhook: await getWebhook(deps, actor, id), secret: showSecret(secret) };
}

export async function getWebhooks(deps: WebhookDeps, actor: Actor): Promise<Webhook[]> {
  refuseLinks(actor);
  return listWebhooks(deps.database.as(actor), actor);
}

/** Throws `webhook.not_found`. */
export async function getWebhook(deps: WebhookDeps, actor: Actor, id: WebhookId): Promise<Webhook> {
  refuseLinks(actor);
  return (await findWebhook(deps.database.as(actor), actor, id)) ?? raise(webhookNotFound(id));
}

/**
 * Switching on ends a pause and sends what was held; switching off keeps back what has not been sent. Throws
 * `webhook.not_found`, `webhook.conflict` and `outgoing.refused`.
 */
export async function changeWebhook(
  deps: WebhookDeps,
  actor: Actor,
  id: WebhookId,
  change: WebhookChange,
): Promise<Webhook> {
  refuseLinks(actor);
  if (change.url !== undefined) deps.outgoing.checkUrl(change.url);
  await deps.database.transaction(
    async (sql) => {
      if (!(await updateWebhook(sql, actor, id, change))) throw webhookNotFound(id);
      if (change.isActive === true) await releaseDeliveries(sql, id);
      if (change.isActive === false) await holdDeliveries(sql, id);
    },
    { actor },
  );
  return getWebhook(deps, actor, id);
}

/** A new secret; the old one signs beside it for a day. Throws `webhook.not_found`. */
export async function rotateWebhookSecret(
  deps: WebhookDeps,
  actor: Actor,
  id: WebhookId,
): Promise<WebhookWithSecret> {
  refuseLinks(actor);
  const secret = newWebhookSecret();
  const sealed = deps.box.seal(secret, id);
  const until = new Date(Date.now() + rotationMs);
  const isThere = await rotateSecret(deps.database.as(actor), actor, id, sealed, until);
  if (!isThere) throw webhookNotFound(id);
  return { webhook: await getWebhook(deps, actor, id), secret: showSecret(secret) };
}

/** Throws `webhook.not_found`. */
export async function removeWebhook(deps: WebhookDeps, actor: Actor, id: WebhookId): Promise<void> {
  refuseLinks(actor);
  if (!(await deleteWebhook(deps.database.as(actor), actor, id))) throw webhookNotFound(id);
}

/** Whoever follows a link to one document has no webhooks. */
function refuseLinks(actor: Actor): void {
  if (actor.kind !== 'link') return;
  throw new AppError('access.denied', 'A share link does not open webhooks. Sign in first.');
}

function tooMany(): AppError {
  return new AppError(
    'webhook.invalid',
    `There may be ${mostWebhooks} webhooks. Delete one first.`,
  );
}

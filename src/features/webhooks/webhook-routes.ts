import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { WebhookId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import { deliveryRoutes } from './webhook-delivery-routes.ts';
import type { DeliveryDeps } from './webhook-delivery-service.ts';
import {
  webhookChangeSchema,
  webhookCreateSchema,
  webhookListSchema,
  webhookParamsSchema,
  webhookSchema,
  webhookWithSecretSchema,
} from './webhook-schema.ts';
import {
  changeWebhook,
  createWebhook,
  getWebhook,
  getWebhooks,
  removeWebhook,
  rotateWebhookSecret,
} from './webhook-service.ts';
import { presentWebhook, presentWithSecret } from './webhook-view.ts';

const tags = ['webhooks'];
const id = (params: { webhookId: string }) => asId<WebhookId>(params.webhookId);

export function webhookRoutes(deps: DeliveryDeps): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(deliveryRoutes(deps));
    app.get('/v1/webhooks', {
      schema: {
        tags,
        summary: 'Your webhooks, oldest first',
        response: { 200: webhookListSchema },
      },
      handler: async ({ actor }) => {
        return { items: (await getWebhooks(deps, actor)).map(presentWebhook) };
      },
    });

    app.post('/v1/webhooks', {
      schema: {
        tags,
        summary: 'Have an address told of events; the answer holds its secret, this once',
        body: webhookCreateSchema,
        response: { 201: webhookWithSecretSchema },
      },
      handler: async ({ actor, body }, reply) => {
        const made = await createWebhook(deps, actor, body);
        return reply
          .status(201)
          .header('location', `/v1/webhooks/${made.webhook.id}`)
          .header('cache-control', 'no-store')
          .send(presentWithSecret(made));
      },
    });

    app.get('/v1/webhooks/:webhookId', {
      schema: {
        tags,
        summary: 'One webhook',
        params: webhookParamsSchema,
        response: { 200: webhookSchema },
      },
      handler: async ({ actor, params }) =>
        presentWebhook(await getWebhook(deps, actor, id(params))),
    });

    app.patch('/v1/webhooks/:webhookId', {
      schema: {
        tags,
        summary: 'Change a webhook; switching it on ends a pause and sends what was held',
        params: webhookParamsSchema,
        body: webhookChangeSchema,
        response: { 200: webhookSchema },
      },
      handler: async ({ actor, params, body }) =>
        presentWebhook(await changeWebhook(deps, actor, id(params), body)),
    });

    app.post('/v1/webhooks/:webhookId/rotate-secret', {
      schema: {
        tags,
        summary: 'A new secret, shown this once; the old one signs beside it for a day',
        params: webhookParamsSchema,
        response: { 200: webhookWithSecretSchema },
      },
      handler: async ({ actor, params }, reply) => {
        const rotated = await rotateWebhookSecret(deps, actor, id(params));
        return reply.header('cache-control', 'no-store').send(presentWithSecret(rotated));
      },
    });

    app.delete('/v1/webhooks/:webhookId', {
      schema: {
        tags,
        summary: 'Delete a webhook with its log',
        params: webhookParamsSchema,
        response: { 204: z.null() },
      },
      handler: async ({ actor, params }, reply) => {
        await removeWebhook(deps, actor, id(params));
        return reply.status(204).send(null);
      },
    });
  };
}

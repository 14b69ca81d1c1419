import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { DeliveryId, WebhookId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import {
  type DeliveryDeps,
  getDelivery,
  getDeliveryPage,
  pingWebhook,
  replayOne,
  replaySince,
} from './webhook-delivery-service.ts';
import {
  deliveryListQuerySchema,
  deliveryListSchema,
  deliveryParamsSchema,
  deliveryWithPayloadSchema,
  replaySchema,
  replayedSchema,
  webhookParamsSchema,
} from './webhook-schema.ts';
import { presentDelivery, presentWithPayload } from './webhook-view.ts';

const tags = ['webhooks'];
const id = (params: { webhookId: string }) => asId<WebhookId>(params.webhookId);
const deliveryId = (params: { deliveryId: string }) => asId<DeliveryId>(params.deliveryId);

/** The log of a webhook, and sending again. */
export function deliveryRoutes(deps: DeliveryDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/webhooks/:webhookId/deliveries', {
      schema: {
        tags,
        summary: 'What was sent to a webhook and how it went, newest first',
        params: webhookParamsSchema,
        querystring: deliveryListQuerySchema,
        response: { 200: deliveryListSchema },
      },
      handler: async ({ actor, params, query: { status, cursor, limit } }) => {
        const page = await getDeliveryPage(deps, actor, id(params), { status, cursor, limit });
        return { ...page, items: page.items.map(presentDelivery) };
      },
    });

    app.get('/v1/webhooks/:webhookId/deliveries/:deliveryId', {
      schema: {
        tags,
        summary: 'One delivery with the body that is sent',
        params: deliveryParamsSchema,
        response: { 200: deliveryWithPayloadSchema },
      },
      handler: async ({ actor, params }) =>
        presentWithPayload(await getDelivery(deps, actor, id(params), deliveryId(params))),
    });

    app.post('/v1/webhooks/:webhookId/deliveries/:deliveryId/replay', {
      schema: {
        tags,
        summary: 'Send a delivery again, under the same id',
        params: deliveryParamsSchema,
        response: { 202: deliveryWithPayloadSchema },
      },
      handler: async ({ actor, params }, reply) => {
        const delivery = await replayOne(deps, actor, id(params), deliveryId(params));
        return reply.status(202).send(presentWithPayload(delivery));
      },
    });

    app.post('/v1/webhooks/:webhookId/replay', {
      schema: {
        tags,
        summary: 'Send again what happened since an instant',
        params: webhookParamsSchema,
        body: replaySchema,
        response: { 202: replayedSchema },
      },
      handler: async ({ actor, params, body: { since, onlyDead } }, reply) => {
        const query = { since: new Date(since), onlyDead };
        const count = await replaySince(deps, actor, id(params), query);
        return reply.status(202).send({ count });
      },
    });

    app.post('/v1/webhooks/:webhookId/ping', {
      schema: {
        tags,
        summary: 'Send a test event now, once, and see the answer',
        params: webhookParamsSchema,
        response: { 200: deliveryWithPayloadSchema },
      },
      handler: async ({ actor, params }) =>
        presentWithPayload(await pingWebhook(deps, actor, id(params))),
    });
  };
}

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiKeyId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import {
  keyCreateSchema,
  keyListSchema,
  keyParamsSchema,
  madeKeySchema,
  presentKey,
} from './api-key-schema.ts';
import type { ApiKeyDeps } from './api-key-service.ts';
import { createKey, endKey, getKeys } from './api-key-service.ts';

const tags = ['keys'];

export function apiKeyRoutes(deps: ApiKeyDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/keys', {
      schema: {
        tags,
        summary: 'Your API keys, the living ones first',
        response: { 200: keyListSchema },
      },
      handler: async ({ actor }) => ({ items: (await getKeys(deps, actor)).map(presentKey) }),
    });

    app.post('/v1/keys', {
      schema: {
        tags,
        summary: 'Make an API key',
        description: 'The key is in the answer and nowhere else: it cannot be shown again.',
        body: keyCreateSchema,
        response: { 201: madeKeySchema },
      },
      handler: async ({ actor, body }, reply) => {
        const expiresAt = body.expiresAt === null ? null : new Date(body.expiresAt);
        const { apiKey, key } = await createKey(deps, actor, { ...body, expiresAt });
        return reply
          .status(201)
          .header('cache-control', 'no-store')
          .send({ apiKey: presentKey(apiKey), key });
      },
    });

    app.delete('/v1/keys/:keyId', {
      schema: {
        tags,
        summary: 'Revoke an API key at once',
        params: keyParamsSchema,
        response: { 204: z.null() },
      },
      handler: async ({ actor, params }, reply) => {
        await endKey(deps, actor, asId<ApiKeyId>(params.keyId));
        return reply.status(204).send(null);
      },
    });
  };
}

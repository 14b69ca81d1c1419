import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { usageQuerySchema, usageSchema } from './usage-schema.ts';
import type { UsageDeps } from './usage-service.ts';
import { getUsage } from './usage-service.ts';

export function usageRoutes(deps: UsageDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/usage', {
      schema: {
        tags: ['usage'],
        summary:
          'Pages read, searches asked and bytes stored, per UTC day, and what of the limits is used; 30 days by default',
        querystring: usageQuerySchema,
        response: { 200: usageSchema },
      },
      handler: ({ actor, query }) => getUsage(deps, actor, query),
    });
  };
}

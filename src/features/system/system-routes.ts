import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { SystemView } from './system-schema.ts';
import { systemSchema } from './system-schema.ts';

export interface SystemDeps {
  describeSystem(): Promise<SystemView>;
}

export function systemRoutes(deps: SystemDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/system', {
      schema: {
        tags: ['system'],
        summary: 'Engines, limits and what is missing on this machine',
        response: { 200: systemSchema },
      },
      handler: () => deps.describeSystem(),
    });
  };
}

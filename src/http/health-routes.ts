import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';

const healthSchema = z.object({ status: z.enum(['ok', 'stopping', 'unavailable']) });

export interface HealthDeps {
  /** False from the moment the process is asked to stop. */
  isServing(): boolean;
  /** Throws when the database does not answer. */
  checkDatabase(): Promise<void>;
}

export function healthRoutes(deps: HealthDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/health/live', {
      config: { access: 'anyone' },
      schema: { tags: ['system'], summary: 'The process runs', response: { 200: healthSchema } },
      handler: async () => ({ status: 'ok' as const }),
    });

    app.get('/health/ready', {
      config: { access: 'anyone' },
      schema: {
        tags: ['system'],
        summary: 'Requests can be served',
        response: { 200: healthSchema, 503: healthSchema },
      },
      handler: async (request, reply) => {
        if (!deps.isServing()) return reply.status(503).send({ status: 'stopping' as const });
        try {
          await deps.checkDatabase();
          return { status: 'ok' as const };
        } catch (error) {
          request.log.warn({ error }, 'health.not_ready');
          return reply.status(503).send({ status: 'unavailable' as const });
        }
      },
    });
  };
}

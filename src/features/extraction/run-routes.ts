import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { documentParamsSchema } from '#features/documents/index.ts';
import { jobSchema, presentJob } from '#features/jobs/index.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import { runWishSchema } from './run-schema.ts';
import type { RunDeps } from './run-service.ts';
import { startRun } from './run-service.ts';

export function runRoutes(deps: RunDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post('/v1/documents/:documentId/runs', {
      schema: {
        tags: ['jobs'],
        summary: 'Read a document again: all of it, some pages or one stage, with other settings',
        params: documentParamsSchema,
        body: runWishSchema,
        response: { 202: jobSchema },
      },
      handler: async ({ actor, params, body }, reply) => {
        const { stage, pages, priority, settings } = body;
        const job = await startRun(deps, actor, asId<DocumentId>(params.documentId), {
          stage,
          pages,
          priority,
          settings: settings && {
            ...(settings.languages && { languages: settings.languages }),
            ...(settings.ocrDpi !== undefined && { ocrDpi: settings.ocrDpi }),
            ...(settings.forceOcr !== undefined && { forceOcr: settings.forceOcr }),
          },
        });
        return reply.status(202).send(presentJob(job));
      },
    });
  };
}

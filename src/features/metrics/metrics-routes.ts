import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { stageDaysQuerySchema, stageDaysSchema, stageReportSchema } from './metrics-schema.ts';
import type { MetricsDeps } from './metrics-service.ts';
import { getStageDays, getStageReport } from './metrics-service.ts';

const tags = ['metrics'];

export function metricsRoutes(deps: MetricsDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/metrics/stages', {
      schema: {
        tags,
        summary: 'How each stage of the pipeline does; for admins',
        response: { 200: stageReportSchema },
      },
      handler: async ({ actor }) => {
        const { upTo, stages } = await getStageReport(deps, actor);
        return { upTo: upTo?.toISOString() ?? null, stages };
      },
    });

    app.get('/v1/metrics/days', {
      schema: {
        tags,
        summary: 'The same by day; for admins',
        querystring: stageDaysQuerySchema,
        response: { 200: stageDaysSchema },
      },
      handler: async ({ actor, query }) => ({
        items: await getStageDays(deps, actor, query.days),
      }),
    });
  };
}

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { raise } from '#kernel/app-error.ts';
import { asId } from '#kernel/ids.ts';
import type { JobId } from '#kernel/ids.ts';
import { jobNotFound } from './job.ts';
import { jobParamsSchema, jobSubjectSchema } from './job-schema.ts';
import type { JobDeps } from './job-service.ts';
import { findJobWithNames } from './job-subject-repository.ts';

export function jobSubjectRoutes(deps: JobDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/jobs/:jobId/subject', {
      schema: {
        tags: ['jobs'],
        summary:
          'State of one run with the names of its document or entry, and of timetables made of it',
        params: jobParamsSchema,
        response: { 200: jobSubjectSchema },
      },
      handler: async ({ actor, params }) => {
        const found = await findJobWithNames(
          deps.database.as(actor),
          actor,
          asId<JobId>(params.jobId),
        );
        return found ?? raise(jobNotFound(params.jobId));
      },
    });
  };
}

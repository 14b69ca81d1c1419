import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { AccessWatch } from '#features/identity/index.ts';
import { asId } from '#kernel/ids.ts';
import type { JobId } from '#kernel/ids.ts';
import { jobControlRoutes } from './job-control-routes.ts';
import { streamJobs } from './job-events.ts';
import type { JobFeed } from './job-feed.ts';
import {
  jobHistorySchema,
  jobListQuerySchema,
  jobListSchema,
  jobParamsSchema,
  jobSchema,
} from './job-schema.ts';
import type { JobDeps } from './job-service.ts';
import { getJob, getJobHistory, getJobPage } from './job-service.ts';
import { presentHistory, presentJob } from './job-view.ts';

export interface JobRouteDeps extends JobDeps {
  feed: JobFeed;
  accessWatch: AccessWatch;
}

const tags = ['jobs'];

export function jobRoutes(deps: JobRouteDeps): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(jobControlRoutes(deps));
    app.get('/v1/jobs', {
      schema: {
        tags,
        summary: 'List runs, newest first',
        querystring: jobListQuerySchema,
        response: { 200: jobListSchema },
      },
      handler: async ({ actor, query }) => {
        const { status, cursor, limit } = query;
        const page = await getJobPage(deps, actor, { status, cursor, limit });
        return { ...page, items: page.items.map((job) => presentJob(job)) };
      },
    });

    app.get('/v1/jobs/:jobId', {
      schema: {
        tags,
        summary: 'State and progress of one run',
        params: jobParamsSchema,
        response: { 200: jobSchema },
      },
      handler: async ({ actor, params }) =>
        presentJob(await getJob(deps, actor, asId<JobId>(params.jobId))),
    });

    app.get('/v1/jobs/:jobId/history', {
      schema: {
        tags,
        summary: 'Log of one run',
        params: jobParamsSchema,
        response: { 200: jobHistorySchema },
      },
      handler: async ({ actor, params }) => {
        const history = await getJobHistory(deps, actor, asId<JobId>(params.jobId));
        return { items: history.map(presentHistory) };
      },
    });

    app.get('/v1/events', {
      schema: {
        tags,
        summary: 'Server-sent events: a snapshot of every job of yours that changes',
      },
      handler: (request, reply) => streamJobs(request, reply, deps),
    });

    app.get('/v1/jobs/:jobId/events', {
      schema: {
        tags,
        summary: 'Server-sent events of one job; ends when the job has',
        params: jobParamsSchema,
      },
      handler: async (request, reply) => {
        const id = asId<JobId>(request.params.jobId);
        await getJob(deps, request.actor, id);
        await streamJobs(request, reply, deps, id);
      },
    });
  };
}

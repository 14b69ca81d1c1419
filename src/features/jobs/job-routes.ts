import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { asId } from '#kernel/ids.ts';
import type { JobId } from '#kernel/ids.ts';
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
import { cancelJob, getJob, getJobHistory, getJobPage, retryJob } from './job-service.ts';
import { presentHistory, presentJob } from './job-view.ts';

export interface JobRouteDeps extends JobDeps {
  feed: JobFeed;
}

const tags = ['jobs'];

export function jobRoutes(deps: JobRouteDeps): FastifyPluginAsyncZod {
  return async (app) => {
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

    app.post('/v1/jobs/:jobId/retry', {
      schema: {
        tags,
        summary: 'Run a failed job again from where it failed',
        params: jobParamsSchema,
        response: { 202: jobSchema },
      },
      handler: async ({ actor, params }, reply) => {
        const job = await retryJob(deps, actor, asId<JobId>(params.jobId));
        return reply.status(202).send(presentJob(job));
      },
    });

    app.post('/v1/jobs/:jobId/cancel', {
      schema: {
        tags,
        summary: 'End an open job; what was read stays',
        params: jobParamsSchema,
        response: { 200: jobSchema },
      },
      handler: async ({ actor, params }) =>
        presentJob(await cancelJob(deps, actor, asId<JobId>(params.jobId))),
    });

    app.get('/v1/events', {
      schema: {
        tags,
        summary: 'Server-sent events: a snapshot of every job of yours that changes',
      },
      handler: (request, reply) => streamJobs(request, reply, deps.feed),
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
        await streamJobs(request, reply, deps.feed, id);
      },
    });
  };
}

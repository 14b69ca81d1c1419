import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { asId } from '#kernel/ids.ts';
import type { JobId } from '#kernel/ids.ts';
import {
  cancelJob,
  pauseJob,
  prioritiseJob,
  redriveJob,
  resumeJob,
  retryJob,
} from './job-control.ts';
import { jobParamsSchema, jobPatchSchema, jobSchema, queueStatsSchema } from './job-schema.ts';
import type { JobDeps } from './job-service.ts';
import { getQueueStats } from './job-service.ts';
import { presentJob, presentQueueStats } from './job-view.ts';

const tags = ['jobs'];

/** What can be done to a job as a whole: `POST /v1/jobs/{jobId}/{name}`. */
const controls = [
  {
    name: 'retry',
    summary: 'Run a failed job again from where it failed',
    status: 202,
    act: retryJob,
  },
  {
    name: 'redrive',
    summary: 'Try the parts that were set aside anew, also while the others run',
    status: 202,
    act: redriveJob,
  },
  {
    name: 'pause',
    summary: 'Hold a job; what runs is stopped, what was read stays',
    status: 200,
    act: pauseJob,
  },
  { name: 'resume', summary: 'Let a paused job go on', status: 202, act: resumeJob },
  {
    name: 'cancel',
    summary: 'End an open job; what was read stays',
    status: 200,
    act: cancelJob,
  },
] as const;

export function jobControlRoutes(deps: JobDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.patch('/v1/jobs/:jobId', {
      schema: {
        tags,
        summary: 'Change the priority of an open job',
        params: jobParamsSchema,
        body: jobPatchSchema,
        response: { 200: jobSchema },
      },
      handler: async ({ actor, params, body }) =>
        presentJob(await prioritiseJob(deps, actor, asId<JobId>(params.jobId), body.priority)),
    });

    for (const { name, summary, status, act } of controls) {
      app.post(`/v1/jobs/:jobId/${name}`, {
        schema: { tags, summary, params: jobParamsSchema, response: { [status]: jobSchema } },
        handler: async ({ actor, params }, reply) => {
          const job = await act(deps, actor, asId<JobId>(params.jobId));
          return reply.status(status).send(presentJob(job));
        },
      });
    }

    app.get('/v1/queue', {
      schema: {
        tags,
        summary: 'Open work of yours by stage and state, and how the stages did in the last day',
        response: { 200: queueStatsSchema },
      },
      handler: async ({ actor }) => {
        const { open, stages } = await getQueueStats(deps, actor);
        return presentQueueStats(open, stages);
      },
    });
  };
}

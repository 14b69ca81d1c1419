import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { ReviewTaskId, UserId, ZoneId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import { completeTask } from './complete-task.ts';
import type { HitlTask } from './review.ts';
import { priorityName } from './review.ts';
import {
  assignSchema,
  draftSchema,
  nextTaskSchema,
  reviewListQuerySchema,
  reviewListSchema,
  reviewParamsSchema,
  reviewTaskSchema,
} from './review-schema.ts';
import {
  type ReviewDeps,
  assignTask,
  cancelTask,
  claimNext,
  getTask,
  getTaskPage,
  releaseTask,
  saveDraft,
  startTask,
} from './review-service.ts';

const tags = ['review'];

export function reviewRoutes(deps: ReviewDeps): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(queueRoutes(deps));
    await app.register(decisionRoutes(deps));
  };
}

/** Finding and taking tasks. */
function queueRoutes(deps: ReviewDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/review/tasks', {
      schema: {
        tags,
        summary: 'Questions to people, most urgent first; the open ones by default',
        querystring: reviewListQuerySchema,
        response: { 200: reviewListSchema },
      },
      handler: async ({ actor, query }) => {
        const { status, cursor, mine, limit } = query;
        const page = await getTaskPage(deps, actor, { status, cursor, mine, limit });
        return { ...page, items: page.items.map(presentTask) };
      },
    });

    app.post('/v1/review/next', {
      schema: {
        tags,
        summary: 'Take the most urgent waiting task',
        response: { 200: nextTaskSchema },
      },
      handler: async ({ actor }) => {
        const task = await claimNext(deps, actor);
        return { task: task && presentTask(task) };
      },
    });

    app.get('/v1/review/tasks/:taskId', {
      schema: {
        tags,
        summary: 'One task',
        params: reviewParamsSchema,
        response: { 200: reviewTaskSchema },
      },
      handler: async ({ actor, params }) =>
        presentTask(await getTask(deps, actor, asId<ReviewTaskId>(params.taskId))),
    });

    app.post('/v1/review/tasks/:taskId/assign', {
      schema: {
        tags,
        summary: 'Give a waiting task to a reviewer',
        params: reviewParamsSchema,
        body: assignSchema,
        response: { 200: reviewTaskSchema },
      },
      handler: async ({ actor, params, body }) => {
        const reviewer = body.userId === undefined ? actor.userId : asId<UserId>(body.userId);
        const id = asId<ReviewTaskId>(params.taskId);
        return presentTask(await assignTask(deps, actor, id, reviewer));
      },
    });
  };
}

/** Working on a task that one has. */
function decisionRoutes(deps: ReviewDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const steps = {
      start: [startTask, 'Begin; a waiting task is taken first'],
      release: [releaseTask, 'Put a task back into the queue'],
      cancel: [cancelTask, 'Take the question back; the reading stands as it is'],
    } as const;
    for (const [name, [step, summary]] of Object.entries(steps)) {
      app.post(`/v1/review/tasks/:taskId/${name}`, {
        schema: { tags, summary, params: reviewParamsSchema, response: { 200: reviewTaskSchema } },
        handler: async ({ actor, params }) =>
          presentTask(await step(deps, actor, asId<ReviewTaskId>(params.taskId))),
      });
    }

    app.put('/v1/review/tasks/:taskId/draft', {
      schema: {
        tags,
        summary: 'Keep a decision that is not finished; renews your lease',
        params: reviewParamsSchema,
        body: draftSchema,
        response: { 200: reviewTaskSchema },
      },
      handler: async ({ actor, params, body }) => {
        const id = asId<ReviewTaskId>(params.taskId);
        return presentTask(await saveDraft(deps, actor, id, body));
      },
    });

    app.post('/v1/review/tasks/:taskId/complete', {
      schema: {
        tags,
        summary: 'Decide: named zones are changed, what else is in doubt is confirmed',
        params: reviewParamsSchema,
        body: draftSchema,
        response: { 200: reviewTaskSchema },
      },
      handler: async ({ actor, params, body }) => {
        const id = asId<ReviewTaskId>(params.taskId);
        const decision = { zones: body.zones.map(decisionOf), notes: body.notes ?? null };
        return presentTask(await completeTask(deps, actor, id, decision));
      },
    });
  };
}

function decisionOf(zone: z.output<typeof draftSchema>['zones'][number]) {
  return { ...zone, id: asId<ZoneId>(zone.id) };
}

function presentTask({ ownerId, ...task }: HitlTask) {
  void ownerId;
  return {
    ...task,
    priority: priorityName(task.priority),
    leaseExpiresAt: textOf(task.leaseExpiresAt),
    dueAt: textOf(task.dueAt),
    createdAt: task.createdAt.toISOString(),
    assignedAt: textOf(task.assignedAt),
    startedAt: textOf(task.startedAt),
    completedAt: textOf(task.completedAt),
  };
}

function textOf(instant: Date | null): string | null {
  return instant?.toISOString() ?? null;
}

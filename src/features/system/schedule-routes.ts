import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Database } from '#db/database.ts';
import type { Schedule } from '#queue/schedule-repository.ts';
import { listSchedules } from '#queue/schedule-repository.ts';
import type { z } from 'zod';
import type { scheduleSchema } from './schedule-schema.ts';
import { scheduleListSchema } from './schedule-schema.ts';

export function scheduleRoutes(deps: { database: Database }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/schedules', {
      schema: {
        tags: ['system'],
        summary: 'What runs by the clock: when it ran, how it ended, when it is due',
        response: { 200: scheduleListSchema },
      },
      handler: async () => {
        const schedules = await listSchedules(deps.database.sql);
        return { items: schedules.map(presentSchedule) };
      },
    });
  };
}

function presentSchedule(schedule: Schedule): z.infer<typeof scheduleSchema> {
  return {
    ...schedule,
    nextFireAt: schedule.nextFireAt.toISOString(),
    lastFireAt: schedule.lastFireAt?.toISOString() ?? null,
    lastStartedAt: schedule.lastStartedAt?.toISOString() ?? null,
    lastFinishedAt: schedule.lastFinishedAt?.toISOString() ?? null,
  };
}

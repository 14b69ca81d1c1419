import { z } from 'zod';
import { instantSchema } from '#kernel/api-schema.ts';

export const scheduleSchema = z
  .object({
    name: z.string(),
    pattern: z.string().describe('Cron pattern'),
    timezone: z.string(),
    missed: z.enum(['skip', 'run_once']).describe('What happens to firings nobody was there for'),
    nextFireAt: instantSchema,
    lastFireAt: instantSchema.nullable(),
    lastStartedAt: instantSchema.nullable(),
    lastFinishedAt: instantSchema.nullable(),
    lastDurationMs: z.int().nullable(),
    lastError: z.string().nullable().describe('null when the last run succeeded'),
    runs: z.int(),
    running: z.boolean(),
  })
  .meta({ id: 'Schedule' });

export const scheduleListSchema = z.object({ items: z.array(scheduleSchema) });

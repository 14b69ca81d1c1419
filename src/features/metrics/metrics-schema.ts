import { z } from 'zod';
import { fractionSchema, instantSchema } from '#kernel/api-schema.ts';

const figures = {
  stage: z.string(),
  tier: z.string().describe('How pages were read; none when none were'),
  samples: z.int().describe('Attempts that ended'),
  durationAvg: z.number().describe('Milliseconds'),
  durationP95: z.number().describe('Milliseconds, within 19 %'),
  confidenceAvg: fractionSchema.nullable(),
};

export const stageReportSchema = z
  .object({
    upTo: instantSchema
      .nullable()
      .describe('Hours before this instant are in the figures; null before the first rollup'),
    stages: z.array(
      z.object({ ...figures, successRate: fractionSchema.describe('Share that ended well') }),
    ),
  })
  .meta({ id: 'StageReport' });

export const stageDaysSchema = z
  .object({
    items: z.array(
      z.object({
        ...figures,
        day: z.iso.date().describe('In UTC'),
        successes: z.int().describe('Attempts that ended well'),
      }),
    ),
  })
  .meta({ id: 'StageDays' });

export const stageDaysQuerySchema = z.object({
  days: z.coerce.number().int().min(1).max(366).default(30),
});

import { z } from 'zod';
import { fractionSchema, idSchema, instantSchema } from '#kernel/api-schema.ts';

const taskTypeSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,49}$/)
  .describe('Such as content_extraction, timetable, summary');

export const contentSchema = z
  .object({
    id: idSchema,
    versionId: idSchema,
    jobId: idSchema.nullable(),
    taskType: taskTypeSchema,
    source: z.enum(['machine', 'human']),
    processedData: z.record(z.string(), z.unknown()),
    confidenceScore: fractionSchema.describe('1 for a person'),
    aiProviderInfo: z.record(z.string(), z.unknown()).nullable(),
    authorId: idSchema.nullable(),
    supersededAt: instantSchema.nullable().describe('null for the current one'),
    createdAt: instantSchema,
  })
  .meta({ id: 'ProcessedContent' });

export const contentListSchema = z.object({ items: z.array(contentSchema) });

export const contentListQuerySchema = z.object({
  history: z.stringbool().default(false).describe('Also those that were superseded'),
});

export const contentParamsSchema = z.object({ documentId: idSchema, taskType: taskTypeSchema });

export const contentEditSchema = z.object({ processedData: z.record(z.string(), z.unknown()) });

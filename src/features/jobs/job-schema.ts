import { z } from 'zod';
import {
  cursorSchema,
  idSchema,
  instantSchema,
  listOf,
  pageLimitSchema,
} from '#kernel/api-schema.ts';

export const jobStatusSchema = z.enum([
  'queued',
  'running',
  'in_review',
  'paused',
  'completed',
  'failed',
  'cancelled',
]);

export const jobSchema = z
  .object({
    id: idSchema,
    documentId: idSchema,
    documentTitle: z.string(),
    kind: z.string(),
    status: jobStatusSchema,
    stage: z.string().nullable().describe('classify, preprocess, ocr or validate'),
    progress: z.number().min(0).max(100).describe('Percent of pages stored'),
    pagesTotal: z.int().nullable().describe('null until the file is classified'),
    pagesDone: z.int(),
    pagesPerSecond: z.number().nullable(),
    etaSeconds: z.number().nullable(),
    attempts: z.int(),
    errorCode: z.string().nullable(),
    errorMessage: z.string().nullable(),
    queuedAt: instantSchema,
    startedAt: instantSchema.nullable(),
    completedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Job' });

export const historyEntrySchema = z
  .object({
    seq: z.int(),
    action: z.string(),
    status: z.string().nullable(),
    stage: z.string().nullable(),
    attempt: z.int().nullable(),
    durationMs: z.int().nullable(),
    errorCode: z.string().nullable(),
    errorMessage: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    createdAt: instantSchema,
  })
  .meta({ id: 'HistoryEntry' });

export const jobParamsSchema = z.object({ jobId: idSchema });

export const jobListQuerySchema = z.object({
  status: jobStatusSchema.optional(),
  limit: pageLimitSchema,
  cursor: cursorSchema,
});

export const jobListSchema = listOf(jobSchema);
export const jobHistorySchema = z.object({ items: z.array(historyEntrySchema) });

export type JobView = z.infer<typeof jobSchema>;

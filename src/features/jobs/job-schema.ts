import { z } from 'zod';
import {
  cursorSchema,
  idSchema,
  instantSchema,
  listOf,
  pageLimitSchema,
} from '#kernel/api-schema.ts';
import { priorityRange } from './job.ts';

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
    documentId: idSchema.nullable().describe('null for a run over a journal entry'),
    documentTitle: z.string().nullable(),
    entryId: idSchema.nullable().describe('null for a run over a document'),
    title: z.string().describe('Title of the document, or how the entry begins'),
    kind: z.string(),
    status: jobStatusSchema,
    stage: z.string().nullable().describe('classify, preprocess, ocr or validate'),
    progress: z.number().min(0).max(100).describe('Percent of pages stored'),
    priority: z.int().describe('Larger first'),
    pagesTotal: z.int().nullable().describe('null until the file is classified'),
    pagesDone: z.int(),
    pagesPerSecond: z.number().nullable(),
    etaSeconds: z.number().nullable(),
    deadItems: z.int().describe('Parts set aside after their last try; a redrive tries them anew'),
    attempts: z.int(),
    errorCode: z.string().nullable(),
    errorMessage: z.string().nullable(),
    queuedAt: instantSchema,
    startedAt: instantSchema.nullable(),
    completedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Job' });

export const jobSubjectSchema = z
  .object({
    id: idSchema,
    kind: z.string(),
    status: jobStatusSchema,
    stage: z.string().nullable(),
    progress: z.number().min(0).max(100),
    document: z.object({ id: idSchema, title: z.string() }).nullable(),
    entry: z.object({ id: idSchema, excerpt: z.string() }).nullable(),
    timetables: z.array(z.object({ id: idSchema, name: z.string() })),
  })
  .meta({ id: 'JobSubject' });

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

export const jobPatchSchema = z.object({
  priority: z.int().min(priorityRange.least).max(priorityRange.most).describe('Larger first'),
});

export const jobListSchema = listOf(jobSchema);
export const jobHistorySchema = z.object({ items: z.array(historyEntrySchema) });

export const openStatusSchema = z.enum(['ready', 'delayed', 'paused', 'running', 'dead']);

const countSchema = z.int().min(0);

export const queueStatsSchema = z
  .object({
    open: z
      .array(
        z.object({
          stage: z.string(),
          status: openStatusSchema,
          tier: z.string().nullable(),
          items: countSchema,
          pages: countSchema,
          jobs: countSchema,
          averageConfidence: z.number().nullable(),
          oldest: instantSchema.describe('When the oldest of these jobs was queued'),
          newest: instantSchema,
        }),
      )
      .describe('Work that waits, runs or was set aside'),
    stages: z
      .array(
        z.object({
          stage: z.string(),
          finished: countSchema,
          retried: countSchema,
          dead: countSchema,
          averageMs: z.number().nullable(),
          p95Ms: z.number().nullable(),
          success: z.number().min(0).max(1).nullable(),
        }),
      )
      .describe('What was done in the last 24 hours'),
  })
  .meta({ id: 'QueueStats' });

export type JobView = z.infer<typeof jobSchema>;

import { z } from 'zod';
import { zoneDecisionSchema } from '#features/zones/index.ts';
import {
  cursorSchema,
  idSchema,
  instantSchema,
  listOf,
  pageLimitSchema,
} from '#kernel/api-schema.ts';
import { priorityNames } from './review.ts';

export const reviewStatusSchema = z.enum([
  'pending',
  'assigned',
  'in_progress',
  'completed',
  'cancelled',
]);

export const reviewTaskSchema = z
  .object({
    id: idSchema,
    jobId: idSchema,
    documentId: idSchema,
    documentTitle: z.string(),
    versionId: idSchema,
    pageNumber: z.int().nullable().describe('null for the whole document'),
    zoneId: idSchema.nullable().describe('null for the whole page'),
    reason: z.string().describe('low_confidence, validation_failed, requested …'),
    priority: z.enum(priorityNames),
    status: reviewStatusSchema,
    assignedTo: idSchema.nullable(),
    leaseExpiresAt: instantSchema.nullable(),
    draftData: z
      .record(z.string(), z.unknown())
      .describe('zones: what the machine made; decision: what the reviewer saved'),
    finalData: z.record(z.string(), z.unknown()).nullable(),
    reviewNotes: z.string().nullable(),
    dueAt: instantSchema.nullable(),
    completedBy: idSchema.nullable(),
    createdAt: instantSchema,
    assignedAt: instantSchema.nullable(),
    startedAt: instantSchema.nullable(),
    completedAt: instantSchema.nullable(),
  })
  .meta({ id: 'ReviewTask' });

export const reviewParamsSchema = z.object({ taskId: idSchema });

export const reviewListQuerySchema = z.object({
  status: reviewStatusSchema.optional().describe('All open ones when left out'),
  mine: z.stringbool().default(false).describe('Only tasks that you have'),
  limit: pageLimitSchema,
  cursor: cursorSchema,
});

export const reviewListSchema = listOf(reviewTaskSchema).extend({
  open: z.int().describe('Open tasks in all'),
});

export const nextTaskSchema = z.object({
  task: reviewTaskSchema.nullable().describe('null when nothing waits'),
});

export const assignSchema = z.object({ userId: idSchema.optional().describe('You when left out') });

export const draftSchema = z.object({
  zones: z.array(zoneDecisionSchema).max(10_000).default([]),
  notes: z.string().max(5_000).optional(),
});

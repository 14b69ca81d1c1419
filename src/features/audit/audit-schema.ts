import { z } from 'zod';
import {
  cursorSchema,
  idSchema,
  instantSchema,
  listOf,
  pageLimitSchema,
} from '#kernel/api-schema.ts';

export const auditEventSchema = z
  .object({
    id: z.int(),
    createdAt: instantSchema,
    actorId: idSchema.nullable().describe('null for the system'),
    actorKind: z.enum(['user', 'key', 'link', 'system']),
    action: z.string().describe('create, update, trash, restore, delete, or the name of an event'),
    resourceType: z.string().describe('Table of the row, or the noun of the event'),
    resourceId: idSchema.nullable(),
    changes: z
      .record(z.string(), z.unknown())
      .describe('Changed columns only, each with from and to; secrets are masked'),
    reason: z.string().nullable(),
    ipAddress: z.string().nullable(),
    userAgent: z.string().nullable(),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditEvent' });

export const auditListSchema = listOf(auditEventSchema).meta({ id: 'AuditEventList' });

export const auditQuerySchema = z.object({
  actorId: idSchema.optional(),
  action: z.string().min(1).max(100).optional(),
  resourceType: z.string().min(1).max(50).optional(),
  resourceId: idSchema.optional(),
  since: z.iso.datetime().optional().describe('Events at or after this instant'),
  until: z.iso.datetime().optional().describe('Events before this instant'),
  cursor: cursorSchema,
  limit: pageLimitSchema,
});

import { z } from 'zod';
import { jsonObjectSchema } from '#features/journal/index.ts';
import {
  cursorSchema,
  idSchema,
  instantSchema,
  listOf,
  pageLimitSchema,
} from '#kernel/api-schema.ts';
import { dayNames } from './timeblock.ts';

export const timetableStatusSchema = z.enum(['draft', 'active', 'archived']);

const daySchema = z.enum(dayNames);

export const timeblockSchema = z
  .object({
    id: idSchema,
    day: daySchema,
    track: z.int().describe('Lessons at the same time stand in different tracks'),
    startTime: z.string().describe('HH:MM'),
    endTime: z.string().describe('HH:MM, up to 24:00'),
    duration: z.int().describe('Minutes'),
    name: z.string(),
    notes: z.string().nullable(),
    color: z.string(),
    position: z.int(),
    metadata: jsonObjectSchema,
  })
  .meta({ id: 'Timeblock' });

const timetableFields = {
  id: idSchema,
  name: z.string(),
  className: z.string().nullable(),
  term: z.string().nullable(),
  year: z.int(),
  weekStartDate: z.string().nullable().describe('YYYY-MM-DD'),
  timezone: z.string().describe('IANA name'),
  status: timetableStatusSchema,
  source: z.enum(['manual', 'document', 'import']),
  metadata: jsonObjectSchema,
  createdAt: instantSchema,
  updatedAt: instantSchema,
  deletedAt: instantSchema.nullable(),
};

export const timetableSchema = z
  .object({
    ...timetableFields,
    blocks: z.array(timeblockSchema).describe('In the order of the week'),
    documents: z.array(z.object({ id: idSchema, title: z.string() })),
  })
  .meta({ id: 'Timetable' });

export const listedTimetableSchema = z
  .object({ ...timetableFields, blockCount: z.int(), documentCount: z.int() })
  .meta({ id: 'TimetableListItem' });

export const timetableListSchema = listOf(listedTimetableSchema);
export const activeTimetablesSchema = z.object({ items: z.array(listedTimetableSchema) });

// Texts have no lengths here: what breaks a rule of the domain is refused by it, with the field named.
const blockFields = {
  day: daySchema,
  track: z.int().min(0).max(99),
  startTime: z.string().describe('HH:MM'),
  endTime: z.string().describe('HH:MM, up to 24:00; 5 minutes to 8 hours after the start'),
  name: z.string().describe('1 to 255 characters'),
  notes: z.string().nullable().describe('Up to 2000 characters'),
  color: z.string().describe('# and six hex digits'),
  position: z.int().min(0).max(1_000_000),
  metadata: jsonObjectSchema.describe('Subject, room, teacher …; at most 16 KB'),
};

export const blockWriteSchema = z.object({
  ...blockFields,
  track: blockFields.track.optional(),
  notes: blockFields.notes.optional(),
  color: blockFields.color.optional(),
  position: blockFields.position.optional(),
  metadata: blockFields.metadata.optional(),
});

export const blockChangeSchema = z.object(blockFields).partial();

export const blocksReplaceSchema = z.object({
  blocks: z.array(
    blockWriteSchema.extend({
      id: idSchema.optional().describe('Of the stored block that this one stands for'),
    }),
  ),
});

const factFields = {
  name: z.string().describe('1 to 255 characters'),
  className: z.string().nullable(),
  term: z.string().nullable(),
  year: z.number(),
  weekStartDate: z.string().nullable().describe('YYYY-MM-DD: the first day it is used from'),
  timezone: z.string().describe('IANA name such as Europe/Paris'),
  metadata: jsonObjectSchema.describe('A JSON object of at most 64 KB'),
};

export const timetableWriteSchema = z.object({
  ...factFields,
  className: factFields.className.optional(),
  term: factFields.term.optional(),
  weekStartDate: factFields.weekStartDate.optional(),
  timezone: factFields.timezone.optional(),
  metadata: factFields.metadata.optional(),
  blocks: z.array(blockWriteSchema).default([]),
  documentIds: z.array(idSchema).max(100).default([]).describe('Documents that it comes from'),
});

export const timetableChangeSchema = z
  .object({ ...factFields, status: timetableStatusSchema })
  .partial();

export const documentTimetableSchema = z.object({
  name: factFields.name.optional().describe('By default the title of the document'),
  year: factFields.year.optional().describe('By default this year'),
  timezone: factFields.timezone.optional(),
});

export const timetableOfDocumentSchema = z.object({
  timetable: timetableSchema,
  reasons: z.array(z.string()).describe('How the table was read'),
  leftOut: z
    .array(z.object({ text: z.string(), why: z.string() }))
    .describe('Texts of the table that became no block'),
});

export const documentLinksSchema = z.object({ documentIds: z.array(idSchema).max(100) });

export const timetableParamsSchema = z.object({ timetableId: idSchema });
export const timeblockParamsSchema = z.object({ timetableId: idSchema, blockId: idSchema });
export const ifMatchSchema = z.object({ 'if-match': z.string().optional() });

export const activeQuerySchema = z.object({ limit: pageLimitSchema.default(10) });

export const timetableListQuerySchema = z
  .object({
    status: timetableStatusSchema.optional(),
    year: z.coerce.number().int().min(1900).max(2200).optional(),
    q: z.string().trim().min(1).max(500).optional().describe('Words of names, classes and blocks'),
    trashed: z.stringbool().default(false).describe('true lists the trash instead'),
    limit: pageLimitSchema,
    cursor: cursorSchema,
    offset: z.coerce
      .number()
      .int()
      .min(0)
      .max(1_000_000)
      .default(0)
      .describe('Instead of a cursor'),
  })
  .refine(({ cursor, offset }) => cursor === undefined || offset === 0, {
    error: 'a cursor and an offset cannot be used together',
    path: ['offset'],
  });

export type TimetableView = z.infer<typeof timetableSchema>;
export type ListedTimetableView = z.infer<typeof listedTimetableSchema>;
export type BlockWrite = z.infer<typeof blockWriteSchema>;
export type BlockChange = z.infer<typeof blockChangeSchema>;

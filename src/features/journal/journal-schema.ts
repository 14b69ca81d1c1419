import { z } from 'zod';
import {
  cursorSchema,
  idSchema,
  instantSchema,
  listOf,
  pageLimitSchema,
} from '#kernel/api-schema.ts';
import { entryTypes } from './journal-entry.ts';

export const entryTypeSchema = z.enum(entryTypes);

/** Not a record, which would be rebuilt key by key and lose one that is called `__proto__`. */
export const jsonObjectSchema = z
  .unknown()
  .meta({ type: 'object', additionalProperties: true, description: 'A JSON object' });

const summaryFields = {
  id: idSchema,
  entryType: entryTypeSchema,
  occurredAt: instantSchema.describe('The instant the entry is about'),
  processingStatus: z
    .enum(['pending', 'processing', 'completed', 'failed'])
    .describe('How far its newest analysis is; pending without one'),
  excerpt: z.string().describe('The first 200 characters of its texts'),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  deletedAt: instantSchema.nullable(),
};

export const entrySchema = z
  .object({
    ...summaryFields,
    rawData: z.unknown().describe('The entry: any JSON but null'),
    metadata: jsonObjectSchema,
  })
  .meta({ id: 'JournalEntry' });

export const listedEntrySchema = z
  .object({
    ...summaryFields,
    snippet: z
      .array(z.object({ text: z.string(), hit: z.boolean() }))
      .nullable()
      .describe('Text around the found words, in pieces; null unless words were looked for'),
  })
  .meta({ id: 'JournalListItem' });

export const entryListSchema = listOf(listedEntrySchema);

export const entryParamsSchema = z.object({ entryId: idSchema });

const instantInputSchema = z.iso
  .datetime({ offset: true })
  .describe('Instant with Z or an offset, RFC 3339');

export const entryWriteSchema = z.object({
  entryType: entryTypeSchema.default('text'),
  // Missing is refused with null, as a rule of the journal.
  rawData: z
    .unknown()
    .optional()
    .describe('Any JSON but null; at most 512 KB and 100 levels; see the guide on the journal'),
  metadata: jsonObjectSchema.optional(),
  occurredAt: instantInputSchema
    .optional()
    .describe('By default now; a replaced entry keeps its own'),
});

export const entryListQuerySchema = z
  .object({
    type: entryTypeSchema.optional(),
    from: instantInputSchema.optional().describe('Entries about this instant or later'),
    to: instantInputSchema.optional().describe('Entries about an instant before this one'),
    contains: z
      .string()
      .max(10_000)
      .optional()
      .describe('JSON; only entries that hold it, such as {"mood":4}'),
    path: z
      .string()
      .min(1)
      .max(1_000)
      .optional()
      .describe(
        'SQL/JSON path; only entries in which it finds something: $.tags[*] ? (@ == "run")',
      ),
    q: z.string().trim().min(1).max(500).optional().describe('Words, "a phrase", or, -without'),
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

export type EntryView = z.infer<typeof entrySchema>;
export type ListedEntryView = z.infer<typeof listedEntrySchema>;

import { z } from 'zod';
import { boxSchema, fractionSchema, idSchema, instantSchema } from '#kernel/api-schema.ts';
import { longestContent } from './zone-content.ts';
import { polygonSchema, zoneKindSchema, zoneSchema } from './zone-schema.ts';

export const zoneParamsSchema = z.object({ zoneId: idSchema });

export const ifMatchSchema = z.object({
  'if-match': z.string().max(200).optional().describe('ETag that the editor saw'),
});

const reasonSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,49}$/)
  .optional()
  .describe('Why, as a short word such as ocr_error; kept with the revision');

const contentSchema = z.string().max(longestContent);

const cellsSchema = z
  .array(
    z.object({
      row: z.int().min(0).describe('From 0'),
      column: z.int().min(0).describe('From 0'),
      text: contentSchema,
    }),
  )
  .min(1)
  .max(10_000);

export const zoneEditSchema = z
  .object({
    content: contentSchema
      .optional()
      .describe('The whole text; of a table a line per row, cells parted by tabs'),
    cells: cellsSchema.optional().describe('Of a table: the cells that change'),
    kind: zoneKindSchema.optional(),
    box: boxSchema.optional(),
    polygon: polygonSchema.nullable().optional(),
    reasonCode: reasonSchema,
  })
  .refine(({ content, cells }) => content === undefined || cells === undefined, {
    error: 'content and cells exclude each other',
    path: ['cells'],
  });

/** What a reviewer decides about one zone; a text sent unchanged confirms it. */
export const zoneDecisionSchema = z.object({
  id: idSchema,
  content: contentSchema.optional(),
  cells: cellsSchema.optional(),
  kind: zoneKindSchema.optional(),
  remove: z.boolean().optional().describe('Takes the zone off the page'),
});

export const newZoneSchema = z.object({
  kind: zoneKindSchema,
  box: boxSchema,
  content: contentSchema.default(''),
  position: z.int().min(1).max(100_000).optional().describe('Place in the reading order; the end'),
});

const zoneIdsSchema = z.array(idSchema).min(1).max(10_000);

export const mergeSchema = z.object({
  zoneIds: zoneIdsSchema.describe('The zones that are put into this one'),
  reasonCode: reasonSchema,
});

export const splitSchema = z.object({
  beforeWord: z.int().min(1).describe('Index of the first word of the second part, from 0'),
  reasonCode: reasonSchema,
});

export const splitResultSchema = z.object({ first: zoneSchema, second: zoneSchema });

export const orderSchema = z.object({
  zoneIds: zoneIdsSchema.describe('All zones of the page in their new order'),
});

export const revertSchema = z.object({
  revision: z.int().min(1).describe('The zone becomes what it was before this revision'),
  reasonCode: reasonSchema,
});

export const deleteQuerySchema = z.object({ reasonCode: reasonSchema });

export const revisionSchema = boxSchema
  .extend({
    number: z.int(),
    kind: z.string().describe('extraction, correction, geometry, retype, revert or removal'),
    zoneKind: zoneKindSchema,
    position: z.int(),
    content: z.string(),
    confidence: fractionSchema,
    tool: z.string(),
    status: z.string(),
    reasonCode: z.string().nullable(),
    authorId: idSchema.nullable().describe('null for a machine'),
    authorName: z.string().nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'ZoneRevision' });

export const revisionListSchema = z.object({
  items: z.array(revisionSchema).describe('Newest first: what the zone was before each change'),
});

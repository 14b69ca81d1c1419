import { z } from 'zod';
import { boxSchema, fractionSchema, idSchema } from '#kernel/api-schema.ts';

export const zoneKindSchema = z.enum([
  'text',
  'heading',
  'table',
  'figure',
  'diagram',
  'image',
  'header',
  'footer',
  'handwriting',
  'unknown',
]);

export const polygonSchema = z
  .array(z.tuple([fractionSchema, fractionSchema]))
  .min(3)
  .max(1_000);

export const zoneSchema = boxSchema
  .extend({
    id: idSchema,
    kind: zoneKindSchema,
    position: z.int().describe('Reading order on the page, from 1'),
    content: z.string(),
    confidence: fractionSchema,
    tool: z.string(),
    status: z.string(),
    wordFrom: z.int().nullable().describe('Index of its first word in the words of the page'),
    wordTo: z.int().nullable().describe('Index of its last word'),
    data: z.record(z.string(), z.unknown()).nullable().describe('Heading level, table cells …'),
    polygon: polygonSchema.nullable().describe('Outline, where it is no rectangle'),
    rowVersion: z.int().describe('Raised by every edit; the ETag is "id.rowVersion"'),
  })
  .meta({ id: 'Zone' });

export const wordSchema = boxSchema
  .extend({ text: z.string(), confidence: fractionSchema })
  .meta({ id: 'Word' });

export const pageSummarySchema = z
  .object({
    number: z.int(),
    width: z.number().describe('Points'),
    height: z.number().describe('Points'),
    rotation: z.int(),
    textSource: z.string(),
    tool: z.string(),
    confidence: fractionSchema,
    wordCount: z.int(),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'PageSummary' });

export const pageSchema = pageSummarySchema
  .extend({
    text: z.string().optional(),
    words: z.array(wordSchema).optional(),
    zones: z.array(zoneSchema).optional(),
  })
  .meta({ id: 'Page' });

const pageFields = ['text', 'words', 'zones'] as const;
export type PageField = (typeof pageFields)[number];

export const pageParamsSchema = z.object({
  documentId: idSchema,
  number: z.coerce.number().int().min(1).max(1_000_000),
});

export const pageQuerySchema = z.object({
  fields: z
    .string()
    .default('text,words,zones')
    .transform((list) => list.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(pageFields)))
    .describe('Comma list of text, words, zones'),
});

export const pageListQuerySchema = z.object({
  from: z.coerce.number().int().min(1).default(1).describe('First page number'),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});

export const pageListSchema = z.object({
  items: z.array(pageSummarySchema),
  nextFrom: z.int().nullable().describe('Page number to go on with; null at the end'),
});

export const pageImageQuerySchema = z.object({
  width: z.coerce
    .number()
    .int()
    .min(16)
    .max(3_000)
    .default(1_200)
    .describe('Wanted width in pixels; rounded up to the next step'),
  format: z
    .enum(['webp', 'png'])
    .default('webp')
    .describe('Of the picture; Word and text files are SVG all the same'),
  v: z.string().optional().describe('Version id: makes the address cacheable for ever'),
});

export const downloadFormatSchema = z.enum(['text', 'markdown', 'json', 'hocr', 'pdf']);
export const downloadParamsSchema = z.object({
  documentId: idSchema,
  format: downloadFormatSchema,
});

export const originalQuerySchema = z.object({
  inline: z
    .enum(['', 'true', 'false'])
    .optional()
    .transform((value) => value === '' || value === 'true')
    .describe(
      'Show pictures and plain text in place; everything else is a file to save all the same',
    ),
});

export const originalHeadersSchema = z.object({
  range: z.string().optional(),
  'if-range': z.string().optional(),
  'if-none-match': z.string().optional(),
});

export type DownloadFormat = z.infer<typeof downloadFormatSchema>;
export type PageView = z.infer<typeof pageSchema>;
export type ZoneView = z.infer<typeof zoneSchema>;

import { z } from 'zod';
import {
  boxSchema,
  cursorSchema,
  idSchema,
  instantSchema,
  pageLimitSchema,
} from '#kernel/api-schema.ts';

export const searchQuerySchema = z.object({
  q: z.string().trim().min(1).max(500).describe('Words, "a phrase", or, -without'),
  order: z.enum(['newest', 'relevance']).default('newest'),
  documentId: idSchema.optional().describe('Search inside one document, in page order'),
  limit: pageLimitSchema,
  cursor: cursorSchema,
});

export const searchHitSchema = z
  .object({
    documentId: idSchema,
    versionId: idSchema,
    title: z.string(),
    pageNumber: z.int(),
    pageWidth: z.number(),
    pageHeight: z.number(),
    createdAt: instantSchema,
    snippet: z
      .array(z.object({ text: z.string(), hit: z.boolean() }))
      .describe('Text around the first hits, in pieces; no markup'),
    boxes: z.array(boxSchema).describe('Where the found words stand on the page'),
  })
  .meta({ id: 'SearchHit' });

export const searchResultSchema = z.object({
  items: z.array(searchHitSchema),
  nextCursor: z.string().nullable(),
  count: z.object({
    value: z.int(),
    exact: z.boolean().describe('false: at least that many'),
  }),
});

export type SearchResult = z.infer<typeof searchResultSchema>;
export type SearchHit = z.infer<typeof searchHitSchema>;

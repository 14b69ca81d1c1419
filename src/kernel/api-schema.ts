import { z } from 'zod';

/** Pieces that the request and response schemas of several features share. */
export const idSchema = z.uuid().describe('UUID');

export const instantSchema = z.iso.datetime().describe('Instant in UTC, RFC 3339');

export const fractionSchema = z.number().min(0).max(1);

export const boxSchema = z.object({
  x: fractionSchema.describe('Left edge as a fraction of the page width'),
  y: fractionSchema.describe('Top edge as a fraction of the page height'),
  width: fractionSchema,
  height: fractionSchema,
});

export const pageLimitSchema = z.coerce.number().int().min(1).max(100).default(20);

export const cursorSchema = z
  .string()
  .max(500)
  .optional()
  .describe('Opaque: the nextCursor of the page before');

export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().describe('null on the last page'),
  });
}

/** RFC 9457 problem details, with our stable code and the id to quote when asking for help. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable; listed in docs/reference/errors.md'),
    detail: z.string(),
    requestId: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem' });

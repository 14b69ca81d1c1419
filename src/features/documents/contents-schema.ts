import { z } from 'zod';
import { fractionSchema } from '#kernel/api-schema.ts';

const pageNumber = z.int().min(1);

/** What a file lists of itself besides its text. */
export const contentsSchema = z
  .object({
    outline: z
      .array(z.object({ level: z.int().min(0), title: z.string(), page: pageNumber.optional() }))
      .describe('The table of contents of the file, in order; level 0 is the top'),
    pageLabels: z
      .array(z.string())
      .describe('What the file calls its pages, such as iv; empty when that is their number'),
    fields: z
      .array(
        z.object({
          name: z.string(),
          type: z.string(),
          value: z.string(),
          page: pageNumber.optional(),
        }),
      )
      .describe('Form fields with their values'),
    links: z
      .array(
        z.object({
          page: pageNumber,
          x: fractionSchema,
          y: fractionSchema,
          width: fractionSchema,
          height: fractionSchema,
          url: z.string().optional(),
          toPage: pageNumber.optional(),
        }),
      )
      .describe('Of the first 200 pages'),
    attachments: z.array(
      z.object({
        name: z.string(),
        description: z.string().optional(),
        sizeBytes: z.int().optional(),
      }),
    ),
    cut: z.array(z.string()).describe('Names of the lists that are longer in the file'),
  })
  .meta({ id: 'DocumentContents' });

import { z } from 'zod';
import { jobPatchSchema } from '#features/jobs/index.ts';
import { rerunStages } from './run.ts';

const pageNumber = z.int().min(1).max(100_000);

export const runWishSchema = z.object({
  stage: z
    .enum(rerunStages)
    .optional()
    .describe('Only this stage and what follows from it; the whole run without stage and pages'),
  pages: z
    .object({ from: pageNumber, to: pageNumber })
    .optional()
    .describe('Only these pages, both included'),
  settings: z
    .object({
      languages: z
        .array(z.string().regex(/^[a-zA-Z_]{3,20}$/))
        .min(1)
        .max(8)
        .optional()
        .describe('Tesseract language codes in order of weight'),
      ocrDpi: z.int().min(100).max(600).optional(),
      forceOcr: z.boolean().optional().describe('Recognise pages whatever text they bring along'),
    })
    .optional()
    .describe('Over the settings of the server'),
  replaceCorrections: z
    .boolean()
    .optional()
    .describe(
      'Replaces pages that a person has worked on too; they are kept as they are otherwise',
    ),
  priority: jobPatchSchema.shape.priority.optional(),
});

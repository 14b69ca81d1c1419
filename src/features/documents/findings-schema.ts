import { z } from 'zod';
import { documentTypes } from '#pipeline/document-type/document-type.ts';
import { fractionSchema } from '#kernel/api-schema.ts';

export const documentTypeSchema = z
  .enum(documentTypes)
  .describe('unknown when the evidence is weak or speaks for two types');

export const languageSchema = z
  .string()
  .regex(/^[a-z]{2,3}$/)
  .describe('ISO 639-1; und when it could not be told');

/** What the last finished run found the document to be, and why. */
export const findingsSchema = z
  .object({
    documentType: z.object({
      type: documentTypeSchema,
      score: fractionSchema,
      reasons: z.array(z.string()).describe('In English, the strongest first'),
    }),
    language: z.object({
      code: languageSchema,
      script: z.string().nullable().describe('ISO 15924, the script of most letters'),
      confidence: fractionSchema,
      reasons: z.array(z.string()),
    }),
  })
  .meta({ id: 'Findings' });

export type Findings = z.infer<typeof findingsSchema>;

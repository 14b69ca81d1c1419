import { z } from 'zod';
import { jobSchema } from '#features/jobs/index.ts';
import {
  cursorSchema,
  fractionSchema,
  idSchema,
  instantSchema,
  listOf,
  pageLimitSchema,
} from '#kernel/api-schema.ts';

import { documentTypeSchema, findingsSchema, languageSchema } from './findings-schema.ts';

export const documentStatusSchema = z.enum([
  'uploaded',
  'processing',
  'in_review',
  'completed',
  'failed',
]);

export const documentSchema = z
  .object({
    id: idSchema,
    title: z.string(),
    status: documentStatusSchema,
    originalName: z.string().describe('Name of the file as it was uploaded'),
    mediaType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    versionId: idSchema,
    versionNumber: z.int(),
    pageCount: z.int().nullable().describe('null until the file is classified'),
    confidence: fractionSchema.nullable().describe('Mean page confidence of the last finished run'),
    documentType: documentTypeSchema.nullable().describe('null until a run has finished'),
    language: languageSchema.nullable().describe('ISO 639-1 or und; null until a run has finished'),
    findings: findingsSchema
      .nullable()
      .describe('What the last finished run found, and why; null in lists'),
    createdAt: instantSchema,
    updatedAt: instantSchema,
    processedAt: instantSchema.nullable(),
    deletedAt: instantSchema.nullable(),
    job: jobSchema.nullable().describe('The newest run over the current version'),
  })
  .meta({ id: 'Document' });

export const documentParamsSchema = z.object({ documentId: idSchema });

export const documentListQuerySchema = z.object({
  status: documentStatusSchema.optional(),
  type: documentTypeSchema.optional(),
  language: languageSchema.optional(),
  trashed: z.stringbool().default(false).describe('true lists the trash instead'),
  limit: pageLimitSchema,
  cursor: cursorSchema,
});

export const documentListSchema = listOf(documentSchema);

export const documentEditSchema = z.object({
  title: z
    .string()
    .trim()
    .min(1)
    .max(255)
    .refine((title) => title.isWellFormed() && !/\p{Cc}/u.test(title), {
      error: 'must not hold control characters',
    }),
});

export const acceptedSchema = z.object({
  document: documentSchema,
  job: jobSchema,
  duplicateOf: idSchema.nullable().describe('A live document of yours with the same bytes'),
  links: z.object({ document: z.string(), job: z.string(), events: z.string() }),
});

export const uploadResultSchema = z.object({
  accepted: z.array(acceptedSchema),
  refused: z.array(z.object({ fileName: z.string(), code: z.string(), message: z.string() })),
});

export type DocumentView = z.infer<typeof documentSchema>;
export type UploadResult = z.infer<typeof uploadResultSchema>;

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

const metadataSchema = z.record(z.string(), z.unknown());

export const documentSchema = z
  .object({
    id: idSchema,
    folderId: idSchema.nullable().describe('null in Home'),
    title: z.string(),
    status: documentStatusSchema,
    originalName: z.string().describe('Name of the file as it was uploaded'),
    mediaType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    versionId: idSchema,
    versionNumber: z.int(),
    pageCount: z.int().nullable().describe('null until the file is classified'),
    metadata: metadataSchema.describe('What people noted about the document'),
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
    permission: z
      .enum(['owner', 'edit', 'review', 'comment', 'view'])
      .describe('What you may do with it; owner for what is yours'),
    job: jobSchema.nullable().describe('The newest run over the current version'),
  })
  .meta({ id: 'Document' });

export const documentParamsSchema = z.object({ documentId: idSchema });

export const documentListQuerySchema = z.object({
  status: documentStatusSchema.optional(),
  type: documentTypeSchema.optional(),
  language: languageSchema.optional(),
  folderId: z
    .union([idSchema, z.literal('home')])
    .optional()
    .describe('In this folder, or `home` for what is in none; without it everywhere'),
  offset: z.coerce.number().int().min(0).max(100_000).default(0).describe('Rows to skip'),
  shared: z
    .stringbool()
    .default(false)
    .describe('true lists what others share with you instead of what is yours'),
  trashed: z.stringbool().default(false).describe('true lists the trash instead'),
  limit: pageLimitSchema,
  cursor: cursorSchema,
});

export const documentListSchema = listOf(documentSchema);

export const documentEditSchema = z
  .object({
    title: z
      .string()
      .trim()
      .min(1)
      .max(255)
      .refine((title) => title.isWellFormed() && !/\p{Cc}/u.test(title), {
        error: 'must not hold control characters',
      })
      .optional(),
    folderId: idSchema.nullable().optional().describe('null moves it to Home'),
    metadata: metadataSchema.optional().describe('Replaces what was noted before; at most 64 KiB'),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    error: 'must hold title, folderId or metadata',
  });

export const documentVersionSchema = z
  .object({
    id: idSchema,
    number: z.int(),
    current: z.boolean().describe('The one whose pages are shown and searched'),
    originalName: z.string(),
    mediaType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    pageCount: z.int().nullable(),
    note: z.string().nullable(),
    uploadedBy: idSchema,
    createdAt: instantSchema,
  })
  .meta({ id: 'DocumentVersion' });

export const versionListSchema = listOf(documentVersionSchema);

export const versionListQuerySchema = z.object({ limit: pageLimitSchema, cursor: cursorSchema });

export const versionParamsSchema = z.object({
  documentId: idSchema,
  number: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});

export const acceptedSchema = z.object({
  document: documentSchema,
  job: jobSchema,
  duplicateOf: idSchema.nullable().describe('A live document of yours with the same bytes'),
  duplicateTitle: z.string().nullable().describe('Title of that document'),
  links: z.object({ document: z.string(), job: z.string(), events: z.string() }),
});

export const uploadResultSchema = z.object({
  accepted: z.array(acceptedSchema),
  skipped: z
    .array(z.object({ fileName: z.string(), duplicateOf: idSchema, duplicateTitle: z.string() }))
    .describe('Files that are there already, where duplicates=skip was asked for'),
  refused: z.array(z.object({ fileName: z.string(), code: z.string(), message: z.string() })),
});

export type DocumentView = z.infer<typeof documentSchema>;
export type DocumentVersionView = z.infer<typeof documentVersionSchema>;
export type UploadResult = z.infer<typeof uploadResultSchema>;

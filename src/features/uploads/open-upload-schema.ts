import { z } from 'zod';
import {
  duplicatesSchema,
  languagesSchema,
  relativePathSchema,
} from '#features/documents/index.ts';
import { idSchema, instantSchema } from '#kernel/api-schema.ts';

export const uploadParamsSchema = z.object({ uploadId: idSchema });

export const openUploadSchema = z
  .object({
    id: idSchema,
    protocol: z.enum(['tus', 'direct']),
    fileName: z.string(),
    sizeBytes: z.int().describe('Of the whole file, as announced'),
    offsetBytes: z.int().describe('Bytes that are safe; a resumed upload goes on here'),
    status: z
      .enum(['open', 'accepted', 'skipped', 'refused'])
      .describe('skipped: you have these bytes already, and asked not to keep them twice'),
    documentId: idSchema.nullable().describe('What the file became'),
    jobId: idSchema.nullable(),
    duplicateOf: idSchema.nullable().describe('A live document of yours with the same bytes'),
    duplicateTitle: z.string().nullable(),
    error: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .describe('Why it was refused'),
    createdAt: instantSchema,
    expiresAt: instantSchema.describe('When it is forgotten, with what is left of it'),
  })
  .meta({ id: 'Upload' });

export const openUploadListSchema = z.object({ items: z.array(openUploadSchema) });

export type OpenUploadView = z.infer<typeof openUploadSchema>;

export const directUploadBodySchema = z.object({
  fileName: z.string().min(1).max(4_096),
  sizeBytes: z.int().min(1),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('Of the whole file, in lower-case hex; another file is refused'),
  relativePath: relativePathSchema.optional(),
  languages: languagesSchema.optional(),
  folderId: idSchema.optional(),
  duplicates: duplicatesSchema.optional(),
  documentId: idSchema.optional().describe('Makes it the next version of this document'),
  note: z.string().trim().max(1_000).optional(),
});

export const directUploadSchema = z.object({
  upload: openUploadSchema,
  write: z.object({
    method: z.literal('PUT'),
    url: z.string(),
    headers: z
      .record(z.string(), z.string())
      .describe('Signed with the request: send them as they are'),
    expiresAt: instantSchema.describe('The request must begin before'),
  }),
  links: z.object({ complete: z.string() }),
});

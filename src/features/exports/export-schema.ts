import { z } from 'zod';
import {
  cursorSchema,
  idSchema,
  instantSchema,
  listOf,
  pageLimitSchema,
} from '#kernel/api-schema.ts';
import { exportFormats, exportTypes } from './export.ts';

const selectionSchema = z
  .object({
    pages: z.array(z.int().min(1)).min(1).max(100_000).optional(),
    zones: z.array(idSchema).min(1).max(100_000).optional(),
  })
  .refine(({ pages, zones }) => pages !== undefined || zones !== undefined, {
    error: 'names pages or zones',
  });

export const newExportSchema = z
  .object({
    type: z.enum(exportTypes).default('full'),
    formats: z.array(z.enum(exportFormats)).min(1).max(exportFormats.length),
    selection: selectionSchema.optional().describe('Of a partial export'),
    override: z
      .object({ reason: z.string().trim().min(1).max(500) })
      .optional()
      .describe('Makes the export although zones are unprocessed or failed; kept with it'),
    background: z
      .boolean()
      .optional()
      .describe(
        'True has a worker make it (202 and a job), false makes it at once; by its size without it',
      ),
  })
  .refine(({ type, selection }) => (type === 'partial') === (selection !== undefined), {
    error: 'a partial export has a selection, and no other has one',
    path: ['selection'],
  });

export const exportFileSchema = z.object({
  format: z.enum(exportFormats),
  sizeBytes: z.int().nullable(),
  sha256: z.string().nullable(),
  itemCount: z.int().nullable().describe('Pages in it'),
  downloadCount: z.int(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  validationResults: z
    .record(z.string(), z.unknown())
    .describe('Of JSON: valid, schema, pages, problems'),
  finishedAt: instantSchema.nullable(),
});

export const exportRecordSchema = z
  .object({
    id: idSchema,
    documentId: idSchema,
    versionId: idSchema,
    exportType: z.enum(exportTypes),
    selection: z.record(z.string(), z.unknown()).nullable(),
    status: z.enum(['pending', 'completed', 'failed']),
    formats: z.array(z.string()),
    fileSizeBytes: z.int(),
    downloadCount: z.int(),
    overrideReason: z.string().nullable(),
    overriddenBy: idSchema.nullable(),
    validationResults: z.record(z.string(), z.unknown()).describe('gate: zones that were counted'),
    createdBy: idSchema,
    createdAt: instantSchema,
    expiresAt: instantSchema.nullable(),
    completedAt: instantSchema.nullable(),
  })
  .meta({ id: 'ExportRecord' });

export const exportWithFilesSchema = exportRecordSchema
  .extend({
    jobId: idSchema.nullable().describe('The job that makes it; null for one made at once'),
    files: z.array(exportFileSchema),
  })
  .meta({ id: 'Export' });

export const exportListSchema = listOf(exportRecordSchema);
export const exportListQuerySchema = z.object({ limit: pageLimitSchema, cursor: cursorSchema });
export const exportParamsSchema = z.object({ exportId: idSchema });
export const exportFileParamsSchema = z.object({
  exportId: idSchema,
  format: z.enum(exportFormats),
});

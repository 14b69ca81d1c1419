import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { documentParamsSchema } from '#features/documents/index.ts';
import { attachment } from '#features/zones/index.ts';
import type { DocumentId, ExportId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import type { ExportRecord } from './export.ts';
import {
  exportFileParamsSchema,
  exportListQuerySchema,
  exportListSchema,
  exportParamsSchema,
  exportWithFilesSchema,
  newExportSchema,
} from './export-schema.ts';
import {
  type ExportDeps,
  type ExportWithFiles,
  createExport,
  getExport,
  getExportPage,
  openExportFile,
} from './export-service.ts';

const tags = ['exports'];

export function exportRoutes(deps: ExportDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post('/v1/documents/:documentId/exports', {
      schema: {
        tags,
        summary: 'Make an export: one file per format, kept and checked; a long one by a job',
        params: documentParamsSchema,
        body: newExportSchema,
        response: { 201: exportWithFilesSchema, 202: exportWithFilesSchema },
      },
      handler: async ({ actor, params, body }, reply) => {
        const made = await createExport(deps, actor, asId<DocumentId>(params.documentId), {
          type: body.type,
          formats: body.formats,
          selection: body.selection ?? null,
          overrideReason: body.override?.reason ?? null,
          background: body.background,
        });
        if (made.jobId !== null) void reply.header('location', `/v1/jobs/${made.jobId}`);
        return reply.status(made.jobId === null ? 201 : 202).send(presentExport(made));
      },
    });

    app.get('/v1/documents/:documentId/exports', {
      schema: {
        tags,
        summary: 'Exports of a document, newest first',
        params: documentParamsSchema,
        querystring: exportListQuerySchema,
        response: { 200: exportListSchema },
      },
      handler: async ({ actor, params, query }) => {
        const { cursor, limit } = query;
        const id = asId<DocumentId>(params.documentId);
        const page = await getExportPage(deps, actor, id, { cursor, limit });
        return { ...page, items: page.items.map(presentRecord) };
      },
    });

    app.get('/v1/exports/:exportId', {
      schema: {
        tags,
        summary: 'One export with its files',
        params: exportParamsSchema,
        response: { 200: exportWithFilesSchema },
      },
      handler: async ({ actor, params }) =>
        presentExport(await getExport(deps, actor, asId<ExportId>(params.exportId))),
    });

    app.get('/v1/exports/:exportId/files/:format', {
      schema: { tags, summary: 'Download a file of an export', params: exportFileParamsSchema },
      handler: async ({ actor, params }, reply) => {
        const id = asId<ExportId>(params.exportId);
        const file = await openExportFile(deps, actor, id, params.format);
        return reply
          .header('content-type', file.contentType)
          .header('content-disposition', attachment(file.fileName))
          .header('content-security-policy', "sandbox; default-src 'none'")
          .header('cache-control', 'private, no-cache')
          .header('content-length', file.sizeBytes)
          .send(file.stream);
      },
    });
  };
}

function presentRecord(record: ExportRecord) {
  return {
    ...record,
    selection: record.selection && { ...record.selection },
    createdAt: record.createdAt.toISOString(),
    expiresAt: record.expiresAt?.toISOString() ?? null,
    completedAt: record.completedAt?.toISOString() ?? null,
  };
}

function presentExport({ record, files, jobId }: ExportWithFiles) {
  return {
    jobId,
    ...presentRecord(record),
    files: files.map(({ objectKey: _key, mediaType: _type, ...file }) => ({
      ...file,
      finishedAt: file.finishedAt?.toISOString() ?? null,
    })),
  };
}

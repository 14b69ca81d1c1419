import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asId } from '#kernel/ids.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { documentEtag } from './document.ts';
import {
  documentEditSchema,
  documentListQuerySchema,
  documentListSchema,
  documentParamsSchema,
  documentSchema,
} from './document-schema.ts';
import type { DocumentDeps } from './document-service.ts';
import {
  getDocumentPage,
  getDocumentWithJob,
  renameDocument,
  restoreDocument,
  trashDocument,
} from './document-service.ts';
import { presentDocument } from './document-view.ts';

const tags = ['documents'];

export function documentRoutes(deps: DocumentDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/documents', {
      schema: {
        tags,
        summary: 'List documents, newest first',
        querystring: documentListQuerySchema,
        response: { 200: documentListSchema },
      },
      handler: async ({ actor, query }) => {
        const { type: documentType, cursor, ...filter } = query;
        const page = await getDocumentPage(deps, actor, { ...filter, documentType, cursor });
        return { ...page, items: page.items.map(presentDocument) };
      },
    });

    app.get('/v1/documents/:documentId', {
      schema: {
        tags,
        summary: 'One document',
        params: documentParamsSchema,
        response: { 200: documentSchema },
      },
      handler: async ({ actor, params }, reply) => {
        const found = await getDocumentWithJob(deps, actor, asId<DocumentId>(params.documentId));
        return reply.header('etag', documentEtag(found.document)).send(presentDocument(found));
      },
    });

    app.patch('/v1/documents/:documentId', {
      schema: {
        tags,
        summary: 'Rename; send If-Match with the ETag you saw to be safe from overwriting',
        params: documentParamsSchema,
        headers: z.object({ 'if-match': z.string().optional() }),
        body: documentEditSchema,
        response: { 200: documentSchema },
      },
      handler: async ({ actor, params, headers, body }, reply) => {
        const id = asId<DocumentId>(params.documentId);
        await renameDocument(deps, actor, id, body.title, headers['if-match']);
        const found = await getDocumentWithJob(deps, actor, id);
        return reply.header('etag', documentEtag(found.document)).send(presentDocument(found));
      },
    });

    app.delete('/v1/documents/:documentId', {
      schema: {
        tags,
        summary: 'Put into the trash',
        params: documentParamsSchema,
        response: { 204: z.null() },
      },
      handler: async ({ actor, params }, reply) => {
        await trashDocument(deps, actor, asId<DocumentId>(params.documentId));
        return reply.status(204).send(null);
      },
    });

    app.post('/v1/documents/:documentId/restore', {
      schema: {
        tags,
        summary: 'Take out of the trash',
        params: documentParamsSchema,
        response: { 200: documentSchema },
      },
      handler: async ({ actor, params }) => {
        const id = asId<DocumentId>(params.documentId);
        await restoreDocument(deps, actor, id);
        return presentDocument(await getDocumentWithJob(deps, actor, id));
      },
    });
  };
}

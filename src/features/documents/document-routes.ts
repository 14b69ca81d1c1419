import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { editTag } from '#kernel/edit-tag.ts';
import { asId } from '#kernel/ids.ts';
import type { DocumentId, FolderId } from '#kernel/ids.ts';
import { contentsSchema } from './contents-schema.ts';
import {
  documentEditSchema,
  documentListQuerySchema,
  documentListSchema,
  documentParamsSchema,
  documentSchema,
} from './document-schema.ts';
import type { DocumentDeps } from './document-service.ts';
import {
  editDocument,
  getDocumentContents,
  getDocumentPage,
  getDocumentWithJob,
  purgeDocument,
  restoreDocument,
  trashDocument,
} from './document-service.ts';
import { presentDocument } from './document-view.ts';
import { versionRoutes } from './document-version-routes.ts';

const tags = ['documents'];

/** null is Home, undefined is not said. */
function folderIdOf(id: string | null | undefined): FolderId | null | undefined {
  return typeof id === 'string' ? asId<FolderId>(id) : id;
}

export function documentRoutes(deps: DocumentDeps): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(singleRoutes(deps));
    await app.register(trashRoutes(deps));
    await app.register(versionRoutes(deps));
    app.get('/v1/documents', {
      schema: {
        tags,
        summary: 'List documents, newest first',
        querystring: documentListQuerySchema,
        response: { 200: documentListSchema },
      },
      handler: async ({ actor, query }) => {
        const { type: documentType, folderId: folder, cursor, ...filter } = query;
        const folderId = folder === 'home' ? null : folderIdOf(folder);
        const page = await getDocumentPage(deps, actor, {
          ...filter,
          documentType,
          folderId,
          cursor,
        });
        return { ...page, items: page.items.map(presentDocument) };
      },
    });
  };
}

function singleRoutes(deps: DocumentDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/documents/:documentId', {
      schema: {
        tags,
        summary: 'One document',
        params: documentParamsSchema,
        response: { 200: documentSchema },
      },
      handler: async ({ actor, params }, reply) => {
        const found = await getDocumentWithJob(deps, actor, asId<DocumentId>(params.documentId));
        return reply.header('etag', editTag(found.document)).send(presentDocument(found));
      },
    });

    app.get('/v1/documents/:documentId/contents', {
      schema: {
        tags,
        summary: 'What the file lists of itself: outline, labels, form fields, links, attachments',
        params: documentParamsSchema,
        response: { 200: contentsSchema },
      },
      handler: ({ actor, params }) =>
        getDocumentContents(deps, actor, asId<DocumentId>(params.documentId)),
    });

    app.patch('/v1/documents/:documentId', {
      schema: {
        tags,
        summary:
          'Rename, move or note metadata; send If-Match with the ETag you saw to be safe from overwriting',
        params: documentParamsSchema,
        headers: z.object({ 'if-match': z.string().optional() }),
        body: documentEditSchema,
        response: { 200: documentSchema },
      },
      handler: async ({ actor, params, headers, body }, reply) => {
        const id = asId<DocumentId>(params.documentId);
        const { title, metadata, folderId: folder } = body;
        const folderId = folderIdOf(folder);
        const change = { title, metadata, folderId };
        await editDocument(deps, actor, id, change, headers['if-match']);
        const found = await getDocumentWithJob(deps, actor, id);
        return reply.header('etag', editTag(found.document)).send(presentDocument(found));
      },
    });
  };
}

function trashRoutes(deps: DocumentDeps): FastifyPluginAsyncZod {
  return async (app) => {
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

    app.post('/v1/documents/:documentId/purge', {
      schema: {
        tags,
        summary: 'Delete a trashed document for good, with all that was read of it',
        params: documentParamsSchema,
        response: { 204: z.null() },
      },
      handler: async ({ actor, params }, reply) => {
        await purgeDocument(deps, actor, asId<DocumentId>(params.documentId));
        return reply.status(204).send(null);
      },
    });
  };
}

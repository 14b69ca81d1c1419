import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { editTag } from '#kernel/edit-tag.ts';
import { asId } from '#kernel/ids.ts';
import type { DocumentId } from '#kernel/ids.ts';
import {
  documentParamsSchema,
  documentSchema,
  versionListQuerySchema,
  versionListSchema,
  versionParamsSchema,
} from './document-schema.ts';
import type { DocumentDeps } from './document-service.ts';
import { getDocumentWithJob } from './document-service.ts';
import { getVersionPage, restoreVersion } from './document-version-service.ts';
import { presentDocument, presentVersion } from './document-view.ts';

const tags = ['documents'];

export function versionRoutes(deps: DocumentDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/documents/:documentId/versions', {
      schema: {
        tags,
        summary: 'Every upload of a document, newest first',
        params: documentParamsSchema,
        querystring: versionListQuerySchema,
        response: { 200: versionListSchema },
      },
      handler: async ({ actor, params, query: { limit, cursor } }) => {
        const id = asId<DocumentId>(params.documentId);
        const page = await getVersionPage(deps, actor, id, { limit, cursor });
        return { ...page, items: page.items.map(presentVersion) };
      },
    });

    app.post('/v1/documents/:documentId/versions/:number/restore', {
      schema: {
        tags,
        summary: 'Make another version the current one again; nothing is read anew',
        params: versionParamsSchema,
        headers: z.object({ 'if-match': z.string().optional() }),
        response: { 200: documentSchema },
      },
      handler: async ({ actor, params, headers }, reply) => {
        const id = asId<DocumentId>(params.documentId);
        await restoreVersion(deps, actor, id, params.number, headers['if-match']);
        const found = await getDocumentWithJob(deps, actor, id);
        return reply.header('etag', editTag(found.document)).send(presentDocument(found));
      },
    });
  };
}

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { documentParamsSchema } from '#features/documents/index.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import type { ProcessedContent } from './content.ts';
import {
  contentEditSchema,
  contentListQuerySchema,
  contentListSchema,
  contentParamsSchema,
  contentSchema,
} from './content-schema.ts';
import { type ContentDeps, getContent, getContentList, putContent } from './content-service.ts';

const tags = ['content'];

export function contentRoutes(deps: ContentDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/documents/:documentId/content', {
      schema: {
        tags,
        summary: 'Structured results about the current version',
        params: documentParamsSchema,
        querystring: contentListQuerySchema,
        response: { 200: contentListSchema },
      },
      handler: async ({ actor, params, query }) => {
        const id = asId<DocumentId>(params.documentId);
        const items = await getContentList(deps, actor, id, query.history);
        return { items: items.map(presentContent) };
      },
    });

    app.get('/v1/documents/:documentId/content/:taskType', {
      schema: {
        tags,
        summary: 'The current result of one kind',
        params: contentParamsSchema,
        response: { 200: contentSchema },
      },
      handler: async ({ actor, params }) => {
        const id = asId<DocumentId>(params.documentId);
        return presentContent(await getContent(deps, actor, id, params.taskType));
      },
    });

    app.put('/v1/documents/:documentId/content/:taskType', {
      schema: {
        tags,
        summary: 'Put your own result in the place of the current one, which is kept',
        params: contentParamsSchema,
        body: contentEditSchema,
        response: { 200: contentSchema },
      },
      handler: async ({ actor, params, body }) => {
        const id = asId<DocumentId>(params.documentId);
        const stored = await putContent(deps, actor, id, params.taskType, body.processedData);
        return presentContent(stored);
      },
    });
  };
}

function presentContent(content: ProcessedContent) {
  return {
    ...content,
    supersededAt: content.supersededAt?.toISOString() ?? null,
    createdAt: content.createdAt.toISOString(),
  };
}

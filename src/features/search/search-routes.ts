import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { DocumentId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import { searchQuerySchema, searchResultSchema } from './search-schema.ts';
import type { SearchDeps } from './search-service.ts';
import { searchPages } from './search-service.ts';

export function searchRoutes(deps: SearchDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/search', {
      schema: {
        tags: ['search'],
        summary: 'Find pages by their words; each hit says where on the page it stands',
        description:
          'Newest documents first by default. `order=relevance` ranks at most 1000 candidate pages.',
        querystring: searchQuerySchema,
        response: { 200: searchResultSchema },
      },
      handler: ({ actor, query, id: requestId }) => {
        const { q, order, limit, cursor } = query;
        const documentId =
          query.documentId === undefined ? undefined : asId<DocumentId>(query.documentId);
        return searchPages(deps, actor, { q, order, documentId, limit, cursor, requestId });
      },
    });
  };
}

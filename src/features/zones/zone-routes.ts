import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { documentParamsSchema } from '#features/documents/index.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import type { OriginalDeps } from './original-routes.ts';
import { originalRoutes } from './original-routes.ts';
import { attachment } from './content-disposition.ts';
import type { DownloadDeps } from './download-service.ts';
import { openDownload } from './download-service.ts';
import type { PageImageDeps } from './page-image-service.ts';
import { getPageImage } from './page-image-service.ts';
import type { PageDeps } from './page-service.ts';
import { getPage, getPages } from './page-service.ts';
import { presentPage, presentPageSummary } from './page-view.ts';
import {
  downloadParamsSchema,
  pageImageQuerySchema,
  pageListQuerySchema,
  pageListSchema,
  pageParamsSchema,
  pageQuerySchema,
  pageSchema,
} from './zone-schema.ts';

const tags = ['pages'];

export function zoneRoutes(
  deps: PageDeps & PageImageDeps & DownloadDeps & OriginalDeps,
): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(originalRoutes(deps));
    app.get('/v1/documents/:documentId/pages', {
      schema: {
        tags,
        summary: 'Pages read so far, without their text',
        params: documentParamsSchema,
        querystring: pageListQuerySchema,
        response: { 200: pageListSchema },
      },
      handler: async ({ actor, params, query }) => {
        const page = await getPages(deps, actor, asId<DocumentId>(params.documentId), query);
        return { ...page, items: page.items.map(presentPageSummary) };
      },
    });

    app.get('/v1/documents/:documentId/pages/:number', {
      schema: {
        tags,
        summary: 'One page: text, words with boxes and confidence, zones',
        params: pageParamsSchema,
        querystring: pageQuerySchema,
        response: { 200: pageSchema },
      },
      handler: async ({ actor, params, query }) => {
        const id = asId<DocumentId>(params.documentId);
        const { page, zones } = await getPage(deps, actor, id, params.number, query.fields);
        return presentPage(page, zones, query.fields);
      },
    });

    app.get('/v1/documents/:documentId/pages/:number/image', {
      schema: {
        tags,
        summary:
          'The page as a picture, made on demand: WebP or PNG, or SVG for Word and text files',
        params: pageParamsSchema,
        querystring: pageImageQuerySchema,
      },
      handler: async ({ actor, params, query }, reply) => {
        const id = asId<DocumentId>(params.documentId);
        const wish = { widthPx: query.width, mediaType: `image/${query.format}` } as const;
        const image = await getPageImage(deps, actor, id, params.number, wish);
        const isPinned = query.v === image.versionId;
        return (
          reply
            .header('content-type', image.mediaType)
            // An SVG opened by itself is a page of this origin.
            .header('content-security-policy', "sandbox; default-src 'none'")
            .header(
              'cache-control',
              isPinned ? 'private, max-age=31536000, immutable' : 'private, no-cache',
            )
            .send(Buffer.from(image.bytes))
        );
      },
    });

    app.get('/v1/documents/:documentId/download/:format', {
      schema: {
        tags: ['documents'],
        summary: 'Download what was read (text, Markdown, JSON, hOCR), or a searchable PDF',
        params: downloadParamsSchema,
      },
      handler: async ({ actor, params }, reply) => {
        const id = asId<DocumentId>(params.documentId);
        const download = await openDownload(deps, actor, id, params.format);
        return reply
          .header('content-type', download.contentType)
          .header('content-disposition', attachment(download.fileName))
          .header('content-security-policy', "sandbox; default-src 'none'")
          .header('cache-control', 'private, no-cache')
          .send(download.stream);
      },
    });
  };
}

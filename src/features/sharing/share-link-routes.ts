import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { TreeFolder } from '#features/folders/index.ts';
import type { ShareLink } from './share-link.ts';
import { linkOpenSchema, openLinkSchema } from './share-link-schema.ts';
import type { LinkDeps } from './share-link-service.ts';
import { closeLink, getCurrentLink, openLink } from './share-link-service.ts';

const tags = ['links'];

export function shareLinkRoutes(deps: LinkDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post('/v1/links/open', {
      config: { access: 'anyone' },
      schema: {
        tags,
        summary: 'Open a share link; a cookie remembers it',
        description:
          'A link that never was, one that has ended, and a wrong or missing password are answered alike.',
        body: linkOpenSchema,
        response: { 204: z.null() },
      },
      handler: async ({ body, ip }, reply) => {
        const { token, password } = body;
        const { visitToken } = await openLink(deps, { token, password, ip });
        return reply.status(204).header('set-cookie', deps.linkCookie.write(visitToken)).send(null);
      },
    });

    app.get('/v1/links/current', {
      schema: {
        tags,
        summary: 'What the opened link shares',
        response: { 200: openLinkSchema },
      },
      handler: async ({ actor }) => {
        const { link, folders } = await getCurrentLink(deps, actor);
        return presentLink(link, folders);
      },
    });

    app.post('/v1/links/close', {
      config: { access: 'anyone' },
      schema: { tags, summary: 'Forget the opened link', response: { 204: z.null() } },
      handler: async ({ headers }, reply) => {
        await closeLink(deps, deps.linkCookie.read(headers.cookie));
        return reply.status(204).header('set-cookie', deps.linkCookie.forget()).send(null);
      },
    });
  };
}

function presentLink(link: ShareLink, folders: TreeFolder[]): z.output<typeof openLinkSchema> {
  const { title, ownerName, permission, documentId, folderId } = link;
  return {
    title,
    sharedBy: ownerName,
    permission,
    documentId,
    folderId,
    folders: folders.map(({ id, name, parentId }) => ({
      id,
      name,
      // What lies above the shared folder is nobody's business.
      parentId: id === folderId ? null : parentId,
    })),
    expiresAt: link.expiresAt?.toISOString() ?? null,
  };
}

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { documentParamsSchema } from '#features/documents/index.ts';
import { asId } from '#kernel/ids.ts';
import type { DocumentId, FolderId, ShareId, UserId } from '#kernel/ids.ts';
import type { SharedObject } from './share.ts';
import {
  accessListSchema,
  givenShareSchema,
  shareChangeSchema,
  shareCreateSchema,
  shareListSchema,
  shareParamsSchema,
  shareQuerySchema,
  shareSchema,
} from './share-schema.ts';
import type { ShareDeps, ShareWish } from './share-service.ts';
import { changeShare, endShare, getAccess, getShares, giveShare } from './share-service.ts';
import { presentAccess, presentShare } from './share-view.ts';

const tags = ['sharing'];

function objectOf(wish: {
  documentId?: string | undefined;
  folderId?: string | undefined;
}): SharedObject {
  return wish.documentId === undefined
    ? { folderId: asId<FolderId>(wish.folderId ?? '') }
    : { documentId: asId<DocumentId>(wish.documentId) };
}

function granteeOf(wish: {
  granteeId: string | null;
  granteeEmail: string | null;
}): ShareWish['grantee'] {
  if (wish.granteeId !== null) return { userId: asId<UserId>(wish.granteeId) };
  return wish.granteeEmail === null ? null : { email: wish.granteeEmail };
}

function instantOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

export function shareRoutes(deps: ShareDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/documents/:documentId/access', {
      schema: {
        tags,
        summary: 'Who can see a document, and why',
        params: documentParamsSchema,
        response: { 200: accessListSchema },
      },
      handler: async ({ actor, params }) => {
        const reasons = await getAccess(deps, actor, asId<DocumentId>(params.documentId));
        return { items: reasons.map(presentAccess) };
      },
    });

    app.get('/v1/shares', {
      schema: {
        tags,
        summary: 'Living shares of a document or a folder of yours',
        querystring: shareQuerySchema,
        response: { 200: shareListSchema },
      },
      handler: async ({ actor, query }) => {
        const shares = await getShares(deps, actor, objectOf(query));
        return { items: shares.map(presentShare) };
      },
    });

    app.post('/v1/shares', {
      schema: {
        tags,
        summary:
          'Share a document, or a folder with all that is in it, with a user, an address or by a link',
        body: shareCreateSchema,
        response: { 201: givenShareSchema },
      },
      handler: async ({ actor, body }, reply) => {
        const { share, token } = await giveShare(deps, actor, {
          object: objectOf(body),
          grantee: granteeOf(body),
          password: body.password,
          permission: body.permission,
          expiresAt: instantOf(body.expiresAt),
        });
        return reply.status(201).send({ share: presentShare(share), token });
      },
    });

    app.patch('/v1/shares/:shareId', {
      schema: {
        tags,
        summary: 'Change what a share permits, when it ends, or the password of a link',
        params: shareParamsSchema,
        body: shareChangeSchema,
        response: { 200: shareSchema },
      },
      handler: async ({ actor, params, body: { permission, password, expiresAt: end } }) => {
        const expiresAt = end === undefined ? undefined : instantOf(end);
        const id = asId<ShareId>(params.shareId);
        return presentShare(
          await changeShare(deps, actor, id, { permission, password, expiresAt }),
        );
      },
    });

    app.delete('/v1/shares/:shareId', {
      schema: {
        tags,
        summary: 'End a share at once',
        params: shareParamsSchema,
        response: { 204: z.null() },
      },
      handler: async ({ actor, params }, reply) => {
        await endShare(deps, actor, asId<ShareId>(params.shareId));
        return reply.status(204).send(null);
      },
    });
  };
}

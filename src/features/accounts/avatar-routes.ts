import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { userParamsSchema } from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { holdsTag } from '#kernel/edit-tag.ts';
import type { UserId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import { accountSchema } from './account-schema.ts';
import { getAccount } from './account-service.ts';
import { presentAccount } from './account-view.ts';
import { avatarHeadersSchema, avatarQuerySchema } from './avatar-schema.ts';
import type { Avatar, AvatarDeps } from './avatar-service.ts';
import { getAvatar, removeAvatar, setAvatar } from './avatar-service.ts';

const tags = ['account'];

/** The picture of a person. */
export function avatarRoutes(deps: AvatarDeps): FastifyPluginAsyncZod {
  return async (app) => {
    takePictures(app);
    app.put('/v1/account/avatar', {
      schema: {
        tags,
        summary: 'Set your picture: the body is a PNG, JPEG or WebP of at most 5 MiB',
        description: 'Its middle is kept as a square of 256 x 256 pixels, and nothing else of it.',
        consumes: ['image/png', 'image/jpeg', 'image/webp'],
        response: { 200: accountSchema },
      },
      handler: async ({ actor, body }) => {
        await setAvatar(deps, actor, pictureOf(body));
        return presentAccount(await getAccount(deps, actor));
      },
    });

    app.delete('/v1/account/avatar', {
      schema: { tags, summary: 'Take your picture away', response: { 204: z.null() } },
      handler: async ({ actor }, reply) => {
        await removeAvatar(deps, actor);
        return reply.status(204).send(null);
      },
    });

    app.get('/v1/account/avatar', {
      schema: {
        tags,
        summary: 'Your picture, as WebP',
        querystring: avatarQuerySchema,
        headers: avatarHeadersSchema,
      },
      handler: async ({ actor, query, headers }, reply) => {
        const avatar = await getAvatar(deps, actor, actor.userId);
        return answer(reply, avatar, { seen: headers['if-none-match'], wanted: query.v });
      },
    });

    app.get('/v1/users/:userId/avatar', {
      schema: {
        tags: ['users'],
        summary:
          'The picture of somebody as WebP, for admins and for who shares something with them by name',
        params: userParamsSchema,
        querystring: avatarQuerySchema,
        headers: avatarHeadersSchema,
      },
      handler: async ({ actor, params, query, headers }, reply) => {
        const avatar = await getAvatar(deps, actor, asId<UserId>(params.userId));
        return answer(reply, avatar, { seen: headers['if-none-match'], wanted: query.v });
      },
    });
  };
}

/** Bodies that are pictures are streams for the handler, which looks at the bytes and not at what they are called. */
function takePictures(app: FastifyInstance): void {
  app.addContentTypeParser(/^image\//, (_request, payload, done) => done(null, payload));
}

function pictureOf(body: unknown): AsyncIterable<Uint8Array> {
  if (body instanceof Readable) return body;
  if (body === undefined || body === null) return Readable.from([]);
  throw new AppError(
    'request.unsupported_media_type',
    'Send the bytes of the picture as image/png, image/jpeg or image/webp.',
  );
}

function answer(
  reply: FastifyReply,
  { id, bytes, etag }: Avatar,
  asked: { seen: string | undefined; wanted: string | undefined },
): FastifyReply {
  const isPinned = asked.wanted === id;
  void reply
    .header('content-type', 'image/webp')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-resource-policy', 'same-origin')
    .header(
      'cache-control',
      isPinned ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    )
    .header('etag', etag);
  return holdsTag(asked.seen, etag) ? reply.status(304).send() : reply.send(bytes);
}

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { UserId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import {
  presentUser,
  userChangeSchema,
  userListSchema,
  userParamsSchema,
  userQuerySchema,
  userSchema,
} from './user-schema.ts';
import type { UserDeps } from './user-service.ts';
import { changeUser, getUser, getUserPage } from './user-service.ts';

const tags = ['users'];

/** For admins: to everybody else there is nothing at these addresses. */
export function userRoutes(deps: UserDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/users', {
      schema: {
        tags,
        summary: 'People with an account, newest first; for admins',
        querystring: userQuerySchema,
        response: { 200: userListSchema },
      },
      handler: async ({ actor, query }) => {
        const page = await getUserPage(deps, actor, { ...query, cursor: query.cursor });
        return { ...page, items: page.items.map(presentUser) };
      },
    });

    app.get('/v1/users/:userId', {
      schema: {
        tags,
        summary: 'One account; for admins',
        params: userParamsSchema,
        response: { 200: userSchema },
      },
      handler: async ({ actor, params }) =>
        presentUser(await getUser(deps, actor, asId<UserId>(params.userId))),
    });

    app.patch('/v1/users/:userId', {
      schema: {
        tags,
        summary: 'Change role, status or limits of an account; for admins',
        description: 'Another role ends the sessions of the user, a suspension also their keys.',
        params: userParamsSchema,
        body: userChangeSchema,
        response: { 200: userSchema },
      },
      handler: async ({ actor, params, body }) =>
        presentUser(await changeUser(deps, actor, asId<UserId>(params.userId), body)),
    });

    app.delete('/v1/users/:userId', {
      schema: {
        tags,
        summary: 'Delete an account: its sessions, keys and shares end at once; for admins',
        params: userParamsSchema,
        response: { 204: z.null() },
      },
      handler: async ({ actor, params }, reply) => {
        await changeUser(deps, actor, asId<UserId>(params.userId), { status: 'deleted' });
        return reply.status(204).send(null);
      },
    });
  };
}

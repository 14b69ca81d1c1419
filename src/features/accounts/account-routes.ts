import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asId } from '#kernel/ids.ts';
import type { IdentityId, SessionId } from '#kernel/ids.ts';
import type { AccountDeps } from './account-deps.ts';
import { avatarRoutes } from './avatar-routes.ts';
import type { AvatarDeps } from './avatar-service.ts';
import type { AccountExportDeps } from './account-export-service.ts';
import { exportAccount } from './account-export-service.ts';
import { deleteAccount } from './account-deletion-service.ts';
import {
  accountChangeSchema,
  accountDeletionSchema,
  accountSchema,
  endedSessionsSchema,
  identityListSchema,
  identityParamsSchema,
  passwordChangeSchema,
  sessionListSchema,
  sessionParamsSchema,
} from './account-schema.ts';
import { changeAccount, getAccount } from './account-service.ts';
import { presentAccount, presentIdentity, presentSession } from './account-view.ts';
import {
  endOtherSessions,
  endSession,
  getIdentities,
  getSessions,
  removeIdentity,
} from './own-sessions-service.ts';
import { changePassword } from './password-service.ts';
import { clientOf } from './session-start.ts';

const tags = ['account'];
const nothing = { 204: z.null() };

/** What a person does with their own account. */
export function accountRoutes(
  deps: AccountDeps & AccountExportDeps & AvatarDeps,
): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(profileRoutes(deps));
    await app.register(sessionRoutes(deps));
    await app.register(exportRoutes(deps));
    await app.register(avatarRoutes(deps));
  };
}

function profileRoutes(deps: AccountDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/account', {
      schema: { tags, summary: 'Who you are', response: { 200: accountSchema } },
      handler: async ({ actor }) => presentAccount(await getAccount(deps, actor)),
    });

    app.patch('/v1/account', {
      schema: {
        tags,
        summary: 'Change your name, your address or what you prefer',
        body: accountChangeSchema,
        response: { 200: accountSchema },
      },
      handler: async ({ actor, body }) => presentAccount(await changeAccount(deps, actor, body)),
    });

    app.delete('/v1/account', {
      schema: {
        tags,
        summary: 'Delete your account; your things go to the trash and are removed later',
        body: accountDeletionSchema,
        response: nothing,
      },
      handler: async ({ actor, body }, reply) => {
        await deleteAccount(deps, actor, body?.password ?? null);
        return reply.status(204).header('set-cookie', deps.cookie.forget()).send(null);
      },
    });

    app.post('/v1/account/password', {
      schema: {
        tags,
        summary: 'Set another password; all other sessions end',
        body: passwordChangeSchema,
        response: nothing,
      },
      handler: async (request, reply) => {
        const token = await changePassword(deps, request.actor, clientOf(request), request.body);
        return reply.status(204).header('set-cookie', deps.cookie.write(token)).send(null);
      },
    });
  };
}

function exportRoutes(deps: AccountExportDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/account/export', {
      schema: {
        tags,
        summary: 'All that you have here, as a ZIP archive',
        produces: ['application/zip'],
        response: {
          200: z.unknown().describe('profile.json, what you made as JSON, and your files'),
        },
      },
      handler: async ({ actor }, reply) => {
        const archive = await exportAccount(deps, actor);
        const day = new Date().toISOString().slice(0, 10);
        return reply
          .header('content-type', 'application/zip')
          .header('content-disposition', `attachment; filename="docmill-${day}.zip"`)
          .header('cache-control', 'no-store')
          .send(Readable.from(archive));
      },
    });
  };
}

function sessionRoutes(deps: AccountDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/account/sessions', {
      schema: { tags, summary: 'Where you are signed in', response: { 200: sessionListSchema } },
      handler: async ({ actor }) => {
        const sessions = await getSessions(deps, actor);
        return { items: sessions.map((session) => presentSession(session, actor.sessionId)) };
      },
    });

    app.delete('/v1/account/sessions', {
      schema: {
        tags,
        summary: 'Sign out everywhere else',
        response: { 200: endedSessionsSchema },
      },
      handler: async ({ actor }) => ({ ended: await endOtherSessions(deps, actor) }),
    });

    app.delete('/v1/account/sessions/:sessionId', {
      schema: {
        tags,
        summary: 'End one session',
        params: sessionParamsSchema,
        response: nothing,
      },
      handler: async ({ actor, params }, reply) => {
        await endSession(deps, actor, asId<SessionId>(params.sessionId));
        return reply.status(204).send(null);
      },
    });

    app.get('/v1/account/identities', {
      schema: {
        tags,
        summary: 'Other services by which you can sign in',
        response: { 200: identityListSchema },
      },
      handler: async ({ actor }) => ({
        items: (await getIdentities(deps, actor)).map(presentIdentity),
      }),
    });

    app.delete('/v1/account/identities/:identityId', {
      schema: {
        tags,
        summary: 'Sign in by this service no more',
        params: identityParamsSchema,
        response: nothing,
      },
      handler: async ({ actor, params }, reply) => {
        await removeIdentity(deps, actor, asId<IdentityId>(params.identityId));
        return reply.status(204).send(null);
      },
    });
  };
}

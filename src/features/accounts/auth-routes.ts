import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { User } from '#features/identity/index.ts';
import type { AccountView } from './account-schema.ts';
import { accountSchema } from './account-schema.ts';
import { presentAccount } from './account-view.ts';
import { hasAdmin } from './account-repository.ts';
import {
  authOptionsSchema,
  firstAdminSchema,
  resetRequestSchema,
  resetSchema,
  signInSchema,
  signOutSchema,
  signUpAnswerSchema,
  signUpSchema,
  verifyEmailSchema,
} from './auth-schema.ts';
import { claimFirstAdmin } from './first-admin-service.ts';
import { passwordLength } from './password-rules.ts';
import { signIn, signOut } from './sign-in-service.ts';
import { clientOf } from './session-start.ts';
import type { AccountDeps } from './account-deps.ts';
import { providerRoutes } from './provider-routes.ts';
import { requestReset, resetPassword } from './reset-service.ts';
import { signUp, signUpInvited, verifyEmail } from './sign-up-service.ts';

const tags = ['auth'];
const config = { access: 'anyone' } as const;

export interface AuthRouteDeps extends AccountDeps {
  signInMode: 'required' | 'off';
}

type Welcome = (reply: FastifyReply, entry: { user: User; token: string }) => AccountView;

/** What people do before they are signed in; open to anyone. */
export function authRoutes(deps: AuthRouteDeps): FastifyPluginAsyncZod {
  const welcome: Welcome = (reply, { user, token }) => {
    void reply.header('set-cookie', deps.cookie.write(token)).header('cache-control', 'no-store');
    return presentAccount(user);
  };
  return async (app) => {
    await app.register(signInRoutes(deps, welcome));
    await app.register(signUpRoutes(deps, welcome));
    await app.register(resetRoutes(deps));
    await app.register(providerRoutes(deps));
  };
}

function signInRoutes(deps: AuthRouteDeps, welcome: Welcome): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/auth/options', {
      config,
      schema: { tags, summary: 'How to sign in here', response: { 200: authOptionsSchema } },
      handler: async () => ({
        signIn: deps.signInMode,
        signUp: deps.signUp,
        providers: deps.providers.map(({ id, name }) => ({ id, name })),
        firstAdminNeeded: deps.signInMode === 'required' && !(await hasAdmin(deps.database.sql)),
        passwordLength,
      }),
    });

    app.post('/v1/auth/first-admin', {
      config,
      schema: {
        tags,
        summary: 'Become the first admin, by the link that the server printed, and sign in',
        body: firstAdminSchema,
        response: { 200: accountSchema },
      },
      handler: async (request, reply) =>
        welcome(reply, await claimFirstAdmin(deps, clientOf(request), request.body)),
    });

    app.post('/v1/auth/sign-in', {
      config,
      schema: {
        tags,
        summary: 'Sign in with e-mail address and password',
        description: 'Answers with a session cookie. The session the browser had before ends.',
        body: signInSchema,
        response: { 200: accountSchema },
      },
      handler: async (request, reply) => {
        const oldToken = deps.cookie.read(request.headers.cookie);
        return welcome(reply, await signIn(deps, clientOf(request), { ...request.body, oldToken }));
      },
    });

    app.post('/v1/auth/sign-out', {
      config,
      schema: {
        tags,
        summary: 'End this session, or all of the account',
        body: signOutSchema,
        response: { 204: z.null() },
      },
      handler: async ({ headers, body }, reply) => {
        await signOut(deps, deps.cookie.read(headers.cookie), body?.everywhere);
        return reply.status(204).header('set-cookie', deps.cookie.forget()).send(null);
      },
    });
  };
}

function signUpRoutes(deps: AuthRouteDeps, welcome: Welcome): FastifyPluginAsyncZod {
  return async (app) => {
    app.post('/v1/auth/sign-up', {
      config,
      schema: {
        tags,
        summary: 'Make an account',
        description:
          'By invitation it is there at once, and you are signed in. Otherwise a mail with a link is sent, ' +
          'and the answer is the same for an address that has an account.',
        body: signUpSchema,
        response: { 200: accountSchema, 202: signUpAnswerSchema },
      },
      handler: async (request, reply) => {
        const { invitation, email = '', ...person } = request.body;
        if (invitation !== undefined) {
          const wish = { ...person, invitation };
          return welcome(reply, await signUpInvited(deps, clientOf(request), wish));
        }
        await signUp(deps, { ...person, email });
        return reply.status(202).send({ status: 'check_mail' as const });
      },
    });

    app.post('/v1/auth/verify-email', {
      config,
      schema: {
        tags,
        summary: 'Prove an address by the link of a mail',
        body: verifyEmailSchema,
        response: { 204: z.null() },
      },
      handler: async ({ body }, reply) => {
        await verifyEmail(deps, body.token);
        return reply.status(204).send(null);
      },
    });
  };
}

function resetRoutes(deps: AuthRouteDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post('/v1/auth/reset-request', {
      config,
      schema: {
        tags,
        summary: 'Ask for a mail with a link that sets a new password',
        description: 'The answer is the same whether or not somebody has the address.',
        body: resetRequestSchema,
        response: { 202: signUpAnswerSchema },
      },
      handler: async ({ body }, reply) => {
        requestReset(deps, body.email);
        return reply.status(202).send({ status: 'check_mail' as const });
      },
    });

    app.post('/v1/auth/reset', {
      config,
      schema: {
        tags,
        summary: 'Set a new password by the link of a mail; all sessions end',
        body: resetSchema,
        response: { 204: z.null() },
      },
      handler: async ({ body }, reply) => {
        await resetPassword(deps, body);
        return reply.status(204).send(null);
      },
    });
  };
}

import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '#features/identity/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import type { AccountDeps } from './account-deps.ts';
import {
  invitedStartSchema,
  providerAddressSchema,
  providerAnswerSchema,
  providerParamsSchema,
  providerStartSchema,
} from './auth-schema.ts';
import { finishVisit, redirectUri, requireProvider } from './provider-service.ts';
import {
  type StoredVisit,
  decodeVisit,
  encodeVisit,
  newVisit,
  wantedPlace,
} from './provider-visit.ts';
import { clientOf } from './session-start.ts';
import { sessionWay } from './session-way.ts';

const tags = ['auth'];
const config = { access: 'anyone' } as const;

/** To other services and back; a browser goes there by itself, so the answers are redirects. */
export function providerRoutes(deps: AccountDeps): FastifyPluginAsyncZod {
  const bySession = sessionWay(deps);
  const actorOf = async (request: FastifyRequest): Promise<Actor | null> => {
    try {
      return await bySession(request);
    } catch (error) {
      if (isAppError(error, 'auth.invalid')) return null;
      throw error;
    }
  };
  return async (app) => {
    await app.register(invitedRoutes(deps));
    app.get('/v1/auth/providers/:provider/start', {
      config,
      schema: {
        tags,
        summary: 'Go to another service to sign in, or to add it to your account',
        params: providerParamsSchema,
        querystring: providerStartSchema,
        response: { 302: z.null().describe('To the service, or as the way back when it is down') },
      },
      handler: async (request, reply) => {
        const provider = requireProvider(deps, request.params.provider);
        const { returnTo, link } = request.query;
        if (link) refuseForeign(request);
        const visit = newVisit({ provider: provider.id, returnTo, link });
        void reply.header('cache-control', 'no-store');
        try {
          const uri = redirectUri(deps, provider.id);
          const target = await provider.start({ ...visit, redirectUri: uri });
          void reply.header('set-cookie', deps.visitCookie.write(encodeVisit(visit)));
          return reply.redirect(target.href);
        } catch (error) {
          return reply.redirect(placeOfRefusal(request, error, visit));
        }
      },
    });

    app.get('/v1/auth/providers/:provider/callback', {
      config,
      schema: {
        tags,
        summary: 'Come back from another service',
        params: providerParamsSchema,
        querystring: providerAnswerSchema,
        response: {
          302: z
            .null()
            .describe(
              'Into the web application; to /sign-in?error=CODE&to=PLACE, to /sign-up?error=CODE#token=… with an invitation, or /settings/security?error=CODE when it was to be added',
            ),
        },
      },
      handler: async (request, reply) => {
        void reply
          .header('set-cookie', deps.visitCookie.forget())
          .header('cache-control', 'no-store');
        const visit = decodeVisit(deps.visitCookie.read(request.headers.cookie));
        try {
          const provider = requireProvider(deps, request.params.provider);
          const { code = '', state = '' } = request.query;
          const oldToken = deps.cookie.read(request.headers.cookie);
          const asker = { client: clientOf(request), actor: await actorOf(request), oldToken };
          const token = await finishVisit(deps, visit, { provider, code, state }, asker);
          if (token !== null) void reply.header('set-cookie', deps.cookie.write(token));
          return reply.redirect(visit?.returnTo ?? '/');
        } catch (error) {
          return reply.redirect(placeOfRefusal(request, error, visit));
        }
      },
    });
  };
}

/** Begins a visit that accepts an invitation. */
function invitedRoutes(deps: AccountDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post('/v1/auth/providers/:provider/start', {
      config,
      schema: {
        tags,
        summary: 'Begin to accept an invitation by another service; the browser goes there then',
        description:
          'The token of the invitation is in the body, because addresses are written down on the way. ' +
          'The account is made when the service says that it has verified the invited address.',
        params: providerParamsSchema,
        body: invitedStartSchema,
        response: { 200: providerAddressSchema },
      },
      handler: async ({ params, body }, reply) => {
        const provider = requireProvider(deps, params.provider);
        const visit = newVisit({ ...body, provider: provider.id, link: false });
        const uri = redirectUri(deps, provider.id);
        const target = await provider.start({ ...visit, redirectUri: uri });
        return reply
          .header('cache-control', 'no-store')
          .header('set-cookie', deps.visitCookie.write(encodeVisit(visit)))
          .send({ url: target.href });
      },
    });
  };
}

/** The page that says why it did not work, and knows where one wanted to go; anything but a refusal is thrown on. */
function placeOfRefusal(
  request: FastifyRequest,
  error: unknown,
  visit: StoredVisit | null,
): string {
  if (!isAppError(error)) throw error;
  request.log.info({ error }, 'auth.provider_refused');
  const query = new URLSearchParams({ error: error.code });
  if (visit?.link === true) return `/settings/security?${query.toString()}`;
  if (visit?.invitation !== undefined) {
    // Behind the #, which browsers send to nobody: the page can go on with the invitation.
    return `/sign-up?${query.toString()}#token=${encodeURIComponent(visit.invitation)}`;
  }
  const to = visit === null ? '/' : wantedPlace(visit);
  if (to !== '/') query.set('to', to);
  return `/sign-in?${query.toString()}`;
}

/** Adding to an account is begun on our own pages, not by a link of somebody else. */
function refuseForeign({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  throw new AppError('request.cross_site', 'Begin this on the account page.');
}

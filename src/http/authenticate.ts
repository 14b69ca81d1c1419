import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Actor, localOwner } from '#features/identity/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';

/** Says on whose behalf a request is made. Throws what is answered to somebody who may not ask at all. */
export type Authenticate = (request: FastifyRequest) => Promise<Actor>;

/** Everybody who reaches the server is its owner: for tests, and for `whoIsLocal`. */
export const asLocalOwner: Authenticate = async () => localOwner;

/** Everybody on this machine is the local owner; nobody else is let in. */
export const whoIsLocal: Authenticate = async ({ socket }) => {
  const address = socket.remoteAddress ?? '';
  if (/^(?:::ffff:)?127\.|^::1$/.test(address)) return localOwner;
  throw new AppError(
    'auth.required',
    'Without accounts (DOCMILL_SIGN_IN=off) this server answers its own machine only.',
  );
};

/** For requests without any credential, where one is required. */
export const nobody: Authenticate = async () => {
  throw new AppError('auth.required', 'Sign in first, or send an API key.');
};

/** Routes of plugins, which cannot say themselves that anyone may ask: the built web application and the API description. */
const openPlugins = /^\/(?:\*|docs(?:\/.*)?)$/;

/**
 * Sets `request.actor` before any handler runs, with what the audit log notes of the request. Routes that are open
 * to anyone, and addresses without a route, are not asked who it is.
 */
export function identifyRequests(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('actor');
  app.decorateRequest('isStillAllowed');
  app.addHook('onRequest', async (request) => {
    if (request.is404 || isOpen(request)) return;
    const actor = await authenticate(request);
    request.actor = {
      ...actor,
      requestId: request.id,
      ip: request.ip,
      userAgent: request.headers['user-agent'],
    };
    request.isStillAllowed = () => isStill(actor, () => authenticate(request));
  });
}

function isOpen({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.config.access === 'anyone' || openPlugins.test(routeOptions.url ?? '');
}

async function isStill(actor: Actor, ask: () => Promise<Actor>): Promise<boolean> {
  try {
    const now = await ask();
    return now.userId === actor.userId && now.kind === actor.kind && now.role === actor.role;
  } catch (error) {
    // When the database cannot be asked the stream stays: it shows nothing without the database either.
    return !isAppError(error, 'auth.invalid') && !isAppError(error, 'auth.required');
  }
}

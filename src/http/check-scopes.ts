import type { FastifyInstance } from 'fastify';
import { checkScope, neededScope } from '#features/identity/index.ts';

/**
 * Keys reach what their scopes open, told from the first tag and the method of the route, before a handler runs and
 * before anything is looked up. Throws `access.denied`. Register it after `identifyRequests`.
 */
export function checkScopes(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ actor, method, routeOptions }) => {
    if (actor?.kind !== 'key' || routeOptions.config.access === 'anyone') return;
    // What a server can do at all is told to every key.
    if (method === 'OPTIONS') return;
    // An address without a route is answered 404 to everybody.
    if (routeOptions.url === undefined) return;
    checkScope(actor.scopes ?? [], neededScope(routeOptions.schema?.tags?.[0], method));
  });
}

import type { Actor } from './actor.ts';

export { localOwner } from './actor.ts';
export type { Actor } from './actor.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by http/authenticate.ts before any handler runs. */
    actor: Actor;
  }
}

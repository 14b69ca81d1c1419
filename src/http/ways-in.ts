import type { FastifyRequest } from 'fastify';
import type { Actor } from '#features/identity/index.ts';
import type { AppError } from '#kernel/app-error.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { Authenticate } from './authenticate.ts';

/** One way to prove who asks: null for a request without its credential, throws `auth.invalid` for a bad one. */
export type WayIn = (request: FastifyRequest) => Promise<Actor | null>;

/**
 * The first way that finds a good credential answers. A bad one does not keep the later ways from being tried: a
 * browser whose session has ended may still hold a share link. Throws `auth.invalid` when there were only bad ones;
 * `otherwise` answers when there was none.
 */
export function tryWays(ways: readonly WayIn[], otherwise: Authenticate): Authenticate {
  return async (request) => {
    let refusal: AppError | undefined;
    for (const way of ways) {
      try {
        const actor = await way(request);
        if (actor !== null) return actor;
      } catch (error) {
        if (!isAppError(error, 'auth.invalid')) throw error;
        refusal ??= error;
      }
    }
    if (refusal) throw refusal;
    return otherwise(request);
  };
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { RateLimit, RateLimiter, RateVerdict } from '#realtime/rate-limiter.ts';
import { parseRateWindows } from '#realtime/rate-windows.ts';
import { addressPrincipal, principalOf } from './principal.ts';
import type { RateClass } from './rate-class.ts';
import { rateClassOf } from './rate-class.ts';
import { rateHeaders } from './rate-headers.ts';

export interface RateLimits {
  limiter: RateLimiter;
  /** Requests per time for each class, as in the settings; users may have others. */
  rates: Readonly<Record<RateClass, string>>;
}

/** Routes whose success proves who asks. Others, such as a mail to reset a password, succeed for anybody. */
const proves = /^\/v1\/(auth\/sign-in|account\/password|links\/open)$/;

interface Taken {
  principal: string;
  limit: RateLimit;
}

/**
 * Counts requests of the API per principal and route template, and refuses what is over the limit with 429 before a
 * body is read. A sign-in that succeeded gives its point back, so that a school behind one address can sign in;
 * tries that failed stay counted, whoever else succeeds meanwhile.
 */
export function limitRates(app: FastifyInstance, limits: RateLimits | undefined): void {
  if (limits === undefined) return;
  const signIns = new WeakMap<FastifyRequest, Taken>();
  app.addHook('onRequest', async (request, reply) => {
    const rateClass = classOf(request);
    if (rateClass === null) return;
    const windows = windowsOf(limits, rateClass, request.actor);
    if (windows.length === 0) return;
    const taken = takenBy(request, rateClass, windows);
    const verdict = await limits.limiter.take(taken.principal, taken.limit);
    if (proves.test(request.routeOptions.url ?? '')) signIns.set(request, taken);
    tell(reply, rateClass, taken.limit, verdict);
  });
  // Before the answer leaves: the next try may come as soon as it is there.
  app.addHook('onSend', async (request, reply) => {
    const taken = signIns.get(request);
    if (taken && reply.statusCode < 300) {
      await limits.limiter.giveBack(taken.principal, taken.limit);
    }
  });
}

function classOf(request: FastifyRequest): RateClass | null {
  const { url, config } = request.routeOptions;
  if (config.rate !== undefined) return config.rate;
  return url === undefined ? null : rateClassOf(request.method, url);
}

function windowsOf(
  limits: RateLimits,
  rateClass: RateClass,
  actor: Pick<Actor, 'limits'> | null | undefined,
): RateLimit['windows'] {
  return parseRateWindows(actor?.limits?.rates?.[rateClass] ?? limits.rates[rateClass]);
}

function takenBy(
  request: FastifyRequest,
  rateClass: RateClass,
  windows: RateLimit['windows'],
): Taken {
  const isGuess = rateClass === 'auth';
  return {
    // Whoever guesses is not who they say they are: the address counts.
    principal: isGuess ? addressPrincipal(request.ip) : principalOf(request.actor, request.ip),
    limit: {
      route: `${request.method} ${request.routeOptions.url ?? ''}`,
      windows,
      onFailure: isGuess ? 'closed' : 'open',
    },
  };
}

function tell(
  reply: FastifyReply,
  rateClass: RateClass,
  limit: RateLimit,
  verdict: RateVerdict,
): void {
  const retryAfterSeconds = Math.max(1, Math.ceil(verdict.retryAfterSeconds));
  if (verdict.guessed) {
    if (verdict.allowed) return;
    throw new AppError(
      'realtime.unavailable',
      'Tries cannot be counted at the moment, so none is taken. Try again in a few seconds.',
      { details: { retryAfterSeconds } },
    );
  }
  void reply.headers(rateHeaders(rateClass, limit.windows, verdict));
  if (verdict.allowed) return;
  throw new AppError(
    'request.too_many',
    `That was more than ${verdict.limit} requests of this kind in ${verdict.seconds} seconds. Try again in ${retryAfterSeconds} seconds.`,
    { details: { limit: verdict.limit, seconds: verdict.seconds, retryAfterSeconds } },
  );
}

import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';

export interface OpenRequests {
  /** Resolves when every request is answered, to false when that takes longer than `limitMs`. */
  settle(limitMs: number): Promise<boolean>;
}

/** Keeps an eye on requests that are being answered; event streams, which never end, do not count. */
export function watchRequests(app: FastifyInstance): OpenRequests {
  const open = new Set<FastifyReply>();
  app.addHook('onRequest', async (_request, reply) => {
    open.add(reply);
    // Fastify awaits a reply by several listeners of its own; a file sent through it comes to eleven.
    reply.raw.setMaxListeners(20);
    reply.raw.once('close', () => open.delete(reply));
  });
  return {
    async settle(limitMs) {
      const deadline = Date.now() + limitMs;
      // A hijacked reply counts as sent.
      while ([...open].some((reply) => !reply.sent)) {
        if (Date.now() >= deadline) return false;
        await delay(20);
      }
      return true;
    },
  };
}

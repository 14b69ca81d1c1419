import type { FastifyInstance } from 'fastify';
import { AppError } from '#kernel/app-error.ts';
import { rateClassOf } from './rate-class.ts';

/**
 * Lets `atOnce` uploads in at a time, so that memory and disk are enough whatever comes; more are answered 503 with
 * Retry-After before a byte of them is kept. The wait is spread, or all who were refused would come back together.
 */
export function admitUploads(app: FastifyInstance, atOnce: number | undefined): void {
  if (atOnce === undefined) return;
  let open = 0;
  app.addHook('onRequest', async (request, reply) => {
    if (!carriesFile(request.method, request.routeOptions.url ?? '')) return;
    if (open >= atOnce) {
      const retryAfterSeconds = 1 + Math.floor(Math.random() * 5);
      throw new AppError(
        'upload.busy',
        `The server is taking in ${atOnce} uploads, as many as it may at once. Try again in ${retryAfterSeconds} seconds.`,
        { details: { retryAfterSeconds } },
      );
    }
    open += 1;
    // Comes once, after an answer as after a connection that broke.
    reply.raw.once('close', () => (open -= 1));
  });
}

function carriesFile(method: string, template: string): boolean {
  if (rateClassOf(method, template) === 'upload') return true;
  return method === 'PATCH' && template.startsWith('/v1/uploads');
}

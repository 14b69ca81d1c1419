import type { FastifyInstance } from 'fastify';
import type { RequestMetric } from '#features/metrics/index.ts';

/** Takes a row for every answered request. It must not wait. */
export type RecordRequest = (metric: RequestMetric) => void;

/** Hands a row to `record` when an answer is complete. Health checks are left out: they come all the time. */
export function measureRequests(app: FastifyInstance, record: RecordRequest | undefined): void {
  if (record === undefined) return;
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? '(no route)';
    if (route.startsWith('/health/')) return;
    // Unset for requests that were refused before anybody was known.
    const actor: RequestActor = request.actor;
    record({
      recordedAt: new Date(),
      method: request.method,
      route,
      status: reply.statusCode,
      durationMs: Math.max(0, reply.elapsedTime),
      userId: actor?.userId ?? null,
      ipAddress: request.ip,
      userAgent: request.headers['user-agent'] ?? null,
      metadata: { requestId: request.id },
    });
  });
}

type RequestActor = { userId: RequestMetric['userId'] } | null | undefined;

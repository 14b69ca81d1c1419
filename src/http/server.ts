import { randomUUID } from 'node:crypto';
import fastifyMultipart from '@fastify/multipart';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import fastify, { LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { documentRoutes, uploadRoutes } from '#features/documents/index.ts';
import { localOwner } from '#features/identity/index.ts';
import { jobRoutes } from '#features/jobs/index.ts';
import { searchRoutes } from '#features/search/index.ts';
import { systemRoutes } from '#features/system/index.ts';
import { zoneRoutes } from '#features/zones/index.ts';
import type { HealthDeps } from './health-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { watchRequests } from './open-requests.ts';
import { registerOpenapi } from './openapi.ts';
import { sendProblem } from './problem.ts';
import { guardRequests } from './request-guards.ts';
import { noteRouteMethods } from './route-methods.ts';
import { registerSecurityHeaders, registerWebApp, setSecurityHeaders } from './web-app.ts';

export interface ServerOptions {
  version: string;
  /** Host names beside loopback that the server answers for. */
  publicHosts: readonly string[];
  webFolder: string;
  logger: Logger;
  deps: RouteDeps;
}

export type RouteDeps = HealthDeps &
  Parameters<typeof uploadRoutes>[0] &
  Parameters<typeof documentRoutes>[0] &
  Parameters<typeof zoneRoutes>[0] &
  Parameters<typeof jobRoutes>[0] &
  Parameters<typeof searchRoutes>[0] &
  Parameters<typeof systemRoutes>[0];

/** The HTTP edge, not listening yet. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { deps } = options;
  const loggerInstance: FastifyBaseLogger = options.logger;
  const app = fastify({
    loggerInstance,
    // Our own line per answer is shorter, see logRequests.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: 1024 * 1024,
    forceCloseConnections: 'idle',
    // Addresses that cannot even be read; no hook runs for them.
    frameworkErrors(error, request, reply) {
      setSecurityHeaders(request, reply);
      sendProblem(error, request, reply);
    },
  });
  // Only JSON and forms are read; the parser for plain text would let a text through to the schemas.
  app.removeContentTypeParser('text/plain');
  const methodsOf = noteRouteMethods(app);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(sendProblem);
  registerSecurityHeaders(app);
  guardRequests(app, options.publicHosts);
  app.decorateRequest('actor');
  app.addHook('onRequest', async (request) => {
    // Until accounts arrive everybody who reaches this loopback server is its owner.
    request.actor = localOwner;
  });
  logRequests(app);
  finishRequestsFirst(app, deps);

  await app.register(fastifyMultipart);
  await registerOpenapi(app, options.version);
  await app.register(healthRoutes(deps));
  await app.register(uploadRoutes(deps));
  await app.register(documentRoutes(deps));
  await app.register(zoneRoutes(deps));
  await app.register(jobRoutes(deps));
  await app.register(searchRoutes(deps));
  await app.register(systemRoutes(deps));
  await registerWebApp(app, options.webFolder, methodsOf);
  return app;
}

/** What runs when the server closes may take this long; new requests are answered 503 meanwhile. */
const answerLimitMs = 20_000;

/** An upload that is under way when the server is asked to stop comes to its end; streams are ended. */
function finishRequestsFirst(app: FastifyInstance, deps: RouteDeps): void {
  const requests = watchRequests(app);
  app.addHook('preClose', async () => {
    deps.feed.endSubscriptions();
    await requests.settle(answerLimitMs);
    // Also those that browsers open ahead of a request: Node does not count them as idle, and would wait.
    app.server.closeAllConnections();
  });
}

/** One line per answer at debug, so that a quiet server stays quiet; errors are logged where they are answered. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.debug(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request.answered',
    );
  });
}

import { randomUUID } from 'node:crypto';
import fastifyMultipart from '@fastify/multipart';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import fastify, { LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { accountRoutes, authRoutes, invitationRoutes } from '#features/accounts/index.ts';
import { auditRoutes } from '#features/audit/index.ts';
import { documentRoutes, uploadRoutes } from '#features/documents/index.ts';
import { apiKeyRoutes, userRoutes } from '#features/identity/index.ts';
import { folderRoutes } from '#features/folders/index.ts';
import { runRoutes } from '#features/extraction/index.ts';
import { exportRoutes } from '#features/exports/index.ts';
import { jobRoutes, jobSubjectRoutes } from '#features/jobs/index.ts';
import { journalRoutes } from '#features/journal/index.ts';
import { liveRoutes } from '#features/live/index.ts';
import { metricsRoutes } from '#features/metrics/index.ts';
import { searchRoutes } from '#features/search/index.ts';
import { shareLinkRoutes, shareRoutes } from '#features/sharing/index.ts';
import { scheduleRoutes, systemRoutes } from '#features/system/index.ts';
import { timetableRoutes } from '#features/timetables/index.ts';
import { clerkRoutes } from '#features/clerk/index.ts';
import { contentRoutes } from '#features/content/index.ts';
import { reviewRoutes } from '#features/review/index.ts';
import { openUploadRoutes } from '#features/uploads/index.ts';
import { usageRoutes } from '#features/usage/index.ts';
import { webhookRoutes } from '#features/webhooks/index.ts';
import { zoneEditRoutes, zoneRoutes } from '#features/zones/index.ts';
import { admitUploads } from './admit-uploads.ts';
import { type Authenticate, identifyRequests } from './authenticate.ts';
import { checkScopes } from './check-scopes.ts';
import type { HealthDeps } from './health-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { type RateLimits, limitRates } from './limit-rates.ts';
import { checkLinks } from './link-routes.ts';
import type { RecordRequest } from './measure-requests.ts';
import { measureRequests } from './measure-requests.ts';
import { watchRequests } from './open-requests.ts';
import { registerOpenapi } from './openapi.ts';
import { sendProblem } from './problem.ts';
import { repeatAnswers } from './repeat-answers.ts';
import { guardRequests } from './request-guards.ts';
import { noteRouteMethods } from './route-methods.ts';
import { registerSecurityHeaders, setSecurityHeaders } from './security-headers.ts';
import { registerWebApp } from './web-app.ts';

export interface ServerOptions {
  version: string;
  /** Host names beside loopback that the server answers for. */
  publicHosts: readonly string[];
  webFolder: string;
  authenticate: Authenticate;
  limits?: RequestLimits;
  logger: Logger;
  deps: RouteDeps & {
    /** Called after each request that may have changed something: look at the outbox now. */
    onWrite?: () => void;
  };
}

/** What keeps one client from taking everything; nothing is limited without. */
export interface RequestLimits {
  rates?: RateLimits | undefined;
  uploadsAtOnce?: number | undefined;
  /** Addresses or networks of the proxies in front; only their X-Forwarded-For is believed. */
  trustedProxies?: readonly string[] | undefined;
}

export type RouteDeps = HealthDeps &
  Parameters<typeof authRoutes>[0] &
  Parameters<typeof accountRoutes>[0] &
  Parameters<typeof uploadRoutes>[0] &
  Parameters<typeof openUploadRoutes>[0] &
  Parameters<typeof documentRoutes>[0] &
  Parameters<typeof folderRoutes>[0] &
  Parameters<typeof zoneRoutes>[0] &
  Parameters<typeof zoneEditRoutes>[0] &
  Parameters<typeof usageRoutes>[0] &
  Parameters<typeof contentRoutes>[0] &
  Parameters<typeof reviewRoutes>[0] &
  Parameters<typeof exportRoutes>[0] &
  Parameters<typeof webhookRoutes>[0] &
  Parameters<typeof clerkRoutes>[0] &
  Parameters<typeof jobRoutes>[0] &
  Parameters<typeof liveRoutes>[0] &
  Parameters<typeof runRoutes>[0] &
  Parameters<typeof searchRoutes>[0] &
  Parameters<typeof shareRoutes>[0] &
  Parameters<typeof shareLinkRoutes>[0] &
  Parameters<typeof apiKeyRoutes>[0] &
  Parameters<typeof userRoutes>[0] &
  Parameters<typeof invitationRoutes>[0] &
  Parameters<typeof auditRoutes>[0] &
  Parameters<typeof metricsRoutes>[0] &
  Parameters<typeof systemRoutes>[0] &
  Parameters<typeof scheduleRoutes>[0] &
  Parameters<typeof journalRoutes>[0] &
  Parameters<typeof timetableRoutes>[0] & {
    /** Takes a row for each answered request. */
    recordRequest?: RecordRequest;
  };

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
    trustProxy: [...(options.limits?.trustedProxies ?? [])],
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
  identifyRequests(app, options.authenticate);
  limitRates(app, options.limits?.rates);
  admitUploads(app, options.limits?.uploadsAtOnce);
  checkScopes(app);
  checkLinks(app);
  logRequests(app);
  tellOfWrites(app, deps.onWrite);
  measureRequests(app, deps.recordRequest);
  finishRequestsFirst(app, deps);

  await app.register(fastifyMultipart);
  repeatAnswers(app, deps);
  await registerOpenapi(app, options.version);
  await app.register(healthRoutes(deps));
  await app.register(authRoutes(deps));
  await app.register(accountRoutes(deps));
  await app.register(uploadRoutes(deps));
  await app.register(openUploadRoutes(deps));
  await app.register(documentRoutes(deps));
  await app.register(folderRoutes(deps));
  await app.register(zoneRoutes(deps));
  await app.register(zoneEditRoutes(deps));
  await app.register(jobRoutes(deps));
  await app.register(jobSubjectRoutes(deps));
  await app.register(liveRoutes(deps));
  await app.register(runRoutes(deps));
  await app.register(searchRoutes(deps));
  await app.register(journalRoutes(deps));
  await app.register(timetableRoutes(deps));
  await app.register(shareRoutes(deps));
  await app.register(shareLinkRoutes(deps));
  await app.register(apiKeyRoutes(deps));
  await app.register(userRoutes(deps));
  await app.register(invitationRoutes(deps));
  await app.register(contentRoutes(deps));
  await app.register(reviewRoutes(deps));
  await app.register(exportRoutes(deps));
  await app.register(webhookRoutes(deps));
  await app.register(clerkRoutes(deps));
  await app.register(usageRoutes(deps));
  await app.register(auditRoutes(deps));
  await app.register(metricsRoutes(deps));
  await app.register(systemRoutes(deps));
  await app.register(scheduleRoutes(deps));
  await registerWebApp(app, options.webFolder, methodsOf);
  return app;
}

function tellOfWrites(app: FastifyInstance, onWrite?: () => void): void {
  app.addHook('onResponse', async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') onWrite?.();
  });
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

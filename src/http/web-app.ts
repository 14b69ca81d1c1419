import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#kernel/app-error.ts';
import type { MethodsOf } from './route-methods.ts';

const contentSecurityPolicy = [
  "default-src 'self'",
  "img-src 'self' blob: data:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the built web application; every path that is not a file or an API route is the application. */
export async function registerWebApp(
  app: FastifyInstance,
  folder: string,
  methodsOf: MethodsOf,
): Promise<void> {
  const isBuilt = existsSync(path.join(folder, 'index.html'));
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: folder,
      // The build leaves .br and .gz beside every file.
      preCompressed: true,
      setHeaders: (reply, file) => {
        const isHashed = file.includes(`${path.sep}assets${path.sep}`);
        void reply.header(
          'cache-control',
          isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    const wantsPage =
      request.method === 'GET' &&
      !request.url.startsWith('/v1/') &&
      (request.headers.accept ?? '').includes('text/html');
    const methods = methodsOf(request.url.split('?', 1)[0] ?? '');
    if (methods.length > 0 && !methods.includes(request.method)) {
      void reply.header('allow', methods.join(', '));
      throw new AppError(
        'request.method_not_allowed',
        `${request.method} is nothing this address can do; it knows ${methods.join(', ')}.`,
      );
    }
    if (isBuilt && wantsPage) return reply.sendFile('index.html');
    throw new AppError(
      'request.not_found',
      `There is nothing at ${request.method} ${request.url}.`,
    );
  });
}

/** Headers for every answer; pages may load nothing from elsewhere. */
export function registerSecurityHeaders(app: FastifyInstance): void {
  // At the start of a request, so that a refusal of a later hook and a hijacked stream carry them too.
  app.addHook('onRequest', async (request, reply) => setSecurityHeaders(request, reply));
}

export function setSecurityHeaders(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('x-content-type-options', 'nosniff');
  void reply.header('referrer-policy', 'same-origin');
  void reply.header('x-request-id', request.id);
  if (!/^\/docs(\/|\?|$)/.test(request.url)) {
    void reply.header('content-security-policy', contentSecurityPolicy);
  }
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { AppError } from '#kernel/app-error.ts';
import type { MethodsOf } from './route-methods.ts';

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
    // Without the query, which may hold what somebody took for a place to put a secret.
    const [address = ''] = request.url.split('?', 1);
    const methods = methodsOf(address);
    if (methods.length > 0 && !methods.includes(request.method)) {
      void reply.header('allow', methods.join(', '));
      throw new AppError(
        'request.method_not_allowed',
        `${request.method} is nothing this address can do; it knows ${methods.join(', ')}.`,
      );
    }
    if (isBuilt && wantsPage) return reply.sendFile('index.html');
    throw new AppError('request.not_found', `There is nothing at ${request.method} ${address}.`);
  });
}

import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransforms } from './openapi-transforms.ts';

/** Collects the schemas of all routes registered after it into one OpenAPI 3.1 document, shown at /docs. */
export async function registerOpenapi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Docmill',
        version,
        description:
          'Turns documents into data you can trust. Errors are problem+json with a stable code; long ' +
          'work answers 202 with a job; lists are paged by opaque cursors.',
      },
      servers: [{ url: '/' }],
      tags: [
        { name: 'documents', description: 'Upload, find, rename, download' },
        { name: 'pages', description: 'Pages with words and zones, and their pictures' },
        { name: 'jobs', description: 'Runs of the pipeline and their progress' },
        { name: 'search', description: 'Full text over all pages' },
        { name: 'system', description: 'Health and what this server can do' },
      ],
    },
    ...createJsonSchemaTransforms(),
  });
  await app.register(fastifySwaggerUi, { routePrefix: '/docs' });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

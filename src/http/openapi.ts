import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { problemSchema } from '#kernel/api-schema.ts';
import { openapiTransforms } from './openapi-transforms.ts';

/** Collects the schemas of all routes registered after it into one OpenAPI 3.1 document, shown at /docs. */
export async function registerOpenapi(app: FastifyInstance, version: string): Promise<void> {
  app.addHook('onRoute', (route) => {
    if (route.schema && !route.schema.hide) {
      const declared: object = route.schema.response ?? {};
      route.schema.response = {
        ...declared,
        '4xx': problemSchema,
        '5xx': problemSchema,
      };
    }
  });
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
    ...openapiTransforms,
  });
  await app.register(fastifySwaggerUi, { routePrefix: '/docs' });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

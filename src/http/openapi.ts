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
        { name: 'auth', description: 'Sign in and out, sign up, links that came by mail' },
        { name: 'account', description: 'Who you are, your password, sessions and settings' },
        { name: 'documents', description: 'Upload, find, rename, download' },
        { name: 'pages', description: 'Pages with words and zones, and their pictures' },
        { name: 'zones', description: 'Correct, arrange and revert zones' },
        { name: 'jobs', description: 'Runs of the pipeline and their progress' },
        { name: 'search', description: 'Full text over all pages' },
        { name: 'journal', description: 'Entries of any JSON, found by time, content and words' },
        { name: 'timetables', description: 'The week of a class and its blocks' },
        { name: 'content', description: 'Structured results of a document' },
        { name: 'review', description: 'Questions to people about what was read' },
        { name: 'exports', description: 'Files made of a document, kept and checked' },
        { name: 'sharing', description: 'Who else may see what' },
        { name: 'links', description: 'What a share link shows to whoever holds it' },
        { name: 'users', description: 'Accounts and invitations, for admins' },
        { name: 'keys', description: 'Keys by which programs act for you' },
        { name: 'usage', description: 'What was used' },
        { name: 'audit', description: 'Who changed what' },
        { name: 'metrics', description: 'How the pipeline does' },
        { name: 'system', description: 'Health and what this server can do' },
      ],
    },
    ...openapiTransforms,
  });
  await app.register(fastifySwaggerUi, { routePrefix: '/docs' });
  const open = { config: { access: 'anyone' }, schema: { hide: true } } as const;
  app.get('/openapi.json', open, async () => app.swagger());
}

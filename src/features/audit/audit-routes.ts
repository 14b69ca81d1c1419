import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { auditListSchema, auditQuerySchema } from './audit-schema.ts';
import type { AuditDeps } from './audit-service.ts';
import { getAuditPage } from './audit-service.ts';
import { presentAuditEvent } from './audit-view.ts';

export function auditRoutes(deps: AuditDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/audit', {
      schema: {
        tags: ['audit'],
        summary: 'Who changed what, newest first; for admins',
        querystring: auditQuerySchema,
        response: { 200: auditListSchema },
      },
      handler: async ({ actor, query }) => {
        const { since, until, ...rest } = query;
        const page = await getAuditPage(deps, actor, {
          ...rest,
          cursor: query.cursor,
          since: since === undefined ? undefined : new Date(since),
          until: until === undefined ? undefined : new Date(until),
        });
        return { ...page, items: page.items.map(presentAuditEvent) };
      },
    });
  };
}

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { documentParamsSchema } from '#features/documents/index.ts';
import { asId } from '#kernel/ids.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { createTimetableOfDocument } from './document-timetable-service.ts';
import { timetableEtag } from './timetable.ts';
import { documentTimetableSchema, timetableOfDocumentSchema } from './timetable-schema.ts';
import type { TimetableDeps } from './timetable-service.ts';
import { presentTimetable } from './timetable-view.ts';

export function documentTimetableRoutes(deps: TimetableDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post('/v1/documents/:documentId/timetable', {
      schema: {
        tags: ['timetables'],
        summary:
          'Make a draft of a timetable of the table of a document that holds the most lessons',
        params: documentParamsSchema,
        body: documentTimetableSchema,
        response: { 201: timetableOfDocumentSchema },
      },
      handler: async ({ actor, params, body }, reply) => {
        const { name, year, timezone } = body;
        const id = asId<DocumentId>(params.documentId);
        const made = await createTimetableOfDocument(deps, actor, id, { name, year, timezone });
        return reply
          .status(201)
          .header('etag', timetableEtag(made.timetable))
          .header('location', `/v1/timetables/${made.timetable.id}`)
          .send({ ...made, timetable: presentTimetable(made.timetable) });
      },
    });
  };
}

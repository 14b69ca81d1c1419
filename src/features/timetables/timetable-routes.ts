import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readBodiesExactly } from '#features/journal/index.ts';
import { asId } from '#kernel/ids.ts';
import type { DocumentId, TimetableId } from '#kernel/ids.ts';
import { documentTimetableRoutes } from './document-timetable-routes.ts';
import { timeblockRoutes } from './timeblock-routes.ts';
import { timetableEtag } from './timetable.ts';
import { writeCalendar } from './timetable-calendar.ts';
import {
  activeQuerySchema,
  activeTimetablesSchema,
  documentLinksSchema,
  ifMatchSchema,
  timetableChangeSchema,
  timetableListQuerySchema,
  timetableListSchema,
  timetableParamsSchema,
  timetableSchema,
  timetableWriteSchema,
} from './timetable-schema.ts';
import type { TimetableDeps } from './timetable-service.ts';
import {
  changeTimetable,
  createTimetable,
  getActiveTimetables,
  getTimetable,
  getTimetablePage,
  restoreTimetable,
  setDocuments,
  trashTimetable,
} from './timetable-service.ts';
import {
  presentListedTimetable,
  presentTimetable,
  readBlock,
  withoutMissing,
} from './timetable-view.ts';

const tags = ['timetables'];
const id = (params: { timetableId: string }) => asId<TimetableId>(params.timetableId);

export function timetableRoutes(deps: TimetableDeps): FastifyPluginAsyncZod {
  return async (app) => {
    readBodiesExactly(app, 20);
    await app.register(timetableListRoutes(deps));
    await app.register(oneTimetableRoutes(deps));
    await app.register(timetableLifeRoutes(deps));
    await app.register(timeblockRoutes(deps));
    await app.register(documentTimetableRoutes(deps));
  };
}

function timetableListRoutes(deps: TimetableDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/timetables', {
      schema: {
        tags,
        summary: 'List timetables with their counts, newest first',
        querystring: timetableListQuerySchema,
        response: { 200: timetableListSchema },
      },
      handler: async ({ actor, query }) => {
        const page = await getTimetablePage(deps, actor, query);
        return { ...page, items: page.items.map(presentListedTimetable) };
      },
    });

    app.get('/v1/timetables/active', {
      schema: {
        tags,
        summary: 'Timetables in use with their counts, newest first',
        querystring: activeQuerySchema,
        response: { 200: activeTimetablesSchema },
      },
      handler: async ({ actor, query }) => {
        const found = await getActiveTimetables(deps, actor, query.limit);
        return { items: found.map(presentListedTimetable) };
      },
    });

    app.post('/v1/timetables', {
      schema: {
        tags,
        summary: 'Make a timetable, with its blocks if they are known',
        body: timetableWriteSchema,
        response: { 201: timetableSchema },
      },
      handler: async ({ actor, body }, reply) => {
        const timetable = await createTimetable(deps, actor, {
          name: body.name,
          className: body.className ?? null,
          term: body.term ?? null,
          year: body.year,
          weekStartDate: body.weekStartDate ?? null,
          timezone: body.timezone ?? 'UTC',
          metadata: body.metadata === undefined ? {} : body.metadata,
          source: 'manual',
          blocks: body.blocks.map(readBlock),
          documents: body.documentIds.map((document) => asId<DocumentId>(document)),
        });
        return reply
          .status(201)
          .header('etag', timetableEtag(timetable))
          .header('location', `/v1/timetables/${timetable.id}`)
          .send(presentTimetable(timetable));
      },
    });
  };
}

function oneTimetableRoutes(deps: TimetableDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/timetables/:timetableId', {
      schema: {
        tags,
        summary: 'One timetable with its blocks in the order of the week, also from the trash',
        params: timetableParamsSchema,
        response: { 200: timetableSchema },
      },
      handler: async ({ actor, params }, reply) => {
        const timetable = await getTimetable(deps, actor, id(params));
        return reply.header('etag', timetableEtag(timetable)).send(presentTimetable(timetable));
      },
    });

    app.patch('/v1/timetables/:timetableId', {
      schema: {
        tags,
        summary:
          'Change facts or status; send If-Match with the ETag you saw to be safe from overwriting',
        params: timetableParamsSchema,
        headers: ifMatchSchema,
        body: timetableChangeSchema,
        response: { 200: timetableSchema },
      },
      handler: async ({ actor, params, headers, body }, reply) => {
        const change = withoutMissing(body);
        const timetable = await changeTimetable(
          deps,
          actor,
          id(params),
          change,
          headers['if-match'],
        );
        return reply.header('etag', timetableEtag(timetable)).send(presentTimetable(timetable));
      },
    });

    app.put('/v1/timetables/:timetableId/documents', {
      schema: {
        tags,
        summary: 'Say which documents a timetable comes from',
        params: timetableParamsSchema,
        body: documentLinksSchema,
        response: { 200: timetableSchema },
      },
      handler: async ({ actor, params, body }, reply) => {
        const documents = body.documentIds.map((document) => asId<DocumentId>(document));
        const timetable = await setDocuments(deps, actor, id(params), documents);
        return reply.header('etag', timetableEtag(timetable)).send(presentTimetable(timetable));
      },
    });

    app.get('/v1/timetables/:timetableId/calendar', {
      schema: {
        tags,
        summary: 'The week as iCalendar: one event a block, repeated weekly',
        params: timetableParamsSchema,
        response: { 200: z.string().describe('text/calendar (RFC 5545)') },
      },
      handler: async ({ actor, params }, reply) => {
        const calendar = writeCalendar(await getTimetable(deps, actor, id(params)));
        return reply
          .header('content-type', 'text/calendar; charset=utf-8')
          .header('content-disposition', 'attachment; filename="timetable.ics"')
          .serializer((text: unknown) => String(text))
          .send(calendar);
      },
    });
  };
}

function timetableLifeRoutes(deps: TimetableDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.delete('/v1/timetables/:timetableId', {
      schema: {
        tags,
        summary: 'Put a timetable into the trash',
        params: timetableParamsSchema,
        response: { 204: z.null() },
      },
      handler: async ({ actor, params }, reply) => {
        await trashTimetable(deps, actor, id(params));
        return reply.status(204).send(null);
      },
    });

    app.post('/v1/timetables/:timetableId/restore', {
      schema: {
        tags,
        summary: 'Take a timetable out of the trash',
        params: timetableParamsSchema,
        response: { 200: timetableSchema },
      },
      handler: async ({ actor, params }, reply) => {
        await restoreTimetable(deps, actor, id(params));
        const timetable = await getTimetable(deps, actor, id(params));
        return reply.header('etag', timetableEtag(timetable)).send(presentTimetable(timetable));
      },
    });
  };
}

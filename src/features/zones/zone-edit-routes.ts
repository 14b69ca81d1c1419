import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { DocumentId, ZoneId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import type { ZoneRow } from './page-repository.ts';
import { presentZone } from './page-view.ts';
import { zoneEtag } from './zone.ts';
import {
  deleteQuerySchema,
  ifMatchSchema,
  mergeSchema,
  newZoneSchema,
  orderSchema,
  revertSchema,
  revisionListSchema,
  splitResultSchema,
  splitSchema,
  zoneEditSchema,
  zoneParamsSchema,
} from './zone-edit-schema.ts';
import { pageParamsSchema, zoneSchema } from './zone-schema.ts';
import {
  type ZoneDeps,
  createZone,
  cutZone,
  deleteZone,
  editZone,
  getRevisions,
  getZone,
  mergeIntoZone,
  orderZones,
  revertToRevision,
} from './zone-service.ts';

const tags = ['zones'];

/** One zone by its id, and what people do with zones. */
export function zoneEditRoutes(deps: ZoneDeps): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(singleZoneRoutes(deps));
    await app.register(arrangeRoutes(deps));
    await app.register(revisionRoutes(deps));
  };
}

function singleZoneRoutes(deps: ZoneDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/zones/:zoneId', {
      schema: {
        tags,
        summary: 'One zone',
        params: zoneParamsSchema,
        response: { 200: zoneSchema },
      },
      handler: async ({ actor, params }, reply) => {
        const zone = await getZone(deps, actor, asId<ZoneId>(params.zoneId));
        return reply.header('etag', zoneEtag(zone)).send(presentZone(zone));
      },
    });

    app.patch('/v1/zones/:zoneId', {
      schema: {
        tags,
        summary: 'Correct the text, kind or box; page text, search and downloads follow at once',
        description:
          'Sending the text as it stands confirms it. The state before is kept as a revision.',
        params: zoneParamsSchema,
        headers: ifMatchSchema,
        body: zoneEditSchema,
        response: { 200: zoneSchema },
      },
      handler: async ({ actor, params, headers, body }, reply) => {
        const { reasonCode, ...edit } = body;
        const note = noteOf(headers, reasonCode);
        const zone = await editZone(deps, actor, asId<ZoneId>(params.zoneId), edit, note);
        return reply.header('etag', zoneEtag(zone)).send(presentZone(zone));
      },
    });

    app.delete('/v1/zones/:zoneId', {
      schema: {
        tags,
        summary: 'Remove a zone and its text; a revert to its last revision brings it back',
        params: zoneParamsSchema,
        headers: ifMatchSchema,
        querystring: deleteQuerySchema,
        response: { 204: z.null() },
      },
      handler: async ({ actor, params, headers, query }, reply) => {
        const note = noteOf(headers, query.reasonCode);
        await deleteZone(deps, actor, asId<ZoneId>(params.zoneId), note);
        return reply.status(204).send(null);
      },
    });
  };
}

function arrangeRoutes(deps: ZoneDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post('/v1/documents/:documentId/pages/:number/zones', {
      schema: {
        tags,
        summary: 'Draw a zone',
        params: pageParamsSchema,
        body: newZoneSchema,
        response: { 201: zoneSchema },
      },
      handler: async ({ actor, params, body }, reply) => {
        const id = asId<DocumentId>(params.documentId);
        const wanted = { ...body, position: body.position };
        const zone = await createZone(deps, actor, id, params.number, wanted);
        return reply.status(201).header('etag', zoneEtag(zone)).send(presentZone(zone));
      },
    });

    app.put('/v1/documents/:documentId/pages/:number/zone-order', {
      schema: {
        tags,
        summary: 'Put the zones of a page into another reading order',
        params: pageParamsSchema,
        body: orderSchema,
        response: { 204: z.null() },
      },
      handler: async ({ actor, params, body }, reply) => {
        const ids = body.zoneIds.map((id) => asId<ZoneId>(id));
        await orderZones(deps, actor, asId<DocumentId>(params.documentId), params.number, ids);
        return reply.status(204).send(null);
      },
    });

    app.post('/v1/zones/:zoneId/merge', {
      schema: {
        tags,
        summary: 'Put other zones of the page into this one',
        params: zoneParamsSchema,
        headers: ifMatchSchema,
        body: mergeSchema,
        response: { 200: zoneSchema },
      },
      handler: async ({ actor, params, headers, body }, reply) => {
        const others = body.zoneIds.map((id) => asId<ZoneId>(id));
        const note = noteOf(headers, body.reasonCode);
        const zone = await mergeIntoZone(deps, actor, asId<ZoneId>(params.zoneId), others, note);
        return reply.header('etag', zoneEtag(zone)).send(presentZone(zone));
      },
    });

    app.post('/v1/zones/:zoneId/split', {
      schema: {
        tags,
        summary: 'Cut a zone in two between two words',
        params: zoneParamsSchema,
        headers: ifMatchSchema,
        body: splitSchema,
        response: { 200: splitResultSchema },
      },
      handler: async ({ actor, params, headers, body }) => {
        const note = noteOf(headers, body.reasonCode);
        const id = asId<ZoneId>(params.zoneId);
        const [first, second] = await cutZone(deps, actor, id, body.beforeWord, note);
        return { first: presentZone(first), second: presentZone(second) };
      },
    });
  };
}

function revisionRoutes(deps: ZoneDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/zones/:zoneId/revisions', {
      schema: {
        tags,
        summary: 'What a zone was before each change, newest first',
        params: zoneParamsSchema,
        response: { 200: revisionListSchema },
      },
      handler: async ({ actor, params }) => {
        const revisions = await getRevisions(deps, actor, asId<ZoneId>(params.zoneId));
        return {
          items: revisions.map((one) => ({ ...one, createdAt: one.createdAt.toISOString() })),
        };
      },
    });

    app.post('/v1/zones/:zoneId/revert', {
      schema: {
        tags,
        summary: 'Bring back what a zone was before a revision, also a removed one',
        params: zoneParamsSchema,
        headers: ifMatchSchema,
        body: revertSchema,
        response: { 200: zoneSchema },
      },
      handler: async ({ actor, params, headers, body }, reply) => {
        const id = asId<ZoneId>(params.zoneId);
        const note = noteOf(headers, body.reasonCode);
        const zone: ZoneRow = await revertToRevision(deps, actor, id, body.revision, note);
        return reply.header('etag', zoneEtag(zone)).send(presentZone(zone));
      },
    });
  };
}

function noteOf(headers: z.output<typeof ifMatchSchema>, reasonCode: string | undefined) {
  return { ifMatch: headers['if-match'], reasonCode: reasonCode ?? null };
}

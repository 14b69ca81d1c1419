import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asId } from '#kernel/ids.ts';
import type { EntryId } from '#kernel/ids.ts';
import { readBodiesExactly } from './exact-body.ts';
import type { EntryContent } from './journal-entry.ts';
import { entryEtag, maxEntryDepth } from './journal-entry.ts';
import {
  entryListQuerySchema,
  entryListSchema,
  entryParamsSchema,
  entrySchema,
  entryWriteSchema,
} from './journal-schema.ts';
import type { JournalDeps } from './journal-service.ts';
import {
  getEntry,
  getEntryPage,
  replaceEntry,
  restoreEntry,
  trashEntry,
  writeEntry,
} from './journal-service.ts';
import { presentEntry, presentListedEntry } from './journal-view.ts';

const tags = ['journal'];

function contentOf(body: z.infer<typeof entryWriteSchema>): EntryContent {
  return {
    entryType: body.entryType,
    rawData: body.rawData,
    metadata: body.metadata === undefined ? {} : body.metadata,
    occurredAt: body.occurredAt === undefined ? null : new Date(body.occurredAt),
  };
}

export function journalRoutes(deps: JournalDeps): FastifyPluginAsyncZod {
  return async (app) => {
    // The entry lies inside the body.
    readBodiesExactly(app, maxEntryDepth + 1);
    await app.register(journalListRoutes(deps));
    await app.register(journalEntryRoutes(deps));
  };
}

function journalListRoutes(deps: JournalDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/journal', {
      schema: {
        tags,
        summary: 'List journal entries by time, newest first; by type, time, content and words',
        querystring: entryListQuerySchema,
        response: { 200: entryListSchema },
      },
      handler: async ({ actor, query }) => {
        const page = await getEntryPage(deps, actor, {
          ...query,
          from: query.from === undefined ? undefined : new Date(query.from),
          to: query.to === undefined ? undefined : new Date(query.to),
        });
        return { ...page, items: page.items.map(presentListedEntry) };
      },
    });

    app.post('/v1/journal', {
      schema: {
        tags,
        summary: 'Write an entry: any JSON, given back exactly or refused',
        body: entryWriteSchema,
        response: { 201: entrySchema },
      },
      handler: async ({ actor, body }, reply) => {
        const entry = await writeEntry(deps, actor, contentOf(body));
        return reply
          .status(201)
          .header('etag', entryEtag(entry))
          .header('location', `/v1/journal/${entry.id}`)
          .send(presentEntry(entry));
      },
    });
  };
}

function journalEntryRoutes(deps: JournalDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/journal/:entryId', {
      schema: {
        tags,
        summary: 'One entry, also from the trash',
        params: entryParamsSchema,
        response: { 200: entrySchema },
      },
      handler: async ({ actor, params }, reply) => {
        const entry = await getEntry(deps, actor, asId<EntryId>(params.entryId));
        return reply.header('etag', entryEtag(entry)).send(presentEntry(entry));
      },
    });

    app.put('/v1/journal/:entryId', {
      schema: {
        tags,
        summary:
          'Replace an entry; send If-Match with the ETag you saw to be safe from overwriting',
        params: entryParamsSchema,
        headers: z.object({ 'if-match': z.string().optional() }),
        body: entryWriteSchema,
        response: { 200: entrySchema },
      },
      handler: async ({ actor, params, headers, body }, reply) => {
        const id = asId<EntryId>(params.entryId);
        const entry = await replaceEntry(deps, actor, id, contentOf(body), headers['if-match']);
        return reply.header('etag', entryEtag(entry)).send(presentEntry(entry));
      },
    });

    app.delete('/v1/journal/:entryId', {
      schema: {
        tags,
        summary: 'Put an entry into the trash',
        params: entryParamsSchema,
        response: { 204: z.null() },
      },
      handler: async ({ actor, params }, reply) => {
        await trashEntry(deps, actor, asId<EntryId>(params.entryId));
        return reply.status(204).send(null);
      },
    });

    app.post('/v1/journal/:entryId/restore', {
      schema: {
        tags,
        summary: 'Take an entry out of the trash',
        params: entryParamsSchema,
        response: { 200: entrySchema },
      },
      handler: async ({ actor, params }, reply) => {
        const id = asId<EntryId>(params.entryId);
        await restoreEntry(deps, actor, id);
        const entry = await getEntry(deps, actor, id);
        return reply.header('etag', entryEtag(entry)).send(presentEntry(entry));
      },
    });
  };
}

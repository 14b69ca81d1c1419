import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { asId } from '#kernel/ids.ts';
import type { TimeblockId, TimetableId } from '#kernel/ids.ts';
import { addBlock, changeBlock, removeBlock, replaceBlocks } from './timeblock-service.ts';
import { timetableEtag } from './timetable.ts';
import {
  blockChangeSchema,
  blockWriteSchema,
  blocksReplaceSchema,
  ifMatchSchema,
  timeblockParamsSchema,
  timetableParamsSchema,
  timetableSchema,
} from './timetable-schema.ts';
import type { TimetableDeps } from './timetable-service.ts';
import { editTimetable } from './timetable-service.ts';
import { presentTimetable, readBlock, readBlockChange } from './timetable-view.ts';

const tags = ['timetables'];
const whole = { 200: timetableSchema };

/** Every edit of a block answers the whole timetable, whose ETag it changes. */
export function timeblockRoutes(deps: TimetableDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.put('/v1/timetables/:timetableId/blocks', {
      schema: {
        tags,
        summary: 'Replace all blocks at once; nothing changes when one of them is refused',
        params: timetableParamsSchema,
        headers: ifMatchSchema,
        body: blocksReplaceSchema,
        response: whole,
      },
      handler: async ({ actor, params, headers, body }, reply) => {
        const id = asId<TimetableId>(params.timetableId);
        const blocks = body.blocks.map((block) => ({
          ...readBlock(block),
          id: block.id === undefined ? null : asId<TimeblockId>(block.id),
        }));
        const timetable = await editTimetable(deps, actor, id, headers['if-match'], (sql) =>
          replaceBlocks(sql, actor, id, blocks),
        );
        return reply.header('etag', timetableEtag(timetable)).send(presentTimetable(timetable));
      },
    });

    app.post('/v1/timetables/:timetableId/blocks', {
      schema: {
        tags,
        summary: 'Add a block',
        params: timetableParamsSchema,
        headers: ifMatchSchema,
        body: blockWriteSchema,
        response: { 201: timetableSchema },
      },
      handler: async ({ actor, params, headers, body }, reply) => {
        const id = asId<TimetableId>(params.timetableId);
        const timetable = await editTimetable(deps, actor, id, headers['if-match'], async (sql) => {
          await addBlock(sql, actor, id, readBlock(body));
        });
        return reply
          .status(201)
          .header('etag', timetableEtag(timetable))
          .send(presentTimetable(timetable));
      },
    });

    app.patch('/v1/timetables/:timetableId/blocks/:blockId', {
      schema: {
        tags,
        summary: 'Change a block',
        params: timeblockParamsSchema,
        headers: ifMatchSchema,
        body: blockChangeSchema,
        response: whole,
      },
      handler: async ({ actor, params, headers, body }, reply) => {
        const id = asId<TimetableId>(params.timetableId);
        const block = asId<TimeblockId>(params.blockId);
        const timetable = await editTimetable(deps, actor, id, headers['if-match'], (sql) =>
          changeBlock(sql, actor, id, block, readBlockChange(body)),
        );
        return reply.header('etag', timetableEtag(timetable)).send(presentTimetable(timetable));
      },
    });

    app.delete('/v1/timetables/:timetableId/blocks/:blockId', {
      schema: {
        tags,
        summary: 'Remove a block',
        params: timeblockParamsSchema,
        headers: ifMatchSchema,
        response: whole,
      },
      handler: async ({ actor, params, headers }, reply) => {
        const id = asId<TimetableId>(params.timetableId);
        const timetable = await editTimetable(deps, actor, id, headers['if-match'], (sql) =>
          removeBlock(sql, id, asId<TimeblockId>(params.blockId)),
        );
        return reply.header('etag', timetableEtag(timetable)).send(presentTimetable(timetable));
      },
    });
  };
}

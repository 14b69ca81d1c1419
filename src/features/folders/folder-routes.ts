import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { editTag } from '#kernel/edit-tag.ts';
import { asId } from '#kernel/ids.ts';
import type { FolderId } from '#kernel/ids.ts';
import {
  folderCreateSchema,
  folderEditSchema,
  folderListQuerySchema,
  folderListSchema,
  folderParamsSchema,
  folderSchema,
  folderSearchQuerySchema,
  folderSearchSchema,
  folderTrashedSchema,
  folderTreeQuerySchema,
  folderTreeSchema,
} from './folder-schema.ts';
import type { FolderDeps } from './folder-service.ts';
import {
  createFolder,
  editFolder,
  findFolders,
  getFolder,
  getFolderPage,
  getSubtree,
  purgeFolder,
  restoreFolder,
  trashFolder,
} from './folder-service.ts';
import { presentFolder, presentListedFolder } from './folder-view.ts';

const tags = ['folders'];

/** An optional id of a request: null for Home. */
function folderOrHome(id: string | null | undefined): FolderId | null {
  return id === undefined || id === null ? null : asId<FolderId>(id);
}

export function folderRoutes(deps: FolderDeps): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(readingRoutes(deps));
    await app.register(changingRoutes(deps));
  };
}

function readingRoutes(deps: FolderDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/folders', {
      schema: {
        tags,
        summary: 'List the folders of a folder by name, or the trash',
        querystring: folderListQuerySchema,
        response: { 200: folderListSchema },
      },
      handler: async ({ actor, query }) => {
        const parentId = folderOrHome(query.parentId);
        const { trashed, offset, limit, cursor } = query;
        const wanted = { parentId, trashed, offset, limit, cursor };
        const page = await getFolderPage(deps, actor, wanted);
        return { ...page, items: page.items.map(presentListedFolder) };
      },
    });

    app.get('/v1/folders/tree', {
      schema: {
        tags,
        summary: 'Folders of all levels, parents before children',
        querystring: folderTreeQuerySchema,
        response: { 200: folderTreeSchema },
      },
      handler: async ({ actor, query: { from, depth, limit } }) => ({
        items: await getSubtree(deps, actor, { from: folderOrHome(from), depth, limit }),
      }),
    });

    app.get('/v1/folders/search', {
      schema: {
        tags,
        summary: 'Find folders anywhere by letters of their name, each with its path',
        querystring: folderSearchQuerySchema,
        response: { 200: folderSearchSchema },
      },
      handler: async ({ actor, query: { q, limit } }) => ({
        items: await findFolders(deps, actor, { words: q, limit }),
      }),
    });

    app.get('/v1/folders/:folderId', {
      schema: {
        tags,
        summary: 'One folder with its path',
        params: folderParamsSchema,
        response: { 200: folderSchema },
      },
      handler: async ({ actor, params }, reply) => {
        const found = await getFolder(deps, actor, asId<FolderId>(params.folderId));
        return reply.header('etag', editTag(found.folder)).send(presentFolder(found));
      },
    });
  };
}

function changingRoutes(deps: FolderDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post('/v1/folders', {
      schema: {
        tags,
        summary: 'Make a folder',
        body: folderCreateSchema,
        response: { 201: folderSchema },
      },
      handler: async ({ actor, body }, reply) => {
        const parentId = folderOrHome(body.parentId);
        const made = await createFolder(deps, actor, { name: body.name, parentId });
        return reply
          .status(201)
          .header('etag', editTag(made.folder))
          .header('location', `/v1/folders/${made.folder.id}`)
          .send(presentFolder(made));
      },
    });

    app.patch('/v1/folders/:folderId', {
      schema: {
        tags,
        summary: 'Rename or move; send If-Match with the ETag you saw to be safe from overwriting',
        params: folderParamsSchema,
        headers: z.object({ 'if-match': z.string().optional() }),
        body: folderEditSchema,
        response: { 200: folderSchema },
      },
      handler: async ({ actor, params, headers, body }, reply) => {
        const parentId = body.parentId === undefined ? undefined : folderOrHome(body.parentId);
        const id = asId<FolderId>(params.folderId);
        const change = { name: body.name, parentId };
        const changed = await editFolder(deps, actor, id, change, headers['if-match']);
        return reply.header('etag', editTag(changed.folder)).send(presentFolder(changed));
      },
    });

    app.delete('/v1/folders/:folderId', {
      schema: {
        tags,
        summary: 'Put a folder with its folders into the trash; its documents return to Home',
        params: folderParamsSchema,
        response: { 200: folderTrashedSchema },
      },
      handler: async ({ actor, params }) =>
        trashFolder(deps, actor, asId<FolderId>(params.folderId)),
    });

    app.post('/v1/folders/:folderId/restore', {
      schema: {
        tags,
        summary: 'Take a folder out of the trash, with the folders that went in with it',
        params: folderParamsSchema,
        response: { 200: folderSchema },
      },
      handler: async ({ actor, params }) =>
        presentFolder(await restoreFolder(deps, actor, asId<FolderId>(params.folderId))),
    });

    app.post('/v1/folders/:folderId/purge', {
      schema: {
        tags,
        summary: 'Delete a trashed folder for good',
        params: folderParamsSchema,
        response: { 204: z.null() },
      },
      handler: async ({ actor, params }, reply) => {
        await purgeFolder(deps, actor, asId<FolderId>(params.folderId));
        return reply.status(204).send(null);
      },
    });
  };
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { DirectUploadDeps } from './direct-upload-service.ts';
import { directUploadRoutes } from './direct-upload-routes.ts';
import { createFinisher } from './finish-upload.ts';
import {
  openUploadListSchema,
  openUploadSchema,
  uploadParamsSchema,
} from './open-upload-schema.ts';
import { getOpenUploads, getUpload } from './open-upload-service.ts';
import { presentUpload } from './open-upload-view.ts';
import { type TusDeps, answerTus } from './tus-server.ts';
import { TurnKeeper } from './turn-keeper.ts';

/** Keys that may write documents may upload them. */
const tags = ['documents'];

export function openUploadRoutes(deps: DirectUploadDeps): FastifyPluginAsyncZod {
  const finishUpload = createFinisher(deps);
  return async (app) => {
    takeBytes(app);
    await app.register(directUploadRoutes({ ...deps, finishUpload }));
    await app.register(tusRoutes({ ...deps, finishUpload, turns: new TurnKeeper() }));

    app.get('/v1/uploads', {
      schema: {
        tags,
        summary: 'Files of yours that are on their way in, newest first',
        response: { 200: openUploadListSchema },
      },
      handler: async ({ actor }) => ({
        items: (await getOpenUploads(deps, actor)).map(presentUpload),
      }),
    });

    app.get('/v1/uploads/:uploadId', {
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'How far an upload is, and what the file became',
        params: uploadParamsSchema,
        response: { 200: openUploadSchema },
      },
      handler: async ({ actor, params: { uploadId } }) => {
        const upload = await getUpload(deps, actor, uploadId);
        const isWhole = upload.offsetBytes === upload.sizeBytes;
        // It came to its end, but the answer never left: nobody but this question may come again.
        if (isWhole && upload.outcome === null) await finishUpload(actor, upload.id);
        return presentUpload(await getUpload(deps, actor, uploadId));
      },
    });
  };
}

/** Bodies of the tus protocol are streams for the handler. */
function takeBytes(app: FastifyInstance): void {
  app.addContentTypeParser('application/offset+octet-stream', (_request, payload, done) => {
    done(null, payload);
  });
}

function tusRoutes(deps: TusDeps): FastifyPluginAsyncZod {
  const answer = (request: FastifyRequest, reply: FastifyReply) => answerTus(deps, request, reply);
  return async (app) => {
    app.options('/v1/uploads', {
      schema: { hide: true, tags },
      handler: answer,
    });

    app.post('/v1/uploads', {
      schema: {
        tags,
        summary: 'Begin a resumable upload (tus 1.0.0)',
        description:
          'Headers Tus-Resumable, Upload-Length, and Upload-Metadata with filename and, where wanted, relativePath, ' +
          'folderId, languages, duplicates, documentId (for a new version) and note. The answer names the address in Location.',
        response: { 201: z.null() },
      },
      handler: answer,
    });

    app.head('/v1/uploads/:uploadId', {
      schema: {
        tags,
        summary: 'Where a resumable upload goes on: Upload-Offset',
        params: uploadParamsSchema,
      },
      handler: answer,
    });

    app.patch('/v1/uploads/:uploadId', {
      schema: {
        tags,
        summary: 'Send bytes of a resumable upload; after the last one the file becomes a document',
        consumes: ['application/offset+octet-stream'],
        params: uploadParamsSchema,
        response: { 204: z.null() },
      },
      handler: answer,
    });

    app.delete('/v1/uploads/:uploadId', {
      schema: {
        tags,
        summary: 'Give an upload up; what arrived of it goes',
        params: uploadParamsSchema,
        response: { 204: z.null() },
      },
      handler: answer,
    });
  };
}

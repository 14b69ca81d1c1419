import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { AppError } from '#kernel/app-error.ts';
import { asId } from '#kernel/ids.ts';
import type { UploadId } from '#kernel/ids.ts';
import {
  directUploadBodySchema,
  directUploadSchema,
  openUploadSchema,
  uploadParamsSchema,
} from './open-upload-schema.ts';
import type { DirectUploadDeps } from './direct-upload-service.ts';
import { beginDirectUpload, completeDirectUpload } from './direct-upload-service.ts';
import type { FinishUpload } from './finish-upload.ts';
import { getUpload } from './open-upload-service.ts';
import { presentUpload } from './open-upload-view.ts';
import { intendedBy } from './tus-metadata.ts';

const tags = ['documents'];

export function directUploadRoutes(
  deps: DirectUploadDeps & { finishUpload: FinishUpload },
): FastifyPluginAsyncZod {
  return async (app) => {
    app.post('/v1/uploads/direct', {
      schema: {
        tags,
        summary: 'Begin an upload that you write into the bucket yourself, by a signed request',
        description:
          'Send the bytes with the method, address and headers of `write`, then call /complete. Only where files are kept in S3.',
        body: directUploadBodySchema,
        response: { 201: directUploadSchema },
      },
      handler: async ({ actor, body }, reply) => {
        const { fileName, sizeBytes, sha256, ...announced } = body;
        const wanted = { rawName: fileName, sizeBytes, sha256, wish: intendedBy(announced) };
        const { upload, write } = await beginDirectUpload(deps, actor, wanted);
        const complete = `/v1/uploads/${upload.id}/complete`;
        const expiresAt = write.expiresAt.toISOString();
        return reply
          .status(201)
          .header('cache-control', 'no-store')
          .send({
            upload: presentUpload(upload),
            write: { ...write, expiresAt },
            links: { complete },
          });
      },
    });

    app.post('/v1/uploads/:uploadId/complete', {
      schema: {
        tags,
        summary: 'Check what was written directly, and make a document of it',
        params: uploadParamsSchema,
        response: { 200: openUploadSchema },
      },
      handler: async ({ actor, params }) => {
        const id = asId<UploadId>(params.uploadId);
        const ended = await completeDirectUpload(deps, actor, id);
        if (ended.kind === 'refused') throw new AppError(ended.code, ended.message);
        return presentUpload(await getUpload(deps, actor, id));
      },
    });
  };
}

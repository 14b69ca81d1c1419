import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { AppError, isAppError } from '#kernel/app-error.ts';
import type { Actor } from '#features/identity/index.ts';
import { asId } from '#kernel/ids.ts';
import type { DocumentId } from '#kernel/ids.ts';
import type { UploadResult } from './document-schema.ts';
import { documentParamsSchema, uploadResultSchema } from './document-schema.ts';
import { getDocumentWithJob } from './document-service.ts';
import { presentDocument } from './document-view.ts';
import { filesOfForm } from './upload-form.ts';
import { uploadQuerySchema, versionUploadQuerySchema } from './upload-schema.ts';
import type {
  AcceptedUpload,
  DuplicateRule,
  IncomingFile,
  UploadDeps,
  UploadOutcome,
  UploadWish,
} from './upload-service.ts';
import { acceptVersion, receiveUpload } from './upload-service.ts';

export interface UploadRouteDeps extends UploadDeps {
  maxFiles: number;
  /** For uploads that do not say. */
  duplicates: DuplicateRule;
}

export function uploadRoutes(deps: UploadRouteDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post('/v1/documents', {
      schema: {
        tags: ['documents'],
        summary: 'Upload files as multipart/form-data; each becomes a document with a job',
        description:
          'Any number of file parts up to the limit. 202 when at least one file was accepted, 200 when all were ' +
          'skipped as duplicates; files that were refused are listed beside the others. When every file is refused ' +
          'the answer is the problem of the first. The form fields languages, folderId and duplicates do the same ' +
          'as the query for the files after them; relativePath is for the next file.',
        consumes: ['multipart/form-data'],
        querystring: uploadQuerySchema,
        response: { 200: uploadResultSchema, 202: uploadResultSchema },
      },
      handler: async (request, reply) => {
        const { actor, query } = request;
        const duplicates = query.duplicates ?? deps.duplicates;
        const result = await receiveFiles(deps, request, { ...query, duplicates }, (file, wish) =>
          receiveUpload(deps, actor, file, wish),
        );
        return reply.status(result.accepted.length > 0 ? 202 : 200).send(result);
      },
    });

    app.post('/v1/documents/:documentId/versions', {
      schema: {
        tags: ['documents'],
        summary: 'Upload a file as the next version of a document; the versions before stay',
        description:
          'One file part as multipart/form-data. The new version becomes the current one.',
        consumes: ['multipart/form-data'],
        params: documentParamsSchema,
        querystring: versionUploadQuerySchema,
        response: { 202: uploadResultSchema },
      },
      handler: async (request, reply) => {
        const { actor, params, query } = request;
        const document = { id: asId<DocumentId>(params.documentId), note: query.note ?? null };
        const single = { ...deps, maxFiles: 1 };
        const { languages } = query;
        const result = await receiveFiles(single, request, { languages }, (file, wish) =>
          acceptVersion(deps, actor, document, file, { languages: wish.languages }),
        );
        return reply.status(202).send(result);
      },
    });
  };
}

/** Takes one file in; throws what `receiveUpload` throws. */
type Receive = (file: IncomingFile, wish: UploadWish) => Promise<UploadOutcome>;

async function receiveFiles(
  deps: UploadRouteDeps,
  request: FastifyRequest,
  defaults: z.infer<typeof uploadQuerySchema>,
  receive: Receive,
): Promise<UploadResult> {
  const result: UploadResult = { accepted: [], skipped: [], refused: [] };
  let firstRefusal: AppError | undefined;
  for await (const file of filesOfForm(request, deps, defaults)) {
    const { part } = file;
    const fileName = part.filename;
    // A destroyed part would end the whole form, and one that is not read to its end would hold it up.
    const arriving = part.file.iterator({ destroyOnReturn: false });
    const source = request.partHashes?.watch(part.filename, arriving) ?? arriving;
    try {
      const outcome = await receive({ rawName: fileName, source }, file.wish());
      if (outcome.documentId === null) {
        const { duplicateOf, duplicateTitle } = outcome;
        result.skipped.push({ fileName, duplicateOf, duplicateTitle });
      } else {
        result.accepted.push(await presentAccepted(deps, request.actor, outcome));
      }
    } catch (error) {
      if (!isAppError(error)) throw error;
      firstRefusal ??= error;
      result.refused.push({ fileName, code: error.code, message: error.message });
    } finally {
      await source.return?.();
      part.file.resume();
    }
  }
  if (result.accepted.length + result.skipped.length > 0) return result;
  throw (
    firstRefusal ??
    new AppError('upload.no_file', 'The request holds no file. Send one or more file parts.')
  );
}

async function presentAccepted(
  deps: UploadDeps,
  actor: Actor,
  accepted: AcceptedUpload,
): Promise<UploadResult['accepted'][number]> {
  const found = await getDocumentWithJob(deps, actor, accepted.documentId);
  const document = presentDocument(found);
  if (document.job === null) throw new Error(`document ${document.id} was accepted without a job`);
  return {
    document,
    job: document.job,
    duplicateOf: accepted.duplicateOf,
    duplicateTitle: accepted.duplicateTitle,
    links: {
      document: `/v1/documents/${accepted.documentId}`,
      job: `/v1/jobs/${accepted.jobId}`,
      events: `/v1/jobs/${accepted.jobId}/events`,
    },
  };
}

import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { AppError, isAppError } from '#kernel/app-error.ts';
import type { Actor } from '#features/identity/index.ts';
import type { UploadResult } from './document-schema.ts';
import { uploadResultSchema } from './document-schema.ts';
import { getDocumentWithJob } from './document-service.ts';
import { presentDocument } from './document-view.ts';
import type { UploadDeps } from './upload-service.ts';
import { acceptUpload } from './upload-service.ts';

export interface UploadRouteDeps extends UploadDeps {
  maxFiles: number;
}

export function uploadRoutes(deps: UploadRouteDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post('/v1/documents', {
      schema: {
        tags: ['documents'],
        summary: 'Upload files as multipart/form-data; each becomes a document with a job',
        description:
          'Any number of file parts up to the limit. 202 when at least one file was accepted; files ' +
          'that were refused are listed beside the accepted ones. When every file is refused the ' +
          'answer is the problem of the first.',
        consumes: ['multipart/form-data'],
        response: { 202: uploadResultSchema },
      },
      handler: async (request, reply) => {
        const result = await receiveFiles(deps, request);
        return reply.status(202).send(result);
      },
    });
  };
}

async function receiveFiles(deps: UploadRouteDeps, request: FastifyRequest): Promise<UploadResult> {
  const accepted: UploadResult['accepted'] = [];
  const refusals: { fileName: string; error: AppError }[] = [];
  for await (const part of fileParts(deps, request)) {
    // A destroyed part would end the whole form, and one that is not read to its end would hold it up.
    const bytes = part.file.iterator({ destroyOnReturn: false });
    try {
      accepted.push(await receiveFile(deps, request.actor, part.filename, bytes));
    } catch (error) {
      if (!isAppError(error)) throw error;
      refusals.push({ fileName: part.filename, error });
    } finally {
      await bytes.return?.();
      part.file.resume();
    }
  }
  const [firstRefusal] = refusals;
  if (accepted.length === 0 && firstRefusal) throw firstRefusal.error;
  if (accepted.length === 0) {
    throw new AppError('upload.no_file', 'The request holds no file. Send one or more file parts.');
  }
  return {
    accepted,
    refused: refusals.map(({ fileName, error }) => ({
      fileName,
      code: error.code,
      message: error.message,
    })),
  };
}

async function* fileParts(
  deps: UploadRouteDeps,
  request: FastifyRequest,
): AsyncGenerator<MultipartFile> {
  if (!request.isMultipart()) {
    throw new AppError('upload.no_file', 'Send the files as multipart/form-data.');
  }
  // Size is limited in acceptUpload, which can name the file; the parser's own limit is one byte above
  // and only drops the rest.
  const limits = { fileSize: deps.maxUploadBytes + 1, files: deps.maxFiles };
  try {
    yield* request.files({ limits, throwFileSizeLimit: false });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'FST_FILES_LIMIT') {
      throw new AppError(
        'upload.too_many_files',
        `One request may hold ${deps.maxFiles} files. Those before were accepted; send the rest again.`,
        { cause: error },
      );
    }
    // Only the parser fails here, since what happens to a file is caught by the reader of the parts.
    throw new AppError(
      'upload.interrupted',
      'The form is broken or did not arrive completely. Look which of its files are there, and send the others again.',
      { cause: error },
    );
  }
}

async function receiveFile(
  deps: UploadDeps,
  actor: Actor,
  fileName: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<UploadResult['accepted'][number]> {
  const accepted = await acceptUpload(deps, actor, fileName, bytes);
  const found = await getDocumentWithJob(deps, actor, accepted.documentId);
  const document = presentDocument(found);
  if (document.job === null) throw new Error(`document ${document.id} was accepted without a job`);
  return {
    document,
    job: document.job,
    duplicateOf: accepted.duplicateOf,
    links: {
      document: `/v1/documents/${accepted.documentId}`,
      job: `/v1/jobs/${accepted.jobId}`,
      events: `/v1/jobs/${accepted.jobId}/events`,
    },
  };
}

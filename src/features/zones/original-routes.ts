import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { BlobLinks } from '#blobs/blob-links.ts';
import type { BlobStore, ByteRange } from '#blobs/blob-store.ts';
import type { Database } from '#db/database.ts';
import { documentParamsSchema, versionParamsSchema } from '#features/documents/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { holdsTag } from '#kernel/edit-tag.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import { rangeHolds, readRange } from './byte-range.ts';
import { attachment, inPlace } from './content-disposition.ts';
import type { OriginalFile } from './original-file.ts';
import { findOriginal, findOriginalVersion, mayShowInPlace } from './original-file.ts';
import { originalHeadersSchema, originalQuerySchema } from './zone-schema.ts';

export interface OriginalDeps {
  database: Database;
  blobs: BlobStore;
  /** Where originals are fetched from the store itself; null to send them through this server. */
  readLinks: Pick<BlobLinks, 'signRead'> | null;
}

/**
 * The uploaded bytes: a file to save unless asked otherwise, never a page of this origin. Ranges, ETag and HEAD are
 * answered; several ranges at once get the whole file.
 */
export function originalRoutes(deps: OriginalDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/v1/documents/:documentId/download/original', {
      schema: {
        tags: ['documents'],
        summary: 'Download the original bytes; Range, If-Range and If-None-Match are understood',
        params: documentParamsSchema,
        querystring: originalQuerySchema,
        headers: originalHeadersSchema,
      },
      handler: async (request, reply) => {
        const id = asId<DocumentId>(request.params.documentId);
        const file = await findOriginal(deps, request.actor, id);
        return answer(deps, request, reply, { file, inline: request.query.inline });
      },
    });

    app.get('/v1/documents/:documentId/versions/:number/original', {
      schema: {
        tags: ['documents'],
        summary: 'Download the bytes of one upload of a document, as of the original',
        params: versionParamsSchema,
        querystring: originalQuerySchema,
        headers: originalHeadersSchema,
      },
      handler: async (request, reply) => {
        const id = asId<DocumentId>(request.params.documentId);
        const file = await findOriginalVersion(deps, request.actor, id, request.params.number);
        return answer(deps, request, reply, { file, inline: request.query.inline });
      },
    });
  };
}

type OriginalRequest = FastifyRequest<{ Headers: z.infer<typeof originalHeadersSchema> }>;

async function answer(
  deps: OriginalDeps,
  request: Pick<OriginalRequest, 'headers' | 'method'>,
  reply: FastifyReply,
  { file, inline }: { file: OriginalFile; inline: boolean },
): Promise<FastifyReply> {
  const isShown = inline && mayShowInPlace(file.mediaType);
  setHeaders(reply, file, isShown);
  if (holdsTag(request.headers['if-none-match'], file.etag)) return reply.status(304).send();
  if (deps.readLinks !== null && !isShown && request.method === 'GET') {
    return redirect(deps.readLinks, reply, file);
  }
  return sendBytes(deps.blobs, request, reply, file);
}

function setHeaders(reply: FastifyReply, file: OriginalFile, isShown: boolean): void {
  const disposition = isShown ? inPlace(file.fileName) : attachment(file.fileName);
  void reply
    .header('content-type', file.mediaType)
    .header('content-disposition', disposition)
    // Opened by itself it is a page of this origin: one that may do nothing.
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-resource-policy', 'same-origin')
    .header('cache-control', 'private, no-cache')
    .header('accept-ranges', 'bytes')
    .header('etag', file.etag);
}

async function redirect(
  links: Pick<BlobLinks, 'signRead'>,
  reply: FastifyReply,
  file: OriginalFile,
): Promise<FastifyReply> {
  const url = await links.signRead(file.objectKey, {
    contentType: file.mediaType,
    disposition: attachment(file.fileName),
  });
  return reply.header('cache-control', 'private, no-store').redirect(url, 302);
}

async function sendBytes(
  blobs: BlobStore,
  request: Pick<OriginalRequest, 'headers' | 'method'>,
  reply: FastifyReply,
  file: OriginalFile,
): Promise<FastifyReply> {
  const { range, 'if-range': ifRange } = request.headers;
  const wanted = rangeHolds(ifRange, file.etag) ? readRange(range, file.sizeBytes) : 'whole';
  if (wanted === 'unsatisfiable') {
    void reply.removeHeader('content-disposition');
    void reply.header('content-range', `bytes */${file.sizeBytes}`);
    throw new AppError(
      'request.range_unsatisfiable',
      `The file has ${file.sizeBytes} bytes, and the range lies behind them.`,
    );
  }
  const part: ByteRange | undefined = wanted === 'whole' ? undefined : wanted;
  if (part) {
    void reply
      .status(206)
      .header('content-range', `bytes ${part.start}-${part.end}/${file.sizeBytes}`);
  }
  void reply.header('content-length', part ? part.end - part.start + 1 : file.sizeBytes);
  // Of a HEAD only the headers leave, and a stream keeps their content-length.
  const isHead = request.method === 'HEAD';
  return reply.send(isHead ? Readable.from([]) : await blobs.read(file.objectKey, part));
}

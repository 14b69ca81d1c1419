import { Readable } from 'node:stream';
import { Server } from '@tus/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, isAppError } from '#kernel/app-error.ts';
import type { ErrorCode } from '#kernel/error-codes.ts';
import type { UploadId } from '#kernel/ids.ts';
import { asId, newId } from '#kernel/ids.ts';
import type { FinishUpload } from './finish-upload.ts';
import type { OpenUploadDeps } from './open-upload-service.ts';
import { TusStore } from './tus-store.ts';
import type { TurnKeeper } from './turn-keeper.ts';

export interface TusDeps extends OpenUploadDeps {
  turns: TurnKeeper;
  finishUpload: FinishUpload;
}

/** An earlier request at the same upload may take so long to come to an end. */
const giveWayMs = 500;

/** Headers of the library that are not for us: other web sites are not let in. */
const unwanted = /^access-control-/;

/**
 * Answers one request of the tus 1.0.0 protocol. `request.body` is the stream of a PATCH, or of a POST that brings bytes
 * along. Errors are thrown, ours and those of the protocol, so that they are answered like all others.
 */
export async function answerTus(
  deps: TusDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const store = new TusStore(deps, request.actor, deps.turns);
  const failures: unknown[] = [];
  const server = new Server({
    path: '/v1/uploads',
    datastore: store,
    locker: store.locker(),
    lockDrainTimeout: giveWayMs,
    maxSize: deps.maxUploadBytes,
    relativeLocation: true,
    allowedOrigins: [],
    namingFunction: () => newId<UploadId>(),
    onUploadFinish: async (_request, { id }) => {
      const ended = await deps.finishUpload(request.actor, asId<UploadId>(id));
      if (ended.kind === 'refused') throw new AppError(ended.code, ended.message);
      return {};
    },
    onResponseError: (_request, error) => {
      failures.push(error);
      return undefined;
    },
  });
  try {
    const response = await server.handleWeb(toWebRequest(request));
    if (response.status >= 400) throw explain(failures[0], response.status, await response.text());
    for (const [name, value] of response.headers) {
      if (!unwanted.test(name)) void reply.header(name, value);
    }
    await reply.status(response.status).send();
  } catch (error) {
    if (!request.raw.complete) {
      // The rest of the body is not read: it is the end of the connection.
      request.raw.resume();
      void reply.header('connection', 'close');
    }
    void reply.header('tus-resumable', '1.0.0');
    if (isAppError(error) && error.code === 'upload.version_unsupported') {
      void reply.header('tus-version', '1.0.0');
    }
    throw error;
  }
}

function toWebRequest(request: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  const body = request.body instanceof Readable ? Readable.toWeb(request.body) : null;
  return new Request(new URL(request.url, 'http://docmill.localhost'), {
    method: request.method,
    headers,
    ...(body && { body, duplex: 'half' }),
  });
}

/** By the status that the library gives; the first is for what it says with none of these. */
const codes: Readonly<Record<number, ErrorCode>> = {
  404: 'upload.not_found',
  409: 'upload.offset_conflict',
  410: 'upload.expired',
  412: 'upload.version_unsupported',
  413: 'upload.too_large',
};

function explain(failure: unknown, status: number, text: string): unknown {
  if (isAppError(failure)) return failure;
  // What the library throws of itself has a status; anything else is a bug of ours.
  if (failure instanceof Error && !('status_code' in failure)) return failure;
  const sentence = text.trim().replace(/\.?$/, '.');
  return new AppError(codes[status] ?? 'upload.protocol_invalid', `tus: ${sentence}`);
}

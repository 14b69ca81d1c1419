import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type {
  IdempotencyDeps,
  KeyedRequest,
  PartHashes,
  StoredAnswer,
} from '#features/idempotency/index.ts';
import {
  admitRequest,
  answerGone,
  createPartHashes,
  extendLease,
  hashRequest,
  keyMismatch,
  leaseSeconds,
  maxAnswerLength,
  readIdempotencyKey,
  settleRequest,
} from '#features/idempotency/index.ts';
import { actingFor } from '#features/identity/index.ts';
import { failpoint } from '#kernel/failpoint.ts';
import { principalOf } from './principal.ts';

interface RepeatDeps extends IdempotencyDeps {
  maxUploadBytes: number;
  maxFiles: number;
}

/** A request that is being worked on under a key. */
interface Work {
  request: KeyedRequest;
  since: Date;
  beat: NodeJS.Timeout;
  isSettled: boolean;
}

/** Answers of these routes hold secrets that are shown once. */
const secretAnswers = /\/(keys|invitations|links|shares|webhooks|webhook-endpoints)(\/|$)/;
/** Signing in cannot be repeated, and a resumable upload says by its offset what was done. */
const noKeys = /^\/v1\/(auth|account|uploads)(\/|$)/;
const keptHeaders = ['content-type', 'location', 'etag'] as const;

/**
 * Writes that carry an Idempotency-Key have their effect once: the answer is stored before it is sent, and given again
 * to whoever sends the same request with the same key. Register it after what says who asks.
 */
export function repeatAnswers(app: FastifyInstance, deps: RepeatDeps): void {
  const atWork = new WeakMap<FastifyRequest, Work>();
  app.decorateRequest('partHashes');

  app.addHook('preHandler', async (request, reply) => {
    const keyed = keyedRequest(request);
    if (keyed === null) return;
    const since = new Date();
    const admission = await admitRequest(deps, keyed);
    if (admission.kind === 'answered') {
      await compareFiles(deps, request, admission.hash);
      return sendAgain(reply, admission.answer);
    }
    const beat = setInterval(
      () => {
        const sql = deps.database.as(actingFor(keyed.ownerId));
        extendLease(sql, keyed).catch((error: unknown) => {
          request.log.warn({ error }, 'idempotency.lease_not_extended');
        });
      },
      (leaseSeconds * 1_000) / 3,
    ).unref();
    const work = { request: keyed, since, beat, isSettled: false };
    atWork.set(request, work);
    if (keyed.hash === null) request.partHashes = createPartHashes();
    // A reply that was taken over, or broke, never comes to `onSend`.
    reply.raw.once(
      'close',
      () => void settle(deps, request, work, { status: 499, response: null }),
    );
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const work = atWork.get(request);
    if (work) await settle(deps, request, work, answerOf(request, reply, payload));
  });
}

/** null for a request without a key, and where a key means nothing. */
function keyedRequest(request: FastifyRequest): KeyedRequest | null {
  const header = request.headers['idempotency-key'];
  const { url: route = '' } = request.routeOptions;
  const isWrite = request.method === 'POST' || request.method === 'PATCH';
  if (header === undefined || !isWrite || !route.startsWith('/v1/') || noKeys.test(route)) {
    return null;
  }
  // Not set on routes that are open to anyone.
  const actor: FastifyRequest['actor'] | undefined = request.actor;
  if (actor === undefined || actor.kind === 'link') return null;
  const hash = request.isMultipart()
    ? null
    : hashRequest(request.method, request.url, request.body);
  return {
    ownerId: actor.userId,
    principal: actor.kind === 'key' ? principalOf(actor, request.ip) : 'user',
    key: readIdempotencyKey([header].flat().join(',')),
    method: request.method,
    route,
    hash,
    requestId: request.id,
  };
}

/** Reads the files of an upload that was answered before, to see whether they are the same. */
async function compareFiles(
  deps: RepeatDeps,
  request: FastifyRequest,
  known: string | null,
): Promise<void> {
  if (!request.isMultipart()) return;
  const hashes = createPartHashes();
  const limits = { fileSize: deps.maxUploadBytes + 1, files: deps.maxFiles };
  for await (const part of request.files({ limits, throwFileSizeLimit: false })) {
    await hashes.watch(part.filename, part.file.iterator({ destroyOnReturn: false })).return?.();
    part.file.resume();
  }
  if (known !== null && hashOfFiles(request, hashes) !== known) throw keyMismatch();
}

const hashOfFiles = (request: FastifyRequest, hashes: PartHashes): string =>
  hashRequest(request.method, request.url, null, hashes.list());

function answerOf(request: FastifyRequest, reply: FastifyReply, payload: unknown): StoredAnswer {
  const status = reply.statusCode;
  const isKept =
    (typeof payload === 'string' || payload === null || payload === undefined) &&
    (payload ?? '').length <= maxAnswerLength &&
    !secretAnswers.test(request.routeOptions.url ?? '');
  if (!isKept) return { status, response: null };
  const headers: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = reply.getHeader(name);
    if (typeof value === 'string') headers[name] = value;
  }
  return { status, response: { headers, body: typeof payload === 'string' ? payload : '' } };
}

async function settle(
  deps: RepeatDeps,
  request: FastifyRequest,
  work: Work,
  answer: StoredAnswer,
): Promise<void> {
  if (work.isSettled) return;
  work.isSettled = true;
  clearInterval(work.beat);
  const { partHashes } = request;
  const hash = partHashes ? hashOfFiles(request, partHashes) : work.request.hash;
  try {
    failpoint('answer.made');
    await settleRequest(deps, { ...work.request, hash }, answer, work.since);
    failpoint('answer.stored');
  } catch (error) {
    // The next try finds the key taken until its lease is over, and then what the audit log says.
    request.log.warn({ error }, 'idempotency.not_settled');
  }
}

function sendAgain(reply: FastifyReply, { status, response }: StoredAnswer): FastifyReply {
  if (response === null) throw answerGone([]);
  return reply
    .status(status)
    .headers(response.headers)
    .header('idempotency-replayed', 'true')
    .serializer((body: unknown) => String(body))
    .send(response.body === '' ? undefined : response.body);
}

import type { PartHashes } from './part-hashes.ts';

export {
  answerGone,
  hashRequest,
  keyMismatch,
  leaseSeconds,
  maxAnswerLength,
  readIdempotencyKey,
} from './idempotency.ts';
export type { KeyedRequest, StoredAnswer } from './idempotency.ts';
export { deleteEndedKeys, extendLease } from './idempotency-repository.ts';
export { admitRequest, settleRequest } from './idempotency-service.ts';
export type { IdempotencyDeps } from './idempotency-service.ts';
export { createPartHashes } from './part-hashes.ts';
export type { PartHashes } from './part-hashes.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set for an upload that carries an Idempotency-Key: its files are to pass through. */
    partHashes: PartHashes | undefined;
  }
}

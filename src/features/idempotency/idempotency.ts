import { createHash } from 'node:crypto';
import { AppError } from '#kernel/app-error.ts';
import type { UserId } from '#kernel/ids.ts';

/** One key of one principal. */
export interface KeyOwner {
  ownerId: UserId;
  /** What the user came with: their keys do not meet. */
  principal: string;
  key: string;
}

/** A request that carries a key. */
export interface KeyedRequest extends KeyOwner {
  method: string;
  /** Template of the route. */
  route: string;
  /** SHA-256 in hexadecimal; null while the files of an upload are still on their way. */
  hash: string | null;
  /** This try of it. */
  requestId: string;
}

/** What was answered. The body is null where it is not kept: it held a secret, was too large or was lost. */
export interface StoredAnswer {
  status: number;
  response: { headers: Record<string, string>; body: string } | null;
}

/** How long a key stands for its request. */
export const keySeconds = 24 * 3_600;
/** A try that has not said for so long that it lives counts as dead. */
export const leaseSeconds = 60;
/** Larger answers are not kept. */
export const maxAnswerLength = 1024 * 1024;

/**
 * Reads the header Idempotency-Key: a quoted string as in the draft of the IETF, or the bare characters that most clients
 * send. Throws `request.invalid`.
 */
export function readIdempotencyKey(header: string): string {
  const bare = /^"(.*)"$/.exec(header.trim())?.[1] ?? header.trim();
  if (/^[\x21-\x7e]{1,255}$/.test(bare)) return bare;
  throw new AppError(
    'request.invalid',
    'Idempotency-Key has 1 to 255 visible ASCII characters, such as a UUID.',
  );
}

/** Hash of method, address and body; `parts` are the files of an upload. */
export function hashRequest(
  method: string,
  url: string,
  body: unknown,
  parts: readonly string[] = [],
): string {
  const text = JSON.stringify([method, url, body ?? null, parts], (_name, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
  return createHash('sha256').update(text).digest('hex');
}

export const keyMismatch = (): AppError =>
  new AppError(
    'idempotency.mismatch',
    'This Idempotency-Key was used for another request. Take a new key for a new request.',
  );

export const keyRunning = (): AppError =>
  new AppError(
    'idempotency.running',
    'The first request with this Idempotency-Key is still being worked on. Ask again in a moment.',
    { details: { retryAfterSeconds: 1 } },
  );

export const answerGone = (resources: readonly string[]): AppError =>
  new AppError(
    'idempotency.answer_gone',
    'The request was carried out, but its answer cannot be given again: it held a secret, or was lost. Look at what it made.',
    { details: { resources } },
  );

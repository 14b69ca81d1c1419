import { isAppError } from '#kernel/app-error.ts';
import { GiveUp, RetryAfter } from './work-item.ts';

/** A handler's failure, as it is stored and decided on. */
export interface ItemError {
  code: string;
  message: string;
  /** Another try would end the same. */
  permanent: boolean;
  retryAfterMs: number | undefined;
}

/**
 * A refusal of the file itself (`file.*`) is permanent; an engine that timed out, ran out of memory or
 * crashed, and anything unexpected, is tried again.
 */
export function describeItemError(error: unknown): ItemError {
  const source = error instanceof GiveUp && isAppError(error.cause) ? error.cause : error;
  const code = isAppError(source) ? source.code : 'job.attempts_exhausted';
  return {
    code,
    message: storableMessage(source),
    permanent: error instanceof GiveUp || code.startsWith('file.'),
    retryAfterMs: error instanceof RetryAfter ? error.delayMs : undefined,
  };
}

/** At most 2,000 characters that PostgreSQL can store. */
function storableMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll('\0', '').toWellFormed().slice(0, 2_000);
}

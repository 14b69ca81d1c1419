import type { ErrorCode } from './error-codes.ts';

/**
 * An error a user can do something about. `code` is stable and documented in
 * `docs/reference/errors.md`; the HTTP status for it is decided in `http/problem.ts`.
 * Anything thrown that is not an AppError is a bug.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details;
  }
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}

/** Expression form of throw, for `value ?? raise(notFound(id))`. */
export function raise(error: Error): never {
  throw error;
}

import { AppError } from '#kernel/app-error.ts';
import type { ErrorCode } from '#kernel/error-codes.ts';

/**
 * What breaking one rule of the schema means: the code, the field as the API calls it, a sentence, and what else a
 * program may want to know.
 */
export function rule(
  code: ErrorCode,
  field: string,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): () => AppError {
  return () => new AppError(code, message, { details: { field, ...more } });
}

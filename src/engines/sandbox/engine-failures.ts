import { AppError } from '#kernel/app-error.ts';
import { errorCodes, type ErrorCode } from '#kernel/error-codes.ts';

/** The call ran longer than its limit and its process was killed. */
export function timedOut(engine: string, limitMs: number): AppError {
  return new AppError(
    'engine.timeout',
    `The ${engine} engine did not finish within ${limitMs} ms and was stopped.`,
    { details: { engine, limitMs } },
  );
}

/** The process grew beyond its limit and was killed, or refused to grow. */
export function memoryExceeded(engine: string, limitMb: number): AppError {
  return new AppError(
    'engine.memory_exceeded',
    `The ${engine} engine needed more than ${limitMb} MiB of memory and was stopped.`,
    { details: { engine, limitMb } },
  );
}

/** The process ended, trapped or answered nonsense; `how` says which, without secrets. */
export function crashed(engine: string, how: string): AppError {
  return new AppError('engine.crashed', `The ${engine} engine stopped unexpectedly: ${how}.`, {
    details: { engine, how },
  });
}

export function unavailable(engine: string, what: string): AppError {
  return new AppError('engine.unavailable', `The ${engine} engine cannot do this: ${what}.`, {
    details: { engine },
  });
}

/** The caller's AbortSignal fired. */
export function cancelled(): AppError {
  return new AppError('job.cancelled', 'The work was cancelled before it was done.');
}

/** The file needs a password to be opened. */
export function passwordProtected(): AppError {
  return new AppError(
    'file.password_protected',
    'The file is protected by a password. Remove the password and upload it again.',
  );
}

/** The file, or the part of it that was asked for, cannot be understood. */
export function damaged(why: string): AppError {
  return new AppError('file.damaged', `The file is damaged and cannot be read: ${why}.`);
}

export function emptyFile(why: string): AppError {
  return new AppError('file.empty', `The file is empty: ${why}.`);
}

export function pageUnreadable(page: number, why: string): AppError {
  return new AppError('file.page_unreadable', `Page ${page} cannot be read: ${why}.`, {
    details: { page },
  });
}

/** True for failures after which the state of a child is unknown. */
export function isEngineFailure(error: unknown): boolean {
  return error instanceof AppError && error.code.startsWith('engine.');
}

export function isErrorCode(text: string): text is ErrorCode {
  return errorCodes.some((known) => known === text);
}

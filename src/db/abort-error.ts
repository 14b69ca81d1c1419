import { AppError } from '#kernel/app-error.ts';

/** What an aborted transaction throws: the reason given to `abort(reason)`, without one `job.cancelled`. */
export function abortError(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  if (reason instanceof Error && reason.name !== 'AbortError') return reason;
  return new AppError('job.cancelled', 'The work was cancelled.', { cause: reason });
}

/** Throws `abortError` if the signal is aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw abortError(signal);
}

import { AppError } from '#kernel/app-error.ts';
import { isErrorCode } from './engine-failures.ts';
import { readFields, readNumber, readString } from './reply-fields.ts';

/** Host to child. Buffers travel as they are: the channel uses V8's serializer. */
export interface CallRequest {
  id: number;
  method: string;
  payload: unknown;
}

export type CallOutcome =
  | { ok: true; value: unknown }
  | { ok: false; code: string; message: string; details?: Readonly<Record<string, unknown>> };

/** Child to host. `retire` asks to be replaced: the engine inside can no longer be trusted. */
export interface CallReply {
  id: number;
  retire: boolean;
  outcome: CallOutcome;
}

/** Reads a request; throws on a wrong shape. */
export function parseRequest(message: unknown): CallRequest {
  const fields = readFields(message);
  return {
    id: readNumber(fields, 'id'),
    method: readString(fields, 'method'),
    payload: fields['payload'],
  };
}

/** Reads a reply; throws AppError `engine.crashed` on a wrong shape. */
export function parseReply(message: unknown): CallReply {
  const fields = readFields(message);
  const outcome = readFields(fields['outcome']);
  return {
    id: readNumber(fields, 'id'),
    retire: fields['retire'] === true,
    outcome:
      outcome['ok'] === true
        ? { ok: true, value: outcome['value'] }
        : {
            ok: false,
            code: readString(outcome, 'code'),
            message: readString(outcome, 'message'),
            details: outcome['details'] === undefined ? {} : readFields(outcome['details']),
          },
  };
}

/** What went wrong in a child, as the host throws it. */
export function errorOf(outcome: CallOutcome & { ok: false }): AppError {
  const code = isErrorCode(outcome.code) ? outcome.code : 'engine.crashed';
  return new AppError(code, outcome.message, { details: { ...outcome.details } });
}

/** What went wrong in a child, as it tells the host; whatever is not an AppError is a crash. */
export function outcomeOf(error: unknown): CallOutcome & { ok: false } {
  if (error instanceof AppError) {
    const details = error.details === undefined ? {} : { details: error.details };
    return { ok: false, code: error.code, message: error.message, ...details };
  }
  const text = error instanceof Error ? error.message : String(error);
  return {
    ok: false,
    code: isOutOfMemory(text) ? 'engine.memory_exceeded' : 'engine.crashed',
    message: `The engine failed: ${text.slice(0, 500)}`,
  };
}

/** What V8, Node and WASM say when the kernel gives no more memory. */
function isOutOfMemory(text: string): boolean {
  return /allocation failed|failed to allocate|out of memory|could not allocate/i.test(text);
}

import { Worker } from 'node:worker_threads';
import { type CallOutcome, type CallReply, outcomeOf, parseRequest } from './child-protocol.ts';
import { isEngineFailure } from './engine-failures.ts';
import { AppError } from '#kernel/app-error.ts';
import { releaseBytes } from '#kernel/release-bytes.ts';

export interface CallContext {
  /** Asks the host to replace this process after the reply, for instance after a trap. */
  retire(): void;
}

export type CallHandler = (payload: unknown, context: CallContext) => unknown;

/**
 * The child's side of a sandbox: answers calls one by one until the host goes away.
 * A handler that throws anything but an AppError about the file makes the host replace this process.
 */
export function serveCalls(handlers: Readonly<Record<string, CallHandler>>): void {
  process.on('message', (message) => void answer(handlers, message));
  // Not exit(): that waits for native work which may never end.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}

/**
 * Ends this process when the host dies although the main thread is stuck in a parser and will
 * never see the channel close. A thread, because nothing else runs then.
 */
export function endWithParent(): void {
  // The parent is noted here and not in the thread: it may be gone by the time the thread starts.
  const code = `setInterval(() => { if (process.ppid !== ${process.ppid}) process.kill(process.pid, 'SIGKILL'); }, 1000);`;
  new Worker(code, { eval: true, stdout: false, stderr: false }).unref();
}

async function answer(
  handlers: Readonly<Record<string, CallHandler>>,
  message: unknown,
): Promise<void> {
  const { id, method, payload } = parseRequest(message);
  const reply: CallReply = { id, retire: false, outcome: { ok: true, value: undefined } };
  try {
    const handler = handlers[method];
    if (handler === undefined) throw new TypeError(`no method ${method}`);
    const value = await handler(payload, { retire: () => (reply.retire = true) });
    reply.outcome = { ok: true, value };
  } catch (error) {
    reply.outcome = outcomeOf(error);
    reply.retire = isEngineFailure(error) || !(error instanceof AppError);
  }
  process.send?.(reply);
  releaseSent(reply.outcome);
}

/** What is sent has been copied: the rasters of a child need not wait for its garbage collector. */
function releaseSent(outcome: CallOutcome): void {
  if (!outcome.ok || typeof outcome.value !== 'object' || outcome.value === null) return;
  for (const field of Object.values(outcome.value)) {
    if (field instanceof Uint8Array) releaseBytes(field);
  }
}

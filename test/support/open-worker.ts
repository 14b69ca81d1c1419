import type { Database } from '#db/database.ts';
import { silentLogger } from '#kernel/logger.ts';
import { createBell } from '#queue/bell.ts';
import type { ItemError } from '#queue/item-error.ts';
import type { WorkItem } from '#queue/work-item.ts';
import type { WorkerHandlers } from '#queue/item-runner.ts';
import { Worker, type WorkerOptions } from '#queue/worker.ts';

/** What the handlers of a worker under test were told. */
export interface HandlerLog {
  handled: WorkItem[];
  retried: ItemError[];
  dead: ItemError[];
}

/**
 * A worker of the real kind whose handlers write down what they are asked, and do what the test says.
 * It runs nothing until `tick` or `start`.
 */
export function openWorker(
  database: Database,
  handle: WorkerHandlers['handle'],
  options: Partial<Omit<WorkerOptions, 'handlers'>> & { handlers?: Partial<WorkerHandlers> } = {},
): { worker: Worker; log: HandlerLog } {
  const log: HandlerLog = { handled: [], retried: [], dead: [] };
  const worker = new Worker({
    database,
    bell: createBell(database, 'test_queue', silentLogger),
    concurrency: { ocr: 4, classify: 4 },
    version: 'test',
    logger: silentLogger,
    pollMs: 600_000,
    ...options,
    handlers: {
      async handle(item, signal) {
        log.handled.push(item);
        return handle(item, signal);
      },
      async onRetry(_sql, _item, error) {
        log.retried.push(error);
      },
      async onDead(_sql, _item, error) {
        log.dead.push(error);
      },
      ...options.handlers,
    },
  });
  return { worker, log };
}

/** Never ends by itself: rejects with the reason when the signal aborts. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

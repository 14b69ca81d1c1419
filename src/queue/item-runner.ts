import type { Database, Transaction } from '#db/database.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { backoffMs } from '#kernel/backoff.ts';
import { failpoint } from '#kernel/failpoint.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Bell } from './bell.ts';
import type { ItemError } from './item-error.ts';
import { describeItemError } from './item-error.ts';
import { buryItem, deleteLeasedItem, retryItem } from './queue-repository.ts';
import type { WorkItem } from './work-item.ts';
import { StaleLease } from './work-item.ts';

/** What a handler hands back: stored in the transaction that removes the item. It must be SQL only. */
export type Effect = (sql: Transaction) => Promise<void>;

export interface WorkerHandlers {
  /**
   * Does the work of one item. Must stop soon after the signal aborts. Null when nothing is to be stored but
   * that it is done: such items are removed many at a time.
   */
  handle(item: WorkItem, signal: AbortSignal): Promise<Effect | null>;
  /** Runs in the transaction that gives the item back for another try. */
  onRetry(sql: Transaction, item: WorkItem, error: ItemError): Promise<void>;
  /** Runs in the transaction that sets the item aside for good. */
  onDead(sql: Transaction, item: WorkItem, error: ItemError): Promise<void>;
}

export interface ItemRunnerOptions {
  database: Database;
  bell: Bell;
  handlers: WorkerHandlers;
  logger: Logger;
  itemTimeoutMs: number;
  /** The handler is done and there is nothing to store. */
  onFinished(item: WorkItem, durationMs: number): void;
  /** Called when a handler has ended, however it did. */
  onDuration(item: WorkItem, durationMs: number): void;
  /** The item is to be given back, free of charge, as soon as the database answers. */
  onUnsettled(item: WorkItem): void;
}

/**
 * An item is given back free of charge when the database went away under it, but not for ever: it might
 * be the item that brings the database down. Counted by the lease token, which rises with every claim.
 */
const freeClaims = 20;

/** Runs one item from its start until its end is stored, one way or the other. Never throws. */
export class ItemRunner {
  readonly #options: ItemRunnerOptions;

  constructor(options: ItemRunnerOptions) {
    this.#options = options;
  }

  async run(item: WorkItem, abort: AbortController): Promise<void> {
    const { handlers, itemTimeoutMs } = this.#options;
    const timeout = setTimeout(() => abort.abort(tookTooLong(itemTimeoutMs)), itemTimeoutMs);
    const startedAt = performance.now();
    try {
      const effect = await handlers.handle(item, abort.signal);
      failpoint('queue.stage_done');
      const durationMs = performance.now() - startedAt;
      this.#options.onDuration(item, durationMs);
      if (effect === null) this.#options.onFinished(item, durationMs);
      else await this.#store(item, effect);
    } catch (error) {
      await this.settleFailure(item, error, abort.signal);
    } finally {
      clearTimeout(timeout);
    }
  }

  /** Decides what becomes of an item whose work or whose storing threw `error`. */
  async settleFailure(item: WorkItem, error: unknown, signal?: AbortSignal): Promise<void> {
    const { logger } = this.#options;
    const reason: unknown = signal?.aborted === true ? signal.reason : undefined;
    const timedOut = isAppError(reason, 'engine.timeout');
    if (error instanceof StaleLease || (reason !== undefined && !timedOut)) {
      const why = error instanceof StaleLease ? error.message : String(reason);
      logger.info({ item: item.id, jobId: item.jobId, reason: why }, 'item.dropped');
      // Who stopped it has mostly taken the lease as well; if not, nobody should wait for it to run out.
      if (!(error instanceof StaleLease)) this.#options.onUnsettled(item);
      return;
    }
    if (isAppError(error, 'db.unavailable') && item.leaseToken <= freeClaims) {
      logger.warn({ item: item.id, jobId: item.jobId, error }, 'item.postponed');
      this.#options.onUnsettled(item);
      return;
    }
    await this.#fail(item, timedOut ? reason : error);
  }

  async #store(item: WorkItem, effect: Effect): Promise<void> {
    const { database, bell } = this.#options;
    await database.transaction(async (sql) => {
      if (!(await deleteLeasedItem(sql, item))) throw new StaleLease(item);
      await effect(sql);
      failpoint('queue.effect_stored');
      sql.afterCommit(() => bell.ring());
    });
  }

  async #fail(item: WorkItem, cause: unknown): Promise<void> {
    const { database, handlers, logger } = this.#options;
    const error = describeItemError(cause);
    const dead = error.permanent || item.attempt >= item.maxAttempts;
    logger.warn({ item: item.id, jobId: item.jobId, dead, error: cause }, 'item.failed');
    try {
      await database.transaction(async (sql) => {
        const delayMs = error.retryAfterMs ?? backoffMs(item.attempt);
        if (dead) {
          if (await buryItem(sql, item, error)) await handlers.onDead(sql, item, error);
        } else if (await retryItem(sql, item, delayMs, error)) {
          await handlers.onRetry(sql, item, error);
        }
        failpoint('queue.failure_stored');
      });
    } catch (failure) {
      if (isAppError(failure, 'db.unavailable')) this.#options.onUnsettled(item);
      // Otherwise the lease will run out and another worker will take the item.
      logger.error({ item: item.id, error: failure }, 'item.failure_not_stored');
    }
  }
}

function tookTooLong(limitMs: number): AppError {
  const seconds = Math.round(limitMs / 1000);
  return new AppError(
    'engine.timeout',
    `The work was not done within ${seconds} s and was stopped.`,
  );
}

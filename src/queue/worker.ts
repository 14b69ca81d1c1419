import { hostname } from 'node:os';
import type { Database, Transaction } from '#db/database.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { backoffMs } from '#kernel/backoff.ts';
import type { JobId, WorkerId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Service } from '#kernel/service.ts';
import { recoverAbandonedItems } from './abandoned-items.ts';
import type { Bell } from './bell.ts';
import type { ItemError } from './item-error.ts';
import { describeItemError } from './item-error.ts';
import {
  buryItem,
  claimItems,
  deleteLeasedItem,
  extendLeases,
  releaseItems,
  retryItem,
} from './queue-repository.ts';
import { RunningItems } from './running-items.ts';
import type { WorkItem } from './work-item.ts';
import { StaleLease } from './work-item.ts';
import { beatWorker, deleteWorkers, insertWorker } from './worker-repository.ts';

/** What a handler hands back: stored in the transaction that removes the item. It must be SQL only. */
export type Effect = (sql: Transaction) => Promise<void>;

export interface WorkerHandlers {
  /** Does the work of one item. Must stop soon after the signal aborts. */
  handle(item: WorkItem, signal: AbortSignal): Promise<Effect>;
  /** Runs in the transaction that gives the item back for another try. */
  onRetry(sql: Transaction, item: WorkItem, error: ItemError): Promise<void>;
  /** Runs in the transaction that sets the item aside for good. */
  onDead(sql: Transaction, item: WorkItem, error: ItemError): Promise<void>;
}

export interface WorkerOptions {
  database: Database;
  bell: Bell;
  handlers: WorkerHandlers;
  /** Queue name → items worked on at once. */
  concurrency: Readonly<Record<string, number>>;
  version: string;
  logger: Logger;
  /** A lease not prolonged for this long is taken away. */
  leaseMs?: number;
  /** How often the queue is looked at when nothing rings. */
  pollMs?: number;
  /** One item may take this long. */
  itemTimeoutMs?: number;
  /** How long stop() waits for running items before it hands them back. */
  graceMs?: number;
}

/**
 * An item is given back free of charge when the database went away under it, but not for ever: it might
 * be the item that brings the database down. Counted by the lease token, which rises with every claim.
 */
const freeClaims = 20;

/**
 * Claims work items and runs them. One fetcher per process hands out to all slots; a finished item's
 * effect and its removal are one transaction, so a worker may die anywhere and nothing is lost or
 * stored twice.
 */
export class Worker implements Service {
  readonly name = 'worker';
  readonly id: WorkerId = newId<WorkerId>();
  readonly #options: Required<WorkerOptions>;
  readonly #running = new RunningItems();
  /** To be given back as soon as the database answers. */
  readonly #unsettled = new Set<WorkItem>();
  #loop: Promise<void> | undefined;
  #heart: NodeJS.Timeout | undefined;
  #beating: Promise<void> | undefined;
  #stopping = false;
  #wake: () => void = () => undefined;
  #unlisten: (() => Promise<void>) | undefined;

  constructor(options: WorkerOptions) {
    this.#options = {
      leaseMs: 15_000,
      pollMs: 500,
      itemTimeoutMs: 600_000,
      graceMs: 20_000,
      ...options,
    };
  }

  async start(): Promise<void> {
    if (this.#loop) return;
    this.#stopping = false;
    const { database, bell, version, leaseMs } = this.#options;
    await insertWorker(database.sql, {
      id: this.id,
      lockKey: Number.parseInt(this.id.slice(-12), 16),
      host: hostname(),
      pid: process.pid,
      version,
    });
    this.#unlisten = await bell.listen(() => this.#wake());
    this.#heart = setInterval(() => this.#beatUnlessBeating(), leaseMs / 3);
    // What a predecessor on this host left when it was killed comes before what waits.
    await this.#beat();
    this.#loop = this.#run();
  }

  /** Stops claiming, waits for running items, hands back what does not end in time. */
  async stop(): Promise<void> {
    if (!this.#loop) return;
    this.#stopping = true;
    this.#wake();
    await this.#loop;
    await this.#running.settle(this.#options.graceMs);
    clearInterval(this.#heart);
    await this.#beating;
    const unfinished = this.#running.abortAll(new Error('the worker is stopping'));
    await this.#sayGoodbye(unfinished);
    await this.#running.settle(5_000);
    await this.#unlisten?.();
    this.#loop = undefined;
  }

  /** Aborts what this worker runs for a job; for a cancellation that should not wait for a heartbeat. */
  abortJob(jobId: JobId): void {
    this.#running.abortJob(jobId, new Error('the job was cancelled'));
  }

  /** One round: claims for all free slots and starts what was claimed. Resolves to how many. */
  async tick(): Promise<number> {
    const { database, leaseMs, concurrency } = this.#options;
    await this.#giveBackUnsettled();
    const free = this.#running.freeSlots(concurrency);
    if (free.size === 0) return 0;
    const items = await claimItems(database.sql, this.id, free, leaseMs);
    for (const item of items) this.#begin(item);
    return items.length;
  }

  /** Resolves when nothing is running in this worker. */
  async idle(): Promise<void> {
    await this.#running.settle(Infinity);
  }

  /** Gives back or buries items whose worker died. Resolves to how many. */
  async sweep(): Promise<number> {
    const { database, handlers, logger } = this.#options;
    const recovered = await recoverAbandonedItems(database, handlers, logger);
    if (recovered > 0) this.#options.bell.ring();
    return recovered;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      const rung = this.#nextWake();
      let claimed = 0;
      try {
        claimed = await this.tick();
      } catch (error) {
        this.#options.logger.warn({ error }, 'worker.claim_failed');
      }
      if (claimed === 0) await rung;
    }
    this.#wake();
  }

  /** Resolves on a ring, when an item ends, or after the poll interval. Made before looking, so no ring is missed. */
  #nextWake(): Promise<void> {
    // The promise before may not have been waited for; its timer must not outlive it.
    this.#wake();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#options.pollMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.#stopping) this.#wake();
    });
  }

  #begin(item: WorkItem): void {
    const abort = new AbortController();
    const done = this.#work(item, abort).finally(() => {
      this.#running.remove(item);
      this.#wake();
    });
    this.#running.add(item, abort, done);
  }

  async #work(item: WorkItem, abort: AbortController): Promise<void> {
    const { database, handlers, logger, itemTimeoutMs } = this.#options;
    const timeout = AbortSignal.timeout(itemTimeoutMs);
    const signal = AbortSignal.any([abort.signal, timeout]);
    try {
      const effect = await handlers.handle(item, signal);
      await database.transaction(async (sql) => {
        if (!(await deleteLeasedItem(sql, item))) throw new StaleLease(item);
        await effect(sql);
        sql.afterCommit(() => this.#options.bell.ring());
      });
    } catch (error) {
      if (error instanceof StaleLease || abort.signal.aborted) {
        const reason = error instanceof StaleLease ? error.message : String(abort.signal.reason);
        logger.info({ item: item.id, jobId: item.jobId, reason }, 'item.dropped');
        return;
      }
      if (isAppError(error, 'db.unavailable') && item.leaseToken <= freeClaims) {
        logger.warn({ item: item.id, jobId: item.jobId, error }, 'item.postponed');
        this.#unsettled.add(item);
        return;
      }
      await this.#fail(item, timeout.aborted ? tookTooLong(itemTimeoutMs, error) : error);
    }
  }

  async #fail(item: WorkItem, cause: unknown): Promise<void> {
    const { database, handlers, logger } = this.#options;
    const error = describeItemError(cause);
    const dead = error.permanent || item.attempt >= item.maxAttempts;
    logger.warn({ item: item.id, jobId: item.jobId, dead, error: cause }, 'item.failed');
    try {
      await database.transaction(async (sql) => {
        if (dead) {
          if (await buryItem(sql, item, error)) await handlers.onDead(sql, item, error);
          return;
        }
        const delayMs = error.retryAfterMs ?? backoffMs(item.attempt);
        if (await retryItem(sql, item, delayMs, error)) await handlers.onRetry(sql, item, error);
      });
    } catch (failure) {
      if (isAppError(failure, 'db.unavailable')) this.#unsettled.add(item);
      // Otherwise the lease will run out and another worker will take the item.
      logger.error({ item: item.id, error: failure }, 'item.failure_not_stored');
    }
  }

  /**
   * Hands back items that ended while the database was away. Whether the commit that was under way then
   * came through is not known here; if it did, the item is gone and its token matches nothing.
   */
  async #giveBackUnsettled(): Promise<void> {
    const items = [...this.#unsettled];
    if (items.length === 0) return;
    await releaseItems(this.#options.database.sql, items);
    for (const item of items) this.#unsettled.delete(item);
  }

  /** Hands back what is left. When the database cannot be reached, the leases run out instead. */
  async #sayGoodbye(unfinished: readonly WorkItem[]): Promise<void> {
    const { database, bell, logger } = this.#options;
    try {
      await releaseItems(database.sql, [...unfinished, ...this.#unsettled]);
      await deleteWorkers(database.sql, [this.id]);
      if (unfinished.length > 0) bell.ring();
    } catch (error) {
      logger.warn({ error, unfinished: unfinished.length }, 'worker.goodbye_failed');
    }
  }

  /** A slow database must not make heartbeats pile up. */
  #beatUnlessBeating(): void {
    this.#beating ??= this.#beat().finally(() => {
      this.#beating = undefined;
    });
  }

  async #beat(): Promise<void> {
    const { database, leaseMs, logger } = this.#options;
    try {
      const held = this.#running.items();
      await beatWorker(database.sql, this.id);
      if (held.length > 0) {
        const kept = await extendLeases(database.sql, this.id, held, leaseMs);
        this.#running.abortLost(held, kept, new Error('the lease was lost'));
      }
      await this.sweep();
    } catch (error) {
      logger.warn({ error }, 'worker.heartbeat_failed');
    }
  }
}

function tookTooLong(limitMs: number, cause: unknown): AppError {
  const seconds = Math.round(limitMs / 1000);
  return new AppError(
    'engine.timeout',
    `The work was not done within ${seconds} s and was stopped.`,
    {
      cause,
    },
  );
}

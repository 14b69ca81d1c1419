import type { Database } from '#db/database.ts';
import { failpoint } from '#kernel/failpoint.ts';
import type { JobId, WorkerId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Service } from '#kernel/service.ts';
import { WakeSignal } from '#kernel/wake-signal.ts';
import { recoverAbandonedItems } from './abandoned-items.ts';
import type { Bell } from './bell.ts';
import { claimItem } from './carried-item-repository.ts';
import { CompletionBatch } from './completion-batch.ts';
import { GoneWorkers } from './gone-workers.ts';
import type { WorkerHandlers } from './item-runner.ts';
import { ItemRunner } from './item-runner.ts';
import { OwnerTurns } from './owner-turns.ts';
import { claimItems, extendLeases, finishItems, releaseItems } from './queue-repository.ts';
import { RunningItems } from './running-items.ts';
import { WaitingItems } from './waiting-items.ts';
import type { WorkItem } from './work-item.ts';
import { StaleLease } from './work-item.ts';
import { WorkerPresence } from './worker-presence.ts';

export interface WorkerOptions {
  database: Database;
  bell: Bell;
  handlers: WorkerHandlers;
  /** Queue name → items worked on at once. */
  concurrency: Readonly<Record<string, number>>;
  /** While it carries, items come by `take` and this worker does not look for any. */
  carrier?: { isCarrying(): boolean } | undefined;
  version: string;
  logger: Logger;
  /** A lease not prolonged for this long is taken away. */
  leaseMs?: number;
  /** How often the queue is looked at when nothing rings. */
  pollMs?: number;
  /** How often this worker looks whether others have died. */
  watchMs?: number;
  /** One item may take this long. */
  itemTimeoutMs?: number;
  /** How long stop() waits for running items before it hands them back. */
  graceMs?: number;
}

/** While so many finished items wait to be stored nothing new is claimed. */
const mostUnstored = 1_000;

/**
 * Claims work items and runs them. One fetcher per process claims for all slots and a little ahead; a finished
 * item's effect and its removal are one transaction, so a worker may die anywhere and nothing is lost or
 * stored twice.
 */
export class Worker implements Service {
  readonly name = 'worker';
  readonly id: WorkerId = newId<WorkerId>();
  readonly #options: Required<Omit<WorkerOptions, 'carrier'>> & Pick<WorkerOptions, 'carrier'>;
  readonly #running = new RunningItems();
  readonly #waiting: WaitingItems;
  readonly #turns = new OwnerTurns();
  readonly #completions: CompletionBatch;
  readonly #runner: ItemRunner;
  readonly #presence: WorkerPresence;
  readonly #gone: GoneWorkers;
  readonly #signal: WakeSignal;
  /** To be given back as soon as the database answers. */
  readonly #unsettled = new Set<WorkItem>();
  #loop: Promise<void> | undefined;
  #timers: NodeJS.Timeout[] = [];
  #beating: Promise<void> | undefined;
  #watching: Promise<void> | undefined;
  #stopping = false;
  #unlisten: (() => Promise<void>) | undefined;

  constructor(options: WorkerOptions) {
    this.#options = {
      leaseMs: 15_000,
      pollMs: 500,
      watchMs: 500,
      itemTimeoutMs: 600_000,
      graceMs: 20_000,
      ...options,
    };
    const { database, concurrency, version } = this.#options;
    this.#signal = new WakeSignal(this.#options.pollMs);
    this.#waiting = new WaitingItems(concurrency);
    this.#presence = new WorkerPresence(database, this.id, version);
    this.#gone = new GoneWorkers(database);
    this.#runner = new ItemRunner({
      ...this.#options,
      onDuration: (item, ms) => this.#waiting.noteDuration(item.queue, ms),
      onFinished: (item, durationMs) => this.#completions.add({ item, durationMs }),
      onUnsettled: (item) => this.#unsettled.add(item),
    });
    this.#completions = new CompletionBatch((batch) => finishItems(database.sql, batch), {
      onStale: (item) => void this.#runner.settleFailure(item, new StaleLease(item)),
      onFailed: (items, error) => {
        for (const item of items) void this.#runner.settleFailure(item, error);
      },
    });
  }

  async start(): Promise<void> {
    if (this.#loop) return;
    this.#stopping = false;
    const { bell, leaseMs, watchMs } = this.#options;
    await this.#presence.beat();
    this.#unlisten = await bell.listen(() => this.#signal.wake());
    this.#timers = [
      setInterval(() => this.#beatUnlessBeating(), leaseMs / 3),
      setInterval(() => this.#watchUnlessWatching(), watchMs),
    ];
    // What a predecessor on this host left when it was killed comes before what waits.
    await this.#beat();
    await this.#watch();
    this.#loop = this.#run();
    this.#options.logger.info({ worker: this.id }, 'worker.started');
  }

  /** Stops claiming, waits for running items, hands back what has not started or does not end in time. */
  async stop(): Promise<void> {
    if (!this.#loop) return;
    this.#stopping = true;
    this.#signal.wake();
    await this.#loop;
    for (const item of this.#waiting.clear()) this.#unsettled.add(item);
    await this.#giveBackUnsettled().catch(() => undefined);
    await this.#running.settle(this.#options.graceMs);
    await this.#completions.settle();
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all([this.#beating, this.#watching]);
    const unfinished = this.#running.abortAll(new Error('the worker is stopping'));
    await this.#sayGoodbye(unfinished);
    await this.#running.settle(5_000);
    await this.#unlisten?.();
    this.#loop = undefined;
  }

  /** Drops what this worker holds of a job; for a stop that should not wait for a heartbeat. */
  abortJob(jobId: JobId): void {
    for (const item of this.#waiting.removeJob(jobId)) this.#unsettled.add(item);
    this.#running.abortJob(jobId, new Error('the job was stopped'));
  }

  /** One round: claims for all free slots and starts what was claimed. Resolves to how many. */
  async tick(): Promise<number> {
    const { database, leaseMs, concurrency, carrier } = this.#options;
    if (this.#unsettled.size > 0) await this.#giveBackUnsettled();
    if (carrier?.isCarrying()) return 0;
    while (this.#completions.size > mostUnstored) await this.#completions.nextStored();
    const wanted = this.#waiting.wanted(this.#running.freeSlots(concurrency));
    if (wanted.size === 0) return 0;
    const items = await claimItems(database.sql, this.id, wanted, leaseMs, null, this.#turns);
    if (items.length > 0) failpoint('queue.claimed');
    for (const item of items) this.#waiting.add(item);
    for (const queue of wanted.keys()) this.#startWaiting(queue);
    return items.length;
  }

  /** Claims and runs this very item; resolves when it has ended here, or at once when it is not to be had. */
  async take(itemId: number): Promise<void> {
    if (this.#stopping || this.#loop === undefined) return;
    const item = await claimItem(
      this.#options.database.sql,
      this.id,
      itemId,
      this.#options.leaseMs,
    );
    if (item !== null) await this.#begin(item);
  }

  /** Resolves when nothing is running in this worker and the end of everything is stored. */
  async idle(): Promise<void> {
    while (this.#running.items().length > 0 || this.#completions.items().length > 0) {
      await this.#running.settle(Infinity);
      await this.#completions.settle();
    }
  }

  /** Gives back or buries items whose worker died. Resolves to how many. */
  async sweep(gone: readonly WorkerId[] = []): Promise<number> {
    const { database, handlers, logger } = this.#options;
    const recovered = await recoverAbandonedItems(database, handlers, logger, gone);
    if (recovered > 0) this.#options.bell.ring();
    return recovered;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      const rung = this.#signal.next();
      let claimed = 0;
      try {
        claimed = await this.tick();
      } catch (error) {
        this.#options.logger.warn({ error }, 'worker.claim_failed');
      }
      if (claimed === 0) await rung;
    }
    this.#signal.wake();
  }

  #startWaiting(queue: string): void {
    const slots = this.#options.concurrency[queue] ?? 0;
    while (!this.#stopping && this.#running.count(queue) < slots) {
      const item = this.#waiting.take(queue);
      if (item === undefined) return;
      void this.#begin(item);
    }
  }

  #begin(item: WorkItem): Promise<void> {
    const abort = new AbortController();
    const done = this.#runner.run(item, abort).finally(() => {
      this.#running.remove(item);
      this.#startWaiting(item.queue);
      if (this.#waiting.isShort(item.queue)) this.#signal.wake();
    });
    this.#running.add(item, abort, done);
    return done;
  }

  /**
   * Hands back items that were not settled. Whether the commit that was under way when the database went away
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
      await this.#presence.leave();
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

  #watchUnlessWatching(): void {
    this.#watching ??= this.#watch().finally(() => {
      this.#watching = undefined;
    });
  }

  async #beat(): Promise<void> {
    const { database, leaseMs, logger } = this.#options;
    try {
      await this.#presence.beat();
      const held = [
        ...this.#running.items(),
        ...this.#waiting.items(),
        ...this.#completions.items(),
      ];
      if (held.length > 0) {
        const kept = await extendLeases(database.sql, this.id, held, leaseMs);
        this.#running.abortLost(held, kept, new Error('the lease was lost'));
        this.#waiting.removeLost(held, kept);
      }
      await this.sweep();
    } catch (error) {
      logger.warn({ error }, 'worker.heartbeat_failed');
    }
  }

  /** Keeps the lock that says this worker lives, and takes over from those whose lock is free. */
  async #watch(): Promise<void> {
    try {
      await this.#presence.keepLock();
      const gone = await this.#gone.look();
      if (gone.length > 0) await this.sweep(gone);
    } catch (error) {
      this.#options.logger.warn({ error }, 'worker.watch_failed');
    }
  }
}

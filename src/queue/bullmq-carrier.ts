import { Queue, Worker as BullmqWorker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Database } from '#db/database.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Service } from '#kernel/service.ts';
import { withinTime } from '#kernel/within-time.ts';
import type { Bell } from './bell.ts';
import type { CarriedItem } from './carried-item-repository.ts';
import { listReadyItems } from './carried-item-repository.ts';

export interface BullmqCarrierOptions {
  database: Database;
  bell: Bell;
  redisUrl: string;
  /** Queue name → items worked on at once by this process. */
  concurrency: Readonly<Record<string, number>>;
  /** Claims and runs one item; resolves when it has ended here, or at once when somebody else has it. */
  take(itemId: number): Promise<void>;
  logger: Logger;
  /** How often ready items are handed over when nothing rings. */
  feedMs?: number;
  /** BullMQ not answering for this long counts as away. */
  timeoutMs?: number;
}

/** Items of each queue that are with BullMQ at a time; the rest waits in PostgreSQL. */
const mostCarried = 1_000;
/** An item that is still ready this long after it was handed over is handed over again: BullMQ may have been emptied. */
const handOverAgainMs = 5_000;
/** A command waits for as long as Redis is away; whoever must not wait has a time limit of its own. */
const connection = {
  connectTimeout: 2_000,
  maxRetriesPerRequest: null,
  retryStrategy: (attempt: number) => Math.min(2_000, 100 * attempt),
};
/** BullMQ counts from 1, smaller first; ours are 16 bits, larger first. */
const lowestPriority = 32_768;

/**
 * Carries the ids of ready work items through BullMQ, one queue a stage. The rows stay in PostgreSQL, and
 * whoever gets an id still has to claim its row: an id that comes twice, late or never costs time only.
 * While BullMQ cannot be used `isCarrying` is false, and workers claim by themselves.
 */
export class BullmqCarrier implements Service {
  readonly name = 'bullmq-carrier';
  readonly #options: Required<BullmqCarrierOptions>;
  readonly #client: Redis;
  #queues = new Map<string, Queue>();
  #workers: BullmqWorker[] = [];
  /** When each id was handed over, by its name there. */
  readonly #handedOver = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #feeding: Promise<void> | undefined;
  #handingOver: Promise<void> | undefined;
  #again = false;
  #carrying = false;
  #unlisten: (() => Promise<void>) | undefined;

  constructor(options: BullmqCarrierOptions) {
    this.#options = { feedMs: 500, timeoutMs: 1_000, ...options };
    this.#client = new Redis(options.redisUrl, { ...connection, lazyConnect: true });
    this.#client.on('error', (error) => this.#noteError(error));
  }

  /** True while BullMQ takes what it is given. */
  isCarrying(): boolean {
    return this.#carrying;
  }

  async start(): Promise<void> {
    if (this.#timer) return;
    const { bell, feedMs } = this.#options;
    // Without Redis it goes on trying in the background.
    void this.#client.connect().catch(() => undefined);
    this.#unlisten = await bell.listen(() => this.#feedSoon());
    this.#timer = setInterval(() => this.#feedSoon(), feedMs);
    this.#feedSoon();
  }

  /** Takes no more; what runs is waited for by the worker that runs it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#carrying = false;
    await this.#unlisten?.();
    await this.#feeding;
    // With Redis away a close would wait for it: the connections are cut instead.
    const parts = [...this.#workers, ...this.#queues.values()];
    await Promise.all(
      parts.map((part) =>
        withinTime(part instanceof Queue ? part.close() : part.close(true), 1_000).catch(() =>
          withinTime(part.disconnect(), 1_000).catch(() => undefined),
        ),
      ),
    );
    this.#workers = [];
    this.#queues.clear();
    this.#client.disconnect();
  }

  /** Not before there is a connection: BullMQ keeps the failure of its first one. */
  #openAll(): void {
    if (this.#queues.size > 0) return;
    const { redisUrl, concurrency, take } = this.#options;
    for (const [name, limit] of Object.entries(concurrency)) {
      const place = `docmill-${name}`;
      const queue = new Queue(place, {
        connection: this.#client,
        defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
      });
      this.#queues.set(name, queue);
      const worker = new BullmqWorker<{ itemId: number }>(
        place,
        async ({ data }) => take(data.itemId),
        // Reads that block need a connection of their own.
        { connection: { url: redisUrl, ...connection }, concurrency: limit },
      );
      this.#workers.push(worker);
      queue.on('error', (error) => this.#noteError(error));
      worker.on('error', (error) => this.#noteError(error));
    }
  }

  #noteError(error: Error): void {
    this.#options.logger.debug({ reason: error.message }, 'bullmq.error');
  }

  #feedSoon(): void {
    if (this.#feeding !== undefined) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#feeding = this.#feed().finally(() => {
      this.#feeding = undefined;
      if (this.#again && this.#timer !== undefined) this.#feedSoon();
    });
  }

  async #feed(): Promise<void> {
    const { database, concurrency, timeoutMs, logger } = this.#options;
    const wasCarrying = this.#carrying;
    try {
      if (this.#client.status !== 'ready') throw new Error('Redis is not connected');
      // What was not answered in time may still be under way; more must not pile up behind it.
      if (this.#handingOver !== undefined) throw new Error('BullMQ has not answered yet');
      this.#openAll();
      const ready = await listReadyItems(database.sql, Object.keys(concurrency), mostCarried);
      this.#handingOver = this.#handOver(ready).finally(() => {
        this.#handingOver = undefined;
      });
      await withinTime(this.#handingOver, timeoutMs);
      this.#carrying = this.#timer !== undefined;
      if (!wasCarrying) logger.info({}, 'bullmq.carrying');
    } catch (error) {
      this.#carrying = false;
      this.#handedOver.clear();
      if (wasCarrying) logger.warn({ error }, 'bullmq.fell_back');
    }
  }

  async #handOver(ready: readonly CarriedItem[]): Promise<void> {
    const nowMs = performance.now();
    const due = ready.filter((item) => {
      const beforeMs = this.#handedOver.get(nameOf(item));
      return beforeMs === undefined || nowMs - beforeMs > handOverAgainMs;
    });
    await Promise.all(
      [...this.#queues].map(async ([name, queue]) => {
        const items = due.filter((item) => item.queue === name);
        // Even with nothing to say it must be known whether somebody listens.
        if (items.length === 0) await queue.getWaitingCount();
        else await queue.addBulk(items.map((item) => toBullmqJob(item)));
      }),
    );
    const stillReady = new Set(ready.map((item) => nameOf(item)));
    for (const name of this.#handedOver.keys()) {
      if (!stillReady.has(name)) this.#handedOver.delete(name);
    }
    for (const item of due) this.#handedOver.set(nameOf(item), nowMs);
  }
}

/** Another process hands the same stay over under the same name, and BullMQ keeps one. */
function nameOf(item: CarriedItem): string {
  return `item-${item.id}-${item.attempts}`;
}

function toBullmqJob(item: CarriedItem) {
  return {
    name: item.queue,
    data: { itemId: item.id },
    opts: { jobId: nameOf(item), priority: lowestPriority - item.priority },
  };
}

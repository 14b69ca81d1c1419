import { setTimeout as delay } from 'node:timers/promises';
import type { Database, Transaction } from '#db/database.ts';
import { type BackoffPolicy, backoffMs } from '#kernel/backoff.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Service } from '#kernel/service.ts';
import { WakeSignal } from '#kernel/wake-signal.ts';
import { withinTime } from '#kernel/within-time.ts';
import type { OutboxEvent } from './outbox-repository.ts';
import {
  listFollowers,
  lockOldestEvents,
  markPublished,
  postponeEvent,
} from './outbox-repository.ts';

/**
 * Tells one event. It may come again after a crash, so telling twice must do no harm; what it writes
 * through `sql` happens once, with the mark that the event is told. Throws to be asked again later.
 */
export type OutboxHandler = (event: OutboxEvent, sql: Transaction) => Promise<void>;

export interface OutboxPublisherOptions {
  database: Database;
  /** Topic → who tells it. Events of other topics stay for a process that knows them. */
  handlers: Readonly<Record<string, OutboxHandler>>;
  logger: Logger;
  /** How often is looked when nothing wakes. */
  pollMs?: number;
  /** One event may take this long. */
  timeoutMs?: number;
}

const batch = { keys: 50, followers: 200 };
/** Between a wake and the look; a live update may take 100 ms. */
const gatherMs = 30;
const backoff: BackoffPolicy = { firstMs: 500, factor: 2, maxMs: 60_000 };

/**
 * Moves events from the outbox to the world: at least once, in order for each key, by any number of
 * processes. Locks and marks are one transaction, so a publisher that dies gives everything back.
 */
export class OutboxPublisher implements Service {
  readonly name = 'outbox-publisher';
  readonly #options: Required<OutboxPublisherOptions>;
  readonly #signals: ReadonlyMap<string, WakeSignal>;
  #loops: Promise<void>[] = [];
  #stopping = false;

  constructor(options: OutboxPublisherOptions) {
    this.#options = { pollMs: 250, timeoutMs: 10_000, ...options };
    const { handlers, pollMs } = this.#options;
    this.#signals = new Map(Object.keys(handlers).map((topic) => [topic, new WakeSignal(pollMs)]));
  }

  /** One loop a topic, so that slow receivers hold up only their own. */
  async start(): Promise<void> {
    if (this.#loops.length > 0) return;
    this.#stopping = false;
    this.#loops = [...this.#signals].map(([topic, signal]) => this.#run(topic, signal));
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.wake();
    await Promise.all(this.#loops);
    this.#loops = [];
  }

  /** Something of the topic was written: look soon. Without a topic, at all of them. */
  wake(topic?: string): void {
    for (const [name, signal] of this.#signals) {
      if (topic === undefined || topic === name) signal.wake();
    }
  }

  /** One round of a topic; resolves to how many events were told. */
  async tick(topic: string, now: Date | null = null): Promise<number> {
    const { database } = this.#options;
    return database.transaction(
      async (sql) => {
        const oldest = await lockOldestEvents(sql, topic, batch.keys, now);
        if (oldest.length === 0) return 0;
        const rest = await listFollowers(sql, topic, oldest, batch.followers);
        const told: number[] = [];
        const stuck = new Set<string>();
        for (const event of [...oldest, ...rest]) {
          if (stuck.has(event.key)) continue;
          if (await this.#tell(sql, event, now)) told.push(event.id);
          else stuck.add(event.key);
        }
        await markPublished(sql, told);
        return told.length;
      },
      // Telling is an effect beside SQL: a conflict is left to the next round.
      { attempts: 1 },
    );
  }

  async #tell(sql: Transaction, event: OutboxEvent, now: Date | null): Promise<boolean> {
    const { handlers, logger, timeoutMs } = this.#options;
    try {
      await sql.savepoint((inner) =>
        withinTime(
          handlers[event.topic]?.(event, inner) ?? Promise.resolve(),
          timeoutMs,
          () => new Error(`not told within ${timeoutMs} ms`),
        ),
      );
      return true;
    } catch (error) {
      const { id, topic, key, attempts } = event;
      logger.warn({ id, topic, key, attempts, error }, 'outbox.failed');
      const message = error instanceof Error ? error.message : String(error);
      await postponeEvent(sql, id, backoffMs(attempts + 1, backoff), message, now);
      return false;
    }
  }

  async #run(topic: string, signal: WakeSignal): Promise<void> {
    while (!this.#stopping) {
      const woken = signal.next();
      let told = 0;
      try {
        told = await this.tick(topic);
      } catch (error) {
        this.#options.logger.warn({ topic, error }, 'outbox.round_failed');
      }
      if (told > 0) continue;
      await woken;
      // Changes come in bursts: one look for all of a burst costs the database a tenth of a look for each.
      if (!this.#stopping) await delay(gatherMs);
    }
    signal.wake();
  }
}

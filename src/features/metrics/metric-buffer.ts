import type { Logger } from '#kernel/logger.ts';
import type { Service } from '#kernel/service.ts';

export interface MetricBufferOptions<Row> {
  name: string;
  /** Stores rows in one statement. */
  store: (rows: readonly Row[]) => Promise<void>;
  logger: Logger;
  /** How often rows are stored. */
  everyMs?: number;
  /** So many rows go in one statement. */
  batch?: number;
  /** So many rows are kept while the database is away; the oldest are given up first. */
  capacity?: number;
}

/** Gathers rows in memory and stores them in batches, so that what is measured never waits for its metrics. */
export class MetricBuffer<Row> implements Service {
  readonly name: string;
  readonly #options: Required<MetricBufferOptions<Row>>;
  #rows: Row[] = [];
  #lost = 0;
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> | undefined;

  constructor(options: MetricBufferOptions<Row>) {
    this.name = options.name;
    this.#options = { everyMs: 5_000, batch: 500, capacity: 10_000, ...options };
  }

  async start(): Promise<void> {
    this.#timer ??= setInterval(() => void this.flush(), this.#options.everyMs);
  }

  /** Stores what is left, if the database lets it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.flush();
    // What was recorded while the last batch was under way.
    await this.flush();
  }

  /** Never throws and never waits. */
  record(row: Row): void {
    const { batch, capacity } = this.#options;
    this.#rows.push(row);
    if (this.#rows.length > capacity) {
      this.#rows.shift();
      this.#lost += 1;
    }
    if (this.#rows.length === batch) void this.flush();
  }

  /** Stores what is there now, one flush at a time. Never throws: rows that are not stored are kept for the next. */
  flush(): Promise<void> {
    this.#flushing ??= this.#store().finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  async #store(): Promise<void> {
    const { store, batch, capacity, logger } = this.#options;
    while (this.#rows.length > 0) {
      const rows = this.#rows.splice(0, batch);
      try {
        await store(rows);
      } catch (error) {
        this.#rows = [...rows, ...this.#rows].slice(-capacity);
        logger.warn({ error, buffer: this.name, waiting: this.#rows.length }, 'metrics.not_stored');
        return;
      }
    }
    if (this.#lost > 0) logger.warn({ buffer: this.name, rows: this.#lost }, 'metrics.lost');
    this.#lost = 0;
  }
}

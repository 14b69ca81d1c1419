import type { BlobStore } from '#blobs/blob-store.ts';
import type { Database } from '#db/database.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Service } from '#kernel/service.ts';
import { listDeadBlobs, markBlobPurged } from './document-repository.ts';

export interface BlobSweeperOptions {
  database: Database;
  blobs: BlobStore;
  logger: Logger;
  /** An upload may take this long before its bytes count as left over. */
  pendingMs?: number;
  everyMs?: number;
}

/** Removes the bytes of uploads that never became a document, and what interrupted writes left behind. */
export class BlobSweeper implements Service {
  readonly name = 'blob-sweeper';
  readonly #options: Required<BlobSweeperOptions>;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: BlobSweeperOptions) {
    this.#options = { pendingMs: 3_600_000, everyMs: 600_000, ...options };
  }

  async start(): Promise<void> {
    this.#timer ??= setInterval(() => void this.#sweepQuietly(), this.#options.everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** One round; resolves to how many blobs and temporary files were removed. */
  async tick(now: Date = new Date()): Promise<number> {
    const { database, blobs, pendingMs } = this.#options;
    const before = new Date(now.getTime() - pendingMs);
    const dead = await listDeadBlobs(database.sql, before, 500);
    for (const blob of dead) {
      await blobs.delete(blob.objectKey);
      await database.transaction((sql) => markBlobPurged(sql, blob.id));
    }
    return dead.length + (await blobs.sweep(before));
  }

  async #sweepQuietly(): Promise<void> {
    try {
      const removed = await this.tick();
      if (removed > 0) this.#options.logger.info({ removed }, 'blobs.swept');
    } catch (error) {
      this.#options.logger.warn({ error }, 'blobs.sweep_failed');
    }
  }
}

import type { BlobStore } from '#blobs/blob-store.ts';
import { keepBackupsOut } from '#db/backup/backup-lock.ts';
import type { Database } from '#db/database.ts';
import { listDeadBlobs, markBlobPurged } from './document-repository.ts';

export interface BlobSweeperOptions {
  database: Database;
  blobs: BlobStore;
  /** An upload may take this long before its bytes count as left over. */
  pendingMs?: number;
}

/** Removes the bytes of uploads that never became a document, and what interrupted writes left behind. */
export class BlobSweeper {
  readonly #options: Required<BlobSweeperOptions>;

  constructor(options: BlobSweeperOptions) {
    this.#options = { pendingMs: 3_600_000, ...options };
  }

  /** One round; resolves to how many blobs and temporary files were removed. Blobs stay while a backup runs. */
  async tick(now: Date = new Date()): Promise<number> {
    const { database, blobs, pendingMs } = this.#options;
    const before = new Date(now.getTime() - pendingMs);
    const dead = await listDeadBlobs(database.sql, before, 500);
    let removed = 0;
    for (const blob of dead) {
      const isGone = await database.transaction(async (sql) => {
        if (!(await keepBackupsOut(sql))) return false;
        await blobs.delete(blob.objectKey);
        await markBlobPurged(sql, blob.id);
        return true;
      });
      if (!isGone) break;
      removed += 1;
    }
    return removed + (await blobs.sweep(before));
  }
}

import { actingFor } from '#features/identity/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { FinishUpload } from './finish-upload.ts';
import { createFinisher } from './finish-upload.ts';
import {
  deleteUploads,
  listExpiredUploads,
  listUnfinishedUploads,
  releasePieces,
} from './open-upload-repository.ts';
import type { OpenUploadDeps } from './open-upload-service.ts';

/** The request that brought the last byte may take this long to make a document of it. */
const finishingMs = 60_000;
const batch = 500;

/** Forgets uploads whose time is over, and ends those that arrived and whose server died before it could. */
export class UploadSweeper {
  readonly #deps: OpenUploadDeps;
  readonly #finishUpload: FinishUpload;

  constructor(deps: OpenUploadDeps) {
    this.#deps = deps;
    this.#finishUpload = createFinisher(deps);
  }

  /** One round; resolves to how many uploads were forgotten or ended. */
  async tick(now: Date = new Date()): Promise<number> {
    return (await this.#forget(now)) + (await this.#finish(now));
  }

  async #forget(now: Date): Promise<number> {
    return this.#deps.database.transaction(async (sql) => {
      const ids = (await listExpiredUploads(sql, now, batch)).map(({ id }) => id);
      if (ids.length === 0) return 0;
      await releasePieces(sql, ids);
      return deleteUploads(sql, ids);
    });
  }

  async #finish(now: Date): Promise<number> {
    const before = new Date(now.getTime() - finishingMs);
    const { database, logger } = this.#deps;
    let finished = 0;
    for (const { id, ownerId } of await listUnfinishedUploads(database.sql, before, batch)) {
      try {
        await this.#finishUpload(actingFor(ownerId), id);
        finished += 1;
      } catch (error) {
        // One that cannot be stored now is tried in the next round.
        if (!isAppError(error)) throw error;
        logger.warn({ uploadId: id, error }, 'upload.not_finished');
      }
    }
    return finished;
  }
}

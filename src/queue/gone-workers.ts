import { hostname } from 'node:os';
import type { Database } from '#db/database.ts';
import type { WorkerId } from '#kernel/ids.ts';
import { isProcessAlive } from '#kernel/process-alive.ts';
import { listWorkers } from './worker-repository.ts';

/**
 * Finds workers that died. A process of this host is seen to be gone at once. On another host the advisory lock
 * of its session tells: it is free as soon as the server sees the connection closed. A lock must be free at two
 * looks in a row, because a worker that only lost its connection takes it again within a moment.
 */
export class GoneWorkers {
  readonly #database: Database;
  #suspects = new Set<WorkerId>();

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * One look. Another container may show the same host name with processes that cannot be seen from here: then
   * items are taken from a living worker, whose effects the lease token refuses, so that the price is only
   * work done twice.
   */
  async look(): Promise<WorkerId[]> {
    const before = this.#suspects;
    // A look that fails says nothing about anybody.
    this.#suspects = new Set();
    const workers = await listWorkers(this.#database.sql);
    const here = hostname();
    const gone: WorkerId[] = [];
    for (const worker of workers) {
      const endedHere = worker.host === here && !isProcessAlive(worker.pid);
      if (endedHere || (worker.isLockFree && before.has(worker.id))) gone.push(worker.id);
      else if (worker.isLockFree) this.#suspects.add(worker.id);
    }
    return gone;
  }
}

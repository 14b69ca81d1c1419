import { hostname } from 'node:os';
import type { Database } from '#db/database.ts';
import type { WorkerId } from '#kernel/ids.ts';
import { announceWorker, deleteWorkers } from './worker-repository.ts';

/**
 * Tells the others that a worker lives: by its row, whose heartbeat everybody can read, and by an advisory lock of
 * its session, which the server frees the moment the process is gone. The lock needs a direct connection.
 */
export class WorkerPresence {
  readonly id: WorkerId;
  readonly #database: Database;
  readonly #version: string;
  readonly #lockKey: number;
  #holdsLock = false;

  constructor(database: Database, id: WorkerId, version: string) {
    this.#database = database;
    this.id = id;
    this.#version = version;
    this.#lockKey = Number.parseInt(id.slice(-12), 16);
  }

  /** Announces the worker, or renews its heartbeat. Throws what the database reports. */
  async beat(): Promise<void> {
    await announceWorker(this.#database.sql, {
      id: this.id,
      lockKey: this.#lockKey,
      host: hostname(),
      pid: process.pid,
      version: this.#version,
      holdsLock: this.#holdsLock,
    });
  }

  /** Takes the lock unless it is held; the first time says so in the row. Throws `db.unavailable`. */
  async keepLock(): Promise<void> {
    const holds = await this.#database.holdLock(this.#lockKey);
    if (!holds || this.#holdsLock) return;
    this.#holdsLock = true;
    await this.beat();
  }

  /** Takes the row away, then the lock: the other way round it would look like a death. */
  async leave(): Promise<void> {
    await deleteWorkers(this.#database.sql, [this.id]);
    await this.#database.releaseLock(this.#lockKey);
    this.#holdsLock = false;
  }
}

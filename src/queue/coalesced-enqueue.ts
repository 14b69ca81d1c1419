import type { Database } from '#db/database.ts';
import type { Bell } from './bell.ts';
import { enqueueItems } from './queue-repository.ts';
import type { NewWorkItem } from './work-item.ts';

const mostInStatement = 500;
/** While one statement waits for the disk the next one is filled. */
const mostUnderWay = 2;

interface Caller {
  item: NewWorkItem;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Enqueues single items outside a transaction. Callers of one process that come at the same time share a
 * statement and its commit; workers are woken after it. For items that belong to other rows use
 * `enqueueItems` in the transaction that writes these.
 */
export class CoalescedEnqueue {
  readonly #database: Database;
  readonly #bell: Bell;
  #callers: Caller[] = [];
  #underWay = 0;
  #isScheduled = false;

  constructor(database: Database, bell: Bell) {
    this.#database = database;
    this.#bell = bell;
  }

  /** Resolves when the item is durable. Throws what the database reports about this item. */
  add(item: NewWorkItem): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#callers.push({ item, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isScheduled || this.#underWay >= mostUnderWay) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      if (this.#underWay < mostUnderWay) void this.#send();
    });
  }

  async #send(): Promise<void> {
    const callers = this.#callers.splice(0, mostInStatement);
    if (callers.length === 0) return;
    this.#underWay += 1;
    try {
      await this.#store(callers);
    } finally {
      this.#underWay -= 1;
      if (this.#callers.length > 0) this.#schedule();
    }
  }

  async #store(callers: readonly Caller[]): Promise<void> {
    try {
      await enqueueItems(
        this.#database.sql,
        callers.map(({ item }) => item),
      );
      this.#bell.ring();
      for (const { resolve } of callers) resolve();
    } catch (error) {
      const [only, ...others] = callers;
      if (only !== undefined && others.length === 0) only.reject(error);
      // One bad item must not fail the callers beside it: each is told its own story.
      else for (const caller of callers) await this.#store([caller]);
    }
  }
}

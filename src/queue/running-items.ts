import type { JobId } from '#kernel/ids.ts';
import type { WorkItem } from './work-item.ts';

interface Entry {
  item: WorkItem;
  abort: AbortController;
  done: Promise<void>;
}

/** What one worker holds at the moment. */
export class RunningItems {
  readonly #entries = new Map<number, Entry>();

  add(item: WorkItem, abort: AbortController, done: Promise<void>): void {
    this.#entries.set(item.id, { item, abort, done });
  }

  /** Only the same lease is removed: the item may have come back under a newer one. */
  remove(item: WorkItem): void {
    if (this.#entries.get(item.id)?.item === item) this.#entries.delete(item.id);
  }

  items(): WorkItem[] {
    return [...this.#entries.values()].map((entry) => entry.item);
  }

  /** Queue name → slots that are free; full queues are left out. */
  freeSlots(concurrency: Readonly<Record<string, number>>): Map<string, number> {
    const free = new Map(Object.entries(concurrency));
    for (const { item } of this.#entries.values()) {
      free.set(item.queue, (free.get(item.queue) ?? 0) - 1);
    }
    return new Map([...free].filter(([, slots]) => slots > 0));
  }

  /** Aborts everything and returns it. */
  abortAll(reason: Error): WorkItem[] {
    for (const { abort } of this.#entries.values()) abort.abort(reason);
    return this.items();
  }

  abortJob(jobId: JobId, reason: Error): void {
    for (const { item, abort } of this.#entries.values()) {
      if (item.jobId === jobId) abort.abort(reason);
    }
  }

  /** Aborts those of `asked` that are not among the `kept` ids, unless they have ended meanwhile. */
  abortLost(asked: readonly WorkItem[], kept: ReadonlySet<number>, reason: Error): void {
    for (const item of asked) {
      const entry = this.#entries.get(item.id);
      if (entry?.item === item && !kept.has(item.id)) entry.abort.abort(reason);
    }
  }

  /** Resolves when everything has ended, or after `limitMs`. */
  async settle(limitMs: number): Promise<void> {
    const all = Promise.allSettled([...this.#entries.values()].map((entry) => entry.done));
    if (limitMs === Infinity) {
      await all;
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
    });
    await Promise.race([all, limit]);
    clearTimeout(timer);
  }
}

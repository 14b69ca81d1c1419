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
  readonly #perQueue = new Map<string, number>();

  add(item: WorkItem, abort: AbortController, done: Promise<void>): void {
    this.#entries.set(item.id, { item, abort, done });
    this.#perQueue.set(item.queue, this.count(item.queue) + 1);
  }

  /** Only the same lease is removed: the item may have come back under a newer one. */
  remove(item: WorkItem): void {
    if (this.#entries.get(item.id)?.item === item) this.#entries.delete(item.id);
    this.#perQueue.set(item.queue, this.count(item.queue) - 1);
  }

  /** How many of a queue run. */
  count(queue: string): number {
    return this.#perQueue.get(queue) ?? 0;
  }

  items(): WorkItem[] {
    return [...this.#entries.values()].map((entry) => entry.item);
  }

  /** Queue name → slots that are free; full queues are left out. */
  freeSlots(concurrency: Readonly<Record<string, number>>): Map<string, number> {
    return new Map(
      Object.entries(concurrency)
        .map(([queue, slots]) => [queue, slots - this.count(queue)] as const)
        .filter(([, slots]) => slots > 0),
    );
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

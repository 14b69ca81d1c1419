import type { JobId } from '#kernel/ids.ts';
import type { WorkItem } from './work-item.ts';

/** Time that a claim and its answer take, with some to spare: what ends within it must be at hand already. */
const claimMs = 10;
/** Items claimed ahead are stuck when this process dies, and go before newer ones of a higher priority. */
const mostAhead = 500;
/** Weight of the newest duration in the running mean. */
const newestWeight = 0.1;

/**
 * Items that are claimed and wait for a slot of this process. How many are claimed ahead follows from how long
 * items of the queue take: none where one takes longer than a claim, hundreds where they take microseconds.
 */
export class WaitingItems {
  readonly #concurrency: Readonly<Record<string, number>>;
  readonly #waiting = new Map<string, WorkItem[]>();
  readonly #meanMs = new Map<string, number>();

  constructor(concurrency: Readonly<Record<string, number>>) {
    this.#concurrency = concurrency;
  }

  add(item: WorkItem): void {
    const items = this.#waiting.get(item.queue);
    if (items) items.push(item);
    else this.#waiting.set(item.queue, [item]);
  }

  /** The item of this queue that has waited longest. */
  take(queue: string): WorkItem | undefined {
    return this.#waiting.get(queue)?.shift();
  }

  /** Notes how long an item took, from its start to its end. */
  noteDuration(queue: string, ms: number): void {
    const mean = this.#meanMs.get(queue);
    this.#meanMs.set(queue, mean === undefined ? ms : mean + newestWeight * (ms - mean));
  }

  /**
   * Queue → how many items to claim when so many slots are free; queues that need none are left out. A reserve
   * is filled up when half of it is used, so that claims are few and large.
   */
  wanted(free: ReadonlyMap<string, number>): Map<string, number> {
    const wanted = new Map<string, number>();
    for (const [queue, slots] of Object.entries(this.#concurrency)) {
      const waiting = this.#waiting.get(queue)?.length ?? 0;
      const missing = (free.get(queue) ?? 0) + this.#ahead(queue, slots) - waiting;
      if (missing > 0 && this.isShort(queue)) wanted.set(queue, missing);
    }
    return wanted;
  }

  items(): WorkItem[] {
    return [...this.#waiting.values()].flat();
  }

  /** Takes everything out. */
  clear(): WorkItem[] {
    const items = this.items();
    this.#waiting.clear();
    return items;
  }

  /** Takes the items of a job out. */
  removeJob(jobId: JobId): WorkItem[] {
    const items = this.items().filter((item) => item.jobId === jobId);
    this.#remove(new Set(items));
    return items;
  }

  /** Drops those of `asked` that are not among the `kept` ids. */
  removeLost(asked: readonly WorkItem[], kept: ReadonlySet<number>): void {
    this.#remove(new Set(asked.filter((item) => !kept.has(item.id))));
  }

  /** True when the reserve of a queue is half used, so that it is time for a claim. */
  isShort(queue: string): boolean {
    const waiting = this.#waiting.get(queue)?.length ?? 0;
    return waiting <= this.#ahead(queue, this.#concurrency[queue] ?? 0) / 2;
  }

  #remove(items: ReadonlySet<WorkItem>): void {
    if (items.size === 0) return;
    for (const [queue, waiting] of this.#waiting) {
      this.#waiting.set(
        queue,
        waiting.filter((item) => !items.has(item)),
      );
    }
  }

  #ahead(queue: string, slots: number): number {
    const mean = this.#meanMs.get(queue);
    if (mean === undefined || mean >= claimMs) return 0;
    return Math.min(mostAhead, Math.floor((slots * claimMs) / Math.max(mean, 0.001)));
  }
}

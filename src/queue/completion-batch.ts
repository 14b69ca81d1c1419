import type { FinishedItem } from './queue-repository.ts';
import type { WorkItem } from './work-item.ts';

/** Items in one statement; a burst of them then takes some ten milliseconds. */
const mostInBatch = 500;
/** Statements under way at once: while one waits for the disk another is filled. */
const mostUnderWay = 2;

/** Stores that these items are finished; resolves to the ids whose lease held. */
type StoreFinished = (batch: readonly FinishedItem[]) => Promise<Set<number>>;

export interface CompletionOutcome {
  /** The lease was lost: somebody else does the item. */
  onStale(item: WorkItem): void;
  onFailed(items: readonly WorkItem[], error: unknown): void;
}

/**
 * Gathers items that leave no effect and removes them together: at once when nothing is under way, otherwise
 * as soon as a statement has come back. So one item alone does not wait, and many share a commit.
 */
export class CompletionBatch {
  readonly #store: StoreFinished;
  readonly #outcome: CompletionOutcome;
  #gathered: FinishedItem[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #sent = new Set<FinishedItem>();
  #isScheduled = false;

  constructor(store: StoreFinished, outcome: CompletionOutcome) {
    this.#store = store;
    this.#outcome = outcome;
  }

  add(finished: FinishedItem): void {
    this.#gathered.push(finished);
    this.#schedule();
  }

  /** Items whose end is not stored yet. */
  items(): WorkItem[] {
    return [...this.#sent, ...this.#gathered].map(({ item }) => item);
  }

  /** How many wait for a statement. */
  get size(): number {
    return this.#gathered.length;
  }

  /** Resolves when the next statement has come back. */
  async nextStored(): Promise<void> {
    this.#flush();
    await Promise.race(this.#underWay);
  }

  /** Resolves when everything added so far is stored or has failed. */
  async settle(): Promise<void> {
    while (this.#gathered.length > 0 || this.#underWay.size > 0) {
      await this.nextStored();
    }
  }

  /** After the present turn of the event loop: what ends in the same turn goes together. */
  #schedule(): void {
    if (this.#isScheduled || this.#underWay.size >= mostUnderWay) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    while (this.#gathered.length > 0 && this.#underWay.size < mostUnderWay) {
      const batch = this.#gathered.splice(0, mostInBatch);
      const sending = this.#send(batch).finally(() => {
        this.#underWay.delete(sending);
        if (this.#gathered.length > 0) this.#schedule();
      });
      this.#underWay.add(sending);
    }
  }

  async #send(batch: readonly FinishedItem[]): Promise<void> {
    for (const finished of batch) this.#sent.add(finished);
    try {
      const held = await this.#store(batch);
      if (held.size < batch.length) {
        for (const { item } of batch) if (!held.has(item.id)) this.#outcome.onStale(item);
      }
    } catch (error) {
      this.#outcome.onFailed(
        batch.map(({ item }) => item),
        error,
      );
    } finally {
      for (const finished of batch) this.#sent.delete(finished);
    }
  }
}

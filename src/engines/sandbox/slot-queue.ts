import { cancelled } from './engine-failures.ts';

interface Waiter {
  resolve(slot: number): void;
  reject(error: Error): void;
}

export interface TakeOptions {
  signal?: AbortSignal | undefined;
  /** A free slot for which this holds is taken before others. */
  prefers?: (slot: number) => boolean;
}

/** A fixed number of numbered slots; who asks while none is free waits in order. */
export class SlotQueue {
  readonly #free: Set<number>;
  readonly #waiting: Waiter[] = [];
  #closedWith: Error | undefined;

  constructor(count: number) {
    this.#free = new Set(Array.from({ length: Math.max(1, count) }, (_, slot) => slot));
  }

  /** Resolves with a slot that must be given back; rejects with `job.cancelled` on abort. */
  async take({ signal, prefers }: TakeOptions = {}): Promise<number> {
    if (this.#closedWith !== undefined) throw this.#closedWith;
    if (signal?.aborted === true) throw cancelled();
    const free = [...this.#free].sort((left, right) => left - right);
    const slot = free.find((candidate) => prefers?.(candidate)) ?? free[0];
    if (slot === undefined) return this.#wait(signal);
    this.#free.delete(slot);
    return slot;
  }

  /** Hands the slot to the first in the queue, or back to the free ones. */
  give(slot: number): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.add(slot);
    else next.resolve(slot);
  }

  /** Refuses everyone who waits and everyone who comes later. */
  close(error: Error): void {
    this.#closedWith = error;
    for (const waiter of this.#waiting.splice(0)) waiter.reject(error);
  }

  #wait(signal: AbortSignal | undefined): Promise<number> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(cancelled());
      };
      const waiter: Waiter = {
        resolve: (slot) => {
          signal?.removeEventListener('abort', onAbort);
          resolve(slot);
        },
        reject: (error) => {
          signal?.removeEventListener('abort', onAbort);
          reject(error);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(waiter);
    });
  }
}

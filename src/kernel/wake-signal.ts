/**
 * Lets a loop that looks for work sleep until something wakes it or `pollMs` are over. Ask for `next()` before
 * looking: a wake while looking then ends the sleep that follows, and none is missed.
 */
export class WakeSignal {
  readonly #pollMs: number;
  #end: () => void = () => undefined;

  constructor(pollMs: number) {
    this.#pollMs = pollMs;
  }

  /** Resolves with the next wake or when the time is over. Ends the sleep before, which may not have been waited for. */
  next(): Promise<void> {
    this.#end();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#pollMs);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  wake(): void {
    this.#end();
  }
}

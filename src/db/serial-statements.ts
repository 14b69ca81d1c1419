/** Runs what it is given one after another, in the order of the calls. */
export interface SerialStatements {
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Resolves when nothing runs or waits any more; never rejects. */
  settled(): Promise<void>;
}

/**
 * One connection answers one statement at a time. Callers may still start several statements of a
 * transaction together; they queue here, so that an abort always knows the one that is running.
 */
export function createSerialStatements(): SerialStatements {
  let last: Promise<void> = Promise.resolve();
  return {
    run(work) {
      const result = last.then(work);
      last = result.then(
        () => undefined,
        () => undefined,
      );
      return result;
    },
    async settled() {
      for (let seen: Promise<void> | undefined; seen !== last;) {
        seen = last;
        await seen;
      }
    },
  };
}

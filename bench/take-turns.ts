import { median } from './sample-statistics.ts';

/** One measurement of several that take turns. */
export interface Turn {
  measure(): Promise<number>;
  /** Of the rounds so far. Throws before the first. */
  median(): number;
  samples: number[];
}

export function makeTurn(measure: () => Promise<number>): Turn {
  const samples: number[] = [];
  return { measure, samples, median: () => median(samples) };
}

/**
 * Measures each turn `rounds` times, one after the other in the order given, so that what the machine
 * does beside hits all of them alike.
 */
export async function takeTurns(rounds: number, turns: readonly Turn[]): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const turn of turns) turn.samples.push(await turn.measure());
  }
}

/** Seconds that `work` takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

import { median } from '../sample-statistics.ts';

/**
 * Milliseconds that `work` takes, the median of `turns`. An even number of turns warms up first, so that what goes there
 * and back starts where it was.
 */
export async function medianOf(
  turns: number,
  work: (turn: number) => Promise<unknown>,
): Promise<number> {
  const times: number[] = [];
  for (let turn = -4; turn < turns; turn += 1) {
    const startedAt = performance.now();
    await work(Math.abs(turn));
    if (turn >= 0) times.push(performance.now() - startedAt);
  }
  return median(times);
}

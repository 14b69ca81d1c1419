import { median } from './sample-statistics.ts';

/**
 * Runs each measurement `rounds` times, taking turns in the order given, so that what the machine does
 * beside hits all of them alike. Resolves to the median of each.
 */
export async function takeTurns<Name extends string>(
  rounds: number,
  measurements: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number>> {
  const names = namesOf(measurements);
  const samples = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) samples.get(name)?.push(await measurements[name]());
  }
  return mapNames(names, (name) => median(samples.get(name) ?? []));
}

/** Seconds that `work` takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

import { availableParallelism } from 'node:os';

/** Processors this process may use. */
export function processorCount(): number {
  return Math.max(1, availableParallelism());
}

import { expect, test } from 'vitest';
import { runMutants } from './mutant-run.ts';

test('three hundred spoiled files: each is read, warned of, failed with a reason or refused', async () => {
  const report = await runMutants({ count: 300, seed: 20_261, concurrency: 2 });
  expect(report.wrongs).toEqual([]);
  expect(report.left).toEqual([]);
  const all = Object.values(report.outcomes).reduce((sum, count) => sum + count, 0);
  expect(all).toBe(300);
  // Files that are spoiled beyond reading and files that survive: a run of one kind alone proves little.
  expect(report.outcomes['failed']).toBeGreaterThan(20);
  expect(report.outcomes['read']).toBeGreaterThan(20);
}, 240_000);

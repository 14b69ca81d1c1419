import { expect, test } from 'vitest';
import { median, percentile } from './sample-statistics.ts';

test.each([
  [[3], 3],
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (samples, wanted) => {
  expect(median(samples)).toBe(wanted);
});

test.each([
  [0, 1],
  [0.5, 50],
  [0.95, 95],
  [0.99, 99],
  [1, 100],
])('the %d percentile of 1 to 100 is %d', (share, wanted) => {
  const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(samples, share)).toBe(wanted);
});

test('there is no median and no percentile of nothing', () => {
  expect(() => median([])).toThrow('no samples');
  expect(() => percentile([], 0.5)).toThrow('no samples');
});

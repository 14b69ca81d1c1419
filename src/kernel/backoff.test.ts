import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { backoffMs, defaultBackoff } from './backoff.ts';

const policyOf = fc.record({
  firstMs: fc.integer({ min: 1, max: 10_000 }),
  factor: fc.integer({ min: 1, max: 10 }),
  maxMs: fc.integer({ min: 1, max: 3_600_000 }),
});
const randomNumber = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test.each([
  [1, 0, 500],
  [1, 0.999_999, 1_000],
  [2, 0, 1_000],
  [3, 0.5, 3_000],
  [6, 0, 16_000],
  [7, 0, 30_000],
  [100_000, 0.999_999, 60_000],
])('after attempt %i with random %f the wait is %i ms', (attempt, random, expected) => {
  expect(backoffMs(attempt, defaultBackoff, () => random)).toBe(expected);
});

test('a wait is at least half of what the policy says, and never above its limit', () => {
  fc.assert(
    fc.property(
      policyOf,
      fc.integer({ min: -5, max: 2_000 }),
      randomNumber,
      (policy, n, random) => {
        const full = Math.min(policy.maxMs, policy.firstMs * policy.factor ** Math.max(0, n - 1));
        const wait = backoffMs(n, policy, () => random);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(full / 2));
        expect(wait).toBeLessThanOrEqual(Math.min(policy.maxMs, Math.ceil(full)));
        expect(Number.isInteger(wait)).toBe(true);
      },
    ),
  );
});

test('with the same luck a later attempt never waits shorter', () => {
  fc.assert(
    fc.property(policyOf, fc.integer({ min: 1, max: 50 }), randomNumber, (policy, n, random) => {
      const luck = (): number => random;
      expect(backoffMs(n + 1, policy, luck)).toBeGreaterThanOrEqual(backoffMs(n, policy, luck));
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { excerptOf, mostAttempts, pauseAfter } from './webhook-delivery.ts';

test('an event gets eight attempts within about a day, each pause longer than the one before', () => {
  const pauses: number[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const pause = pauseAfter(attempt, () => 0);
    if (pause === null) break;
    pauses.push(pause);
  }
  expect(pauses).toHaveLength(mostAttempts - 1);
  expect(mostAttempts).toBe(8);
  expect(pauses.toSorted((a, b) => a - b)).toEqual(pauses);
  const hours = pauses.reduce((sum, pause) => sum + pause, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(22);
  expect(hours).toBeLessThan(25);
});

test('a pause is drawn out by a tenth at most', () => {
  expect(pauseAfter(1, () => 0)).toBe(10_000);
  expect(pauseAfter(1, () => 0.999_999)).toBe(11_000);
  expect(pauseAfter(9)).toBeNull();
});

test('the excerpt of any answer can be stored, and holds no control characters', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), (body) => {
      const excerpt = excerptOf(body) ?? '';
      expect(excerpt.isWellFormed()).toBe(true);
      expect(excerpt.length).toBeLessThanOrEqual(1_000);
      expect(excerpt).not.toMatch(/(?![\n\t])\p{Cc}/u);
    }),
  );
  expect(excerptOf(Buffer.from('a\0b\u{1b}[31m\n'))).toBe('a\u{fffd}b\u{fffd}[31m\n');
  expect(excerptOf(Buffer.alloc(0))).toBeNull();
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsTag } from '#kernel/edit-tag.ts';
import { rangeHolds, readRange } from './byte-range.ts';

test.each([
  [undefined, 'whole'],
  ['', 'whole'],
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=10-19', { start: 10, end: 19 }],
  ['Bytes = 10-', { start: 10, end: 99 }],
  ['bytes=90-500', { start: 90, end: 99 }],
  ['bytes=-5', { start: 95, end: 99 }],
  ['bytes=-500', { start: 0, end: 99 }],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=100-', 'unsatisfiable'],
  [`bytes=${'9'.repeat(400)}-`, 'unsatisfiable'],
  [`bytes=0-${'9'.repeat(400)}`, { start: 0, end: 99 }],
  ['bytes=20-10', 'whole'],
  ['bytes=-', 'whole'],
  ['bytes=0-1,5-9', 'whole'],
  ['bytes=0-1,', 'whole'],
  ['bytes=a-b', 'whole'],
  ['bytes=1.5-2', 'whole'],
  ['lines=1-2', 'whole'],
  ['bytes', 'whole'],
])('%j of 100 bytes is %j', (header, range) => {
  expect(readRange(header, 100)).toEqual(range);
});

test('whatever is asked, a range lies in the file', () => {
  const header = fc.oneof(
    fc.string(),
    fc
      .tuple(fc.bigInt(0n, 10n ** 30n), fc.bigInt(0n, 10n ** 30n))
      .map(([a, b]) => `bytes=${a}-${b}`),
    fc.tuple(fc.nat(300), fc.nat(300)).map(([a, b]) => `bytes=${a}-${b}`),
  );
  fc.assert(
    fc.property(header, fc.integer({ min: 1, max: 200 }), (text, size) => {
      const range = readRange(text, size);
      if (typeof range === 'string') return;
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeLessThan(size);
      expect(range.start).toBeLessThanOrEqual(range.end);
      expect(Number.isSafeInteger(range.start) && Number.isSafeInteger(range.end)).toBe(true);
    }),
  );
});

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['*', true],
  ['"b"', false],
  ['a', false],
  [undefined, false],
])('a client that has %j has the bytes: %s', (header, known) => {
  expect(holdsTag(header, '"a"')).toBe(known);
});

test.each([
  [undefined, true],
  ['"a"', true],
  ['"b"', false],
  ['W/"a"', false],
  ['Fri, 20 Nov 2026 10:00:00 GMT', false],
])('a range holds for If-Range %j: %s', (header, holds) => {
  expect(rangeHolds(header, '"a"')).toBe(holds);
});

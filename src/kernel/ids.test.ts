import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { type JobId, isId, newId } from './ids.ts';

const lastMs = 2 ** 48 - 1;

test('an id has the layout of a UUID version 7 and begins with its milliseconds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: lastMs }), (nowMs) => {
      const id = newId<JobId>(nowMs);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(nowMs);
      expect(isId(id)).toBe(true);
    }),
  );
});

test('ids of different milliseconds sort as text by their time', () => {
  const ms = fc.integer({ min: 0, max: lastMs });
  fc.assert(
    fc.property(ms, ms, (first, second) => {
      fc.pre(first < second);
      expect(newId<JobId>(first) < newId<JobId>(second)).toBe(true);
    }),
  );
});

test('ids of one millisecond differ', () => {
  const ids = new Set(Array.from({ length: 10_000 }, () => newId<JobId>(1_700_000_000_000)));
  expect(ids.size).toBe(10_000);
});

test('without a time the present one is taken', () => {
  const before = Date.now();
  const id = newId<JobId>();
  const nowMs = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  expect(nowMs).toBeGreaterThanOrEqual(before);
  expect(nowMs).toBeLessThanOrEqual(Date.now());
});

test.each([
  '',
  '0',
  '00000000-0000-7000-8000-00000000000',
  '00000000-0000-7000-8000-0000000000000',
  '00000000-0000-7000-8000-00000000000G',
  '00000000-0000-7000-8000-00000000000A',
  '000000000000700080000000000000001',
  '{00000000-0000-7000-8000-000000000001}',
  '00000000-0000-7000-8000-000000000001\n',
])('%j is no id', (text) => {
  expect(isId(text)).toBe(false);
});

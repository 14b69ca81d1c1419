import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readImportedTime } from './imported-time.ts';

test.each([
  ['2025-03-01T10:20:30.123456', '2025-03-01T10:20:30.123456Z'],
  ['2025-03-01 10:20:30', '2025-03-01T10:20:30.000000Z'],
  ['2025-03-01T10:20', '2025-03-01T10:20:00.000000Z'],
  ['2025-03-01', '2025-03-01T00:00:00.000000Z'],
  ['2025-03-01T10:20:30Z', '2025-03-01T10:20:30.000000Z'],
  ['2025-03-01T10:20:30.5+02:00', '2025-03-01T08:20:30.500000Z'],
  ['2025-03-01T10:20:30-0530', '2025-03-01T15:50:30.000000Z'],
  ['2025-03-01T10:20:30.123456789+01', '2025-03-01T09:20:30.123456Z'],
  ['1740824430', '2025-03-01T10:20:30.000000Z'],
  ['1740824430.25', '2025-03-01T10:20:30.250000Z'],
  [1740824430.25, '2025-03-01T10:20:30.250000Z'],
])('%s is %s', (raw, text) => {
  expect(readImportedTime(raw)?.text).toBe(text);
});

test.each([null, undefined, '', ' ', 'None', 'null'])('%j is no time at all', (raw) => {
  expect(readImportedTime(raw)).toBeNull();
});

test.each(['yesterday', '2025-02-30', '2025-13-01', '2025-03-01T25:00:00', '12:00', '5', {}, true])(
  '%j is refused',
  (raw) => {
    expect(() => readImportedTime(raw)).toThrow('is not a time');
  },
);

test('what is written with microseconds is read with all of them', () => {
  const micros = fc.integer({ min: 0, max: 4_000_000_000 });
  fc.assert(
    fc.property(micros, fc.integer({ min: 0, max: 999_999 }), (seconds, fraction) => {
      const digits = String(fraction).padStart(6, '0');
      const text = `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${digits}`;
      expect(readImportedTime(text)?.micros).toBe(seconds * 1_000_000 + fraction);
    }),
  );
});

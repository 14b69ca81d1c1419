import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { formatInstant, parseInstant } from './instant-text.ts';

test.each([
  ['2026-11-20 13:21:51.123456+00', '2026-11-20T13:21:51.123Z'],
  ['2026-11-20 13:21:51.999999+00', '2026-11-20T13:21:51.999Z'],
  ['2026-11-20 13:21:51.5+00', '2026-11-20T13:21:51.500Z'],
  ['2026-11-20 13:21:51+00', '2026-11-20T13:21:51.000Z'],
  ['2026-11-20 13:21:51+05:30', '2026-11-20T07:51:51.000Z'],
  ['2026-11-20 13:21:51.5-03', '2026-11-20T16:21:51.500Z'],
  ['1900-01-01 00:19:32+00:19:32', '1900-01-01T00:00:00.000Z'],
  ['0044-03-15 00:00:00+00 BC', '-000043-03-15T00:00:00.000Z'],
  ['10000-01-01 00:00:00+00', '+010000-01-01T00:00:00.000Z'],
])('%s is the instant %s', (text, iso) => {
  expect(parseInstant(text).toISOString()).toBe(iso);
});

test.each(['infinity', '-infinity', '2026-11-20', '294276-12-31 23:59:59+00'])(
  '%s is refused',
  (text) => {
    expect(() => parseInstant(text)).toThrow(RangeError);
  },
);

test('an instant is written in a form that names the same moment', () => {
  const written = /^(\d+)-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d\.\d{3})Z( BC)?$/;
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (date) => {
      const parts = written.exec(formatInstant(date));
      expect(parts).not.toBeNull();
      const [, year, month, day, time, bc = ''] = parts ?? [];
      // Only the separator differs between what PostgreSQL reads and what it prints.
      expect(parseInstant(`${year}-${month}-${day} ${time}+00${bc}`)).toEqual(date);
    }),
  );
});

test('an invalid date is refused', () => {
  expect(() => formatInstant(new Date(Number.NaN))).toThrow(RangeError);
});

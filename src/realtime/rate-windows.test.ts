import { expect, test } from 'vitest';
import { parseRateWindows, rateWindowsPattern } from './rate-windows.ts';

test('windows are read with their units, the shortest first', () => {
  expect(parseRateWindows('300/10m,20/1s')).toEqual([
    { points: 20, seconds: 1 },
    { points: 300, seconds: 600 },
  ]);
  expect(parseRateWindows('5/2h')).toEqual([{ points: 5, seconds: 7_200 }]);
  expect(parseRateWindows('9/1d')).toEqual([{ points: 9, seconds: 86_400 }]);
  expect(parseRateWindows('off')).toEqual([]);
});

test.each(['', '10', '10/m', '0/1m', '10/0m', '10/1w', '10/1m,', 'off,10/1m', '10 / 1m'])(
  '"%s" is no rate',
  (text) => {
    expect(rateWindowsPattern.test(text)).toBe(false);
  },
);

import { expect, test } from 'vitest';
import { statedDpi } from './image-dpi.ts';

test.for([
  ['an A4 scan', 300, 2_480, 3_508, 300],
  ['a fax page', 204, 1_728, 2_200, 204],
  ['a screen-sized page', 96, 794, 1_123, 96],
  ['a photo with the default of its camera', 72, 4_032, 3_024, 0],
  ['a large poster', 200, 10_000, 8_000, 200],
  ['a stamp that claims too much', 2_400, 400, 300, 0],
  ['an impossible value', 28_800, 2_480, 3_508, 0],
  ['one pixel per millimetre', 25.4, 2_480, 3_508, 0],
] as const)('%s: %d dpi for %d x %d pixels counts as %d', ([, stated, width, height, dpi]) => {
  expect(statedDpi(stated, width, height)).toBe(dpi);
});

test('no resolution and nonsense are 0', () => {
  expect(statedDpi(undefined, 100, 100)).toBe(0);
  expect(statedDpi(Number.NaN, 100, 100)).toBe(0);
});

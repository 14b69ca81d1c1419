import { expect, test } from 'vitest';
import { distinctNames } from './distinct-names.ts';

test.each([
  [
    ['a.txt', 'A.TXT', 'a.txt', 'b'],
    ['a.txt', 'A (2).TXT', 'a (3).txt', 'b'],
  ],
  [
    ['x', 'x', '.hidden', '.hidden'],
    ['x', 'x (2)', '.hidden', '.hidden (2)'],
  ],
])('of %j names become %j', (names, expected) => {
  expect(distinctNames(names)).toEqual(expected);
});

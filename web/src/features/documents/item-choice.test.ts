import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { extendTo, nothingChosen, toggleItem } from './item-choice.ts';

const order = ['a', 'b', 'c', 'd', 'e'];

test('a second touch leaves an item out again', () => {
  const once = toggleItem(nothingChosen, 'b');
  expect([...once.ids]).toEqual(['b']);
  expect([...toggleItem(once, 'b').ids]).toEqual([]);
});

test.each([
  ['b', 'd', ['b', 'c', 'd']],
  ['d', 'b', ['b', 'c', 'd']],
  ['gone', 'd', ['d', 'gone']],
])('a range from %s to %s holds %j', (from, to, expected) => {
  const choice = extendTo(toggleItem(nothingChosen, from), to, order);
  expect([...choice.ids].toSorted()).toEqual(expected);
});

test('a range without a beginning is the item itself', () => {
  expect(extendTo(nothingChosen, 'c', order)).toEqual({ ids: new Set(['c']), anchor: 'c' });
});

test('a range never takes anything away', () => {
  fc.assert(
    fc.property(fc.subarray(order), fc.constantFrom(...order), (chosen, to) => {
      const before = chosen.reduce(toggleItem, nothingChosen);
      const after = extendTo(before, to, order);
      expect(after.ids.isSupersetOf(before.ids)).toBe(true);
      expect(after.ids.has(to)).toBe(true);
    }),
  );
});

import { expect, test } from 'vitest';
import { isSampled, sampledRanges } from './page-sample.ts';
import { setPage } from './set-page.ts';
import { visualRows } from './visual-rows.ts';

test('words side by side make a row, whatever zones they belong to, and wide gaps part its cells', () => {
  const page = setPage('Name      Amount\nOat bread     4.25\nA line of prose goes on');
  expect(visualRows(page)).toEqual([
    { text: 'Name Amount', cells: ['Name', 'Amount'] },
    { text: 'Oat bread 4.25', cells: ['Oat bread', '4.25'] },
    { text: 'A line of prose goes on', cells: ['A line of prose goes on'] },
  ]);
});

test('rows of a slanting scan are followed from word to word', () => {
  const lines = ['one', 'two', 'six'].map((word) => Array(25).fill(word).join(' '));
  const page = setPage(lines.join('\n'));
  // Two degrees: at the right end a row has sunk below where the next one began.
  const slope = (Math.tan(Math.PI / 90) * page.widthPt) / page.heightPt;
  const words = page.words.map((word) => Object.assign({}, word, { y: word.y + word.x * slope }));
  expect(visualRows({ ...page, words }).map((row) => row.text)).toEqual(lines);
});

test('a page without words has no rows', () => {
  expect(visualRows(setPage(''))).toEqual([]);
});

test.each([
  [0, []],
  [1, [1]],
  [3, [1, 2, 3]],
  [4, [1, 2, 3, 4]],
  [900, [1, 2, 3, 900]],
])('of %i pages these are looked at: %j', (pageCount, expected) => {
  const numbers = Array.from({ length: pageCount }, (_, i) => i + 1);
  expect(numbers.filter((number) => isSampled(number, pageCount))).toEqual(expected);
  expect(sampledRanges(pageCount).reduce((sum, { from, to }) => sum + to - from + 1, 0)).toBe(
    expected.length,
  );
});

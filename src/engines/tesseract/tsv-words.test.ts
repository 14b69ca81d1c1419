import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTsvWords } from './tsv-words.ts';

const row = (...cells: readonly (string | number)[]): string => cells.join('\t');

test('a word has its place, box, confidence and text', () => {
  const tsv = [
    'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext',
    row(1, 1, 0, 0, 0, 0, 0, 0, 200, 100, -1, ''),
    row(5, 1, 2, 3, 4, 1, 20, 10, 50, 25, 96.5, 'harbour'),
  ].join('\n');
  expect(parseTsvWords(tsv, 200, 100)).toEqual([
    {
      text: 'harbour',
      confidence: 0.965,
      block: 2,
      paragraph: 3,
      line: 4,
      x: 0.1,
      y: 0.1,
      width: 0.25,
      height: 0.25,
    },
  ]);
});

test.for([
  ['no text', row(5, 1, 1, 1, 1, 1, 0, 0, 9, 9, 95, ' ')],
  ['a cell too few', row(5, 1, 1, 1, 1, 1, 0, 0, 9, 95, 'word')],
  ['a broken number', row(5, 1, 1, 1, 1, 1, 0, 'x', 9, 9, 95, 'word')],
  ['another level', row(4, 1, 1, 1, 1, 0, 0, 0, 9, 9, 95, 'word')],
  ['nothing at all', ''],
] as const)('a row with %s is left out', ([, tsv]) => {
  expect(parseTsvWords(tsv, 100, 100)).toEqual([]);
});

test('white space and tabs inside a word are dropped, a missing opinion is no confidence', () => {
  const [word] = parseTsvWords(row(5, 1, 1, 1, 1, 1, 0, 0, 9, 9, -1, 'a\tb \u0000c'), 100, 100);
  expect(word).toMatchObject({ text: 'abc', confidence: 0 });
});

test('whatever the rows say, words stay inside the page and hold printable text', () => {
  const number = fc.oneof(fc.integer({ min: -500, max: 5_000 }), fc.constant(95.25));
  const cells = fc.tuple(
    ...Array.from({ length: 10 }, () => number),
    fc.string({ unit: 'binary' }),
  );
  const rows = fc.array(cells.map((values) => row(5, ...values)));
  fc.assert(
    fc.property(
      fc.oneof(
        rows.map((list) => list.join('\n')),
        fc.string(),
      ),
      (tsv) => {
        for (const word of parseTsvWords(tsv, 1_000, 700)) {
          expect(word.text).toMatch(/^[^\s\p{Cc}]+$/u);
          expect(word.text.isWellFormed()).toBe(true);
          for (const value of [word.confidence, word.x, word.y, word.width, word.height]) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1);
          }
          expect(word.x + word.width).toBeLessThanOrEqual(1);
          expect(word.y + word.height).toBeLessThanOrEqual(1);
        }
      },
    ),
  );
});

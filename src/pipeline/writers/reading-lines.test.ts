import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesByZone, type LinedPage } from './reading-lines.ts';

function page(text: string, ...zones: [wordFrom: number, wordTo: number][]): LinedPage {
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => ({ text: word, x: 0, y: 0, width: 0.1, height: 0.1, confidence: 1 }));
  return { text, words, zones: zones.map(([wordFrom, wordTo]) => ({ wordFrom, wordTo })) };
}

function shape(lined: LinedPage): [zone: number | undefined, lines: string[]][] {
  return linesByZone(lined).map(({ zone, lines }) => [
    zone,
    lines.map((line) => line.map(({ text }) => text).join(' ')),
  ]);
}

test('lines are those of the text, zone by zone', () => {
  expect(shape(page('A title\n\none two\nthree\n\nlast', [0, 1], [2, 4], [5, 5]))).toEqual([
    [0, ['A title']],
    [1, ['one two', 'three']],
    [2, ['last']],
  ]);
});

test('a line ends with its zone, also where the text does not say so', () => {
  expect(shape(page('one two three', [0, 0], [1, 2]))).toEqual([
    [0, ['one']],
    [1, ['two three']],
  ]);
});

test('words that no zone holds come out all the same', () => {
  expect(shape(page('a b\nc d', [1, 2]))).toEqual([
    [undefined, ['a']],
    [0, ['b', 'c']],
    [undefined, ['d']],
  ]);
});

test('a zone without words and a page without any are no lines', () => {
  expect(shape(page('one', [0, 0], [0, -1]))).toEqual([[0, ['one']]]);
  expect(shape(page(''))).toEqual([]);
});

test('every word comes out once and in order, whatever text and zones say', () => {
  const index = fc.integer({ min: -3, max: 30 });
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'bb', '\n', '\n\n', ' ')),
      fc.array(fc.tuple(index, index)),
      fc.string(),
      (parts, zones, otherText) => {
        const lined = page(parts.join(' '), ...zones);
        for (const text of [lined.text, otherText]) {
          const groups = linesByZone({ ...lined, text });
          expect(groups.flatMap(({ lines }) => lines).flat()).toEqual(lined.words);
          expect(groups.flatMap(({ lines }) => lines).every((line) => line.length > 0)).toBe(true);
        }
      },
    ),
  );
});

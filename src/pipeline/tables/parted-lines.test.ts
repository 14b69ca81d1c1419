import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countPartedLines } from './parted-lines.ts';
import { chunkLines, textHeightOf, type LooseWord } from './text-chunks.ts';

const place = fc.integer({ min: -50, max: 6_000 }).map((tenths) => tenths / 10);
const word = fc
  .record({
    left: place,
    top: place,
    width: fc.integer({ min: 0, max: 90 }),
    height: fc.integer({ min: 4, max: 14 }),
  })
  .map(({ left, top, width, height }): LooseWord => ({
    left,
    top: Math.round(top / 12) * 12 + (top % 3),
    right: left + width,
    bottom: Math.round(top / 12) * 12 + (top % 3) + height,
    text: 'x',
  }));

test('as many lines are parted as the chunks of all lines say', () => {
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 120 }),
      fc.integer({ min: 1, max: 4 }),
      (words, fewest) => {
        const height = textHeightOf(words);
        const lines = chunkLines(words, height).filter((line) => line.chunks.length >= fewest);
        expect(countPartedLines(words, height, fewest)).toBe(lines.length);
      },
    ),
    { numRuns: 300 },
  );
});

test('a page of running text has no parted line and a timetable has one a row', () => {
  const row = (top: number, lefts: readonly number[]): LooseWord[] =>
    lefts.map((left) => ({ left, top, right: left + 30, bottom: top + 10, text: 'x' }));
  const prose = [0, 12, 24].flatMap((top) => row(top, [0, 33, 66, 99]));
  const table = [0, 12, 24].flatMap((top) => row(top, [0, 100, 200]));
  expect(countPartedLines(prose, 10, 3)).toBe(0);
  expect(countPartedLines(table, 10, 3)).toBe(3);
});

test('no words part no line', () => {
  expect(countPartedLines([], 10, 1)).toBe(0);
});

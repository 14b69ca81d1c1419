import { expect, test } from 'vitest';
import type { Word } from '#kernel/word.ts';
import { directLines } from './line-direction.ts';

const page = { widthPt: 600, heightPt: 800 };

/** A word in points from the top left. */
function word(text: string, x: number, y: number, width: number, height: number): Word {
  return {
    text,
    x: x / page.widthPt,
    y: y / page.heightPt,
    width: width / page.widthPt,
    height: height / page.heightPt,
    confidence: 1,
  };
}

const directionsOf = (...lines: Word[][]): string[] =>
  directLines(lines, page).map(({ direction }) => direction);

test('lying words run to the right, short ones go with the page', () => {
  expect(
    directionsOf(
      [word('normal', 10, 10, 36, 10), word('words', 50, 10, 30, 10)],
      [word('1', 10, 30, 3, 10)],
    ),
  ).toEqual(['right', 'right']);
});

test('standing words run up or down, as they follow each other', () => {
  const down = [word('going', 10, 10, 10, 30), word('down', 10, 45, 10, 26)];
  const up = [word('going', 10, 60, 10, 30), word('up!', 10, 30, 10, 26)];
  expect(directionsOf(down)).toEqual(['down']);
  expect(directionsOf(up)).toEqual(['up']);
  expect(directionsOf([word('Amount', 10, 60, 10, 40)])).toEqual(['up']);
});

test('a standing label beside lying text stands alone', () => {
  expect(
    directionsOf(
      [
        word('several', 50, 10, 40, 10),
        word('lying', 95, 10, 30, 10),
        word('words', 130, 10, 30, 10),
      ],
      [word('Amount', 10, 60, 10, 40)],
    ),
  ).toEqual(['right', 'up']);
});

test('scripts that are stacked run down', () => {
  expect(directionsOf([word('縦書き文', 10, 60, 10, 40)])).toEqual(['down']);
});

test('a page without words has no lines', () => {
  expect(directionsOf()).toEqual([]);
});

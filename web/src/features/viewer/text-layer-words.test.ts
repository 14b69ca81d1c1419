import { expect, test } from 'vitest';
import type { Word } from '#api/api-model.ts';
import { isVertical, joinWords, layWord } from './text-layer-words.ts';

const paper = { width: 100, height: 200 };

/** A word in a box of points. */
function word(text: string, x: number, y: number, width: number, height: number): Word {
  return {
    text,
    x: x / paper.width,
    y: y / paper.height,
    width: width / paper.width,
    height: height / paper.height,
    confidence: 1,
  };
}

test.each([
  ['Upright', 40, 10, false],
  ['Upward', 10, 40, true],
  ['il', 5, 10, false],
  ['an', 4, 12, true],
  ['I', 2, 10, false],
  ['𝒳', 2, 10, false],
  ['ill', 7, 10, false],
])('%s in a box of %i by %i runs up or down: %s', (text, width, height, expected) => {
  expect(isVertical(word(text, 10, 10, width, height), paper)).toBe(expected);
});

test('an upright word fills its box, one that runs up or down is turned into it', () => {
  expect(layWord(word('Upright', 10, 20, 40, 10), paper)).toEqual({
    x: 10,
    y: 28,
    size: 10,
    length: 40,
    transform: undefined,
  });
  expect(layWord(word('Upward', 10, 20, 10, 40), paper)).toMatchObject({
    size: 10,
    length: 40,
    transform: 'translate(18 60) rotate(-90)',
  });
});

test('words of a line are joined by spaces, lines by line ends, also those that run upwards', () => {
  const words = [
    word('Two', 10, 10, 20, 8),
    word('words', 35, 11, 20, 8),
    word('below', 10, 30, 20, 8),
    word('climbs', 90, 100, 8, 30),
    word('also', 90, 140, 8, 20),
  ];
  expect(joinWords(words, paper)).toBe('Two words\nbelow\nclimbs also');
  expect(joinWords([], paper)).toBe('');
});

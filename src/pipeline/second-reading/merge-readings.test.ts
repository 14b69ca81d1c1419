import { expect, test } from 'vitest';
import type { OcrWord } from '#engines/ocr-engine.ts';
import { findDoubtfulBlocks } from './doubtful-blocks.ts';
import { mergeReadings, worthOf } from './merge-readings.ts';

/** Words of one line of a block, side by side from the left edge. */
function line(block: number, y: number, ...words: [text: string, confidence: number][]): OcrWord[] {
  return words.map(([text, confidence], index) => ({
    text,
    confidence,
    x: 0.1 + index * 0.2,
    y,
    width: 0.18,
    height: 0.02,
    block,
    paragraph: 1,
    line: 1,
  }));
}

const textOf = (words: readonly OcrWord[]): string => words.map(({ text }) => text).join(' ');
const sure = line(1, 0.1, ['Delivery', 0.96], ['address', 0.95]);
const garbled = line(2, 0.3, ['Tbe', 0.6], ['lnvo1ce', 0.4]);

test('only blocks that are doubtful on the whole are read again', () => {
  const mark = line(3, 0.5, ['~|', 0.2]);
  const mixed = line(4, 0.7, ['harbour', 0.95], ['ofice', 0.6]);
  expect(
    findDoubtfulBlocks([...sure, ...garbled, ...mark, ...mixed]).map(({ block }) => block),
  ).toEqual([2]);
});

test('a second reading that is worth more takes the place of the first, which is kept beside it', () => {
  const second = line(7, 0.3, ['The', 0.9], ['invoice', 0.92]);
  const after = line(3, 0.6, ['Total', 0.95]);
  const { words, rejected } = mergeReadings([...sure, ...garbled, ...after], second);
  expect(textOf(words)).toBe('Delivery address The invoice Total');
  expect(words[2]).toMatchObject({ block: 2, confidence: 0.9 });
  expect(rejected).toMatchObject([{ text: 'Tbe lnvo1ce', reading: 'first' }]);
  expect(rejected[0]?.confidence).toBeCloseTo(0.46, 2);
});

test('a second reading that is hardly better is kept beside the first', () => {
  const second = line(7, 0.3, ['Tbe', 0.62], ['lnvoice', 0.5]);
  const { words, rejected } = mergeReadings(garbled, second);
  expect(textOf(words)).toBe('Tbe lnvo1ce');
  expect(rejected).toMatchObject([{ text: 'Tbe lnvoice', reading: 'second' }]);
});

test('the same text twice is no alternative, and nothing read is none either', () => {
  expect(
    mergeReadings(
      garbled,
      garbled.map((word) => ({ ...word, block: 9 })),
    ).rejected,
  ).toEqual([]);
  expect(mergeReadings(garbled, [])).toEqual({ words: garbled, rejected: [] });
});

test('what was read surely is left alone', () => {
  const second = line(7, 0.1, ['Deliverv', 0.99], ['addresses', 0.99]);
  expect(mergeReadings(sure, second)).toEqual({ words: sure, rejected: [] });
});

test('words that only the second reading has seen are added when they are sure', () => {
  const second = [
    ...line(7, 0.5, ['forgotten', 0.9], ['hxqrbvtz', 0.9]),
    ...line(8, 0.8, ['perhaps', 0.6]),
  ];
  const { words } = mergeReadings(sure, second);
  expect(textOf(words)).toBe('Delivery address forgotten');
  expect(new Set(words.map(({ block }) => block)).size).toBe(2);
});

test('a word that looks like none is worth less than one that does', () => {
  expect(worthOf(line(1, 0, ['harbour', 0.9]))).toBeCloseTo(5.6, 6);
  expect(worthOf(line(1, 0, ['hxqrbvt', 0.9]))).toBeLessThan(3);
  expect(worthOf(line(1, 0, ['harbour', 0.3]))).toBe(0);
});

import { assert, integer, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { generateProse, wrapText } from './generated-prose.ts';

test('the same seed gives the same prose and another seed another', () => {
  expect(generateProse(1).paragraph(100)).toBe(generateProse(1).paragraph(100));
  expect(generateProse(1).paragraph(100)).not.toBe(generateProse(2).paragraph(100));
});

test('a paragraph has at least the words that were asked for and hardly more', () => {
  assert(
    property(nat(), integer({ min: 1, max: 600 }), (seed, words) => {
      const length = generateProse(seed).paragraph(words).split(' ').length;
      expect(length).toBeGreaterThanOrEqual(words);
      expect(length).toBeLessThan(words + 30);
    }),
  );
});

test('wrapping loses no word and keeps to the width', () => {
  const text = generateProse(7).paragraph(300);
  const lines = wrapText(text, 47);
  expect(lines.join(' ')).toBe(text);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(47);
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutConsistency, pageConfidence, plausibleShares } from './page-confidence.ts';
import { setLine } from './sample-words.ts';

const prose =
  'The meeting on 12 March at 9:30 was moved to room B12 and costs 45.00 instead of 39.50 for 7 people';

function line(text: string, confidence: number): ReturnType<typeof setLine> {
  const words = setLine({ text, left: 20, top: 100, fontSizePt: 8 });
  for (const word of words) word.confidence = confidence;
  return words;
}

function confidenceOf(text: string, confidence: number, unreadInk = 0): number {
  const words = line(text, confidence);
  return pageConfidence({ words, lineLengths: [words.length], unreadInk });
}

test('clean text that the recogniser is sure of is certain', () => {
  expect(confidenceOf(prose, 1)).toBe(1);
});

test('the terms weigh 0.4, 0.2, 0.2 and 0.2', () => {
  expect(confidenceOf(prose, 0.5)).toBeCloseTo(0.4 * 0.5 + 0.6);
  const noPatterns = 'only plain words stand here in this line';
  // Without digits the fourth term takes the character confidence.
  expect(confidenceOf(noPatterns, 0.5)).toBeCloseTo(0.4 * 0.5 + 0.2 + 0.2 + 0.2 * 0.5);
});

test('debris lowers the confidence although the recogniser is sure', () => {
  expect(confidenceOf('tlhc rnccting wqs mvd tO rOorn xzt', 0.95)).toBeLessThan(0.85);
});

test('ink that nobody read lowers the confidence, a speck does not', () => {
  expect(confidenceOf(prose, 1, 0.05)).toBe(1);
  expect(confidenceOf(prose, 1, 0.3)).toBeCloseTo(0.8);
  expect(confidenceOf(prose, 1, 1)).toBeLessThan(0.3);
});

test('words piled on each other or without extent are inconsistent', () => {
  const words = line('one two three four', 1);
  expect(layoutConsistency(words, [4])).toBe(1);
  const [first] = words;
  for (const word of words) word.x = first?.x ?? 0;
  expect(layoutConsistency(words, [4])).toBe(0.25);
  for (const word of words) word.height = 0;
  expect(layoutConsistency(words, [4])).toBe(0);
});

test('a page without words has no confidence, and too few words give no share', () => {
  expect(pageConfidence({ words: [], lineLengths: [], unreadInk: 0 })).toBe(0);
  expect(plausibleShares([{ text: 'word' }])).toEqual({
    dictionary: undefined,
    patterns: undefined,
  });
});

test('the confidence stays in 0..1 and falls with unread ink', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (text, confidence, ink) => {
        const value = confidenceOf(text, confidence, ink);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(confidenceOf(text, confidence, 0));
      },
    ),
  );
});

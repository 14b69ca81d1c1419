import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanWords } from './clean-words.ts';

const word = (text: string): Parameters<typeof cleanWords>[0][number] => ({
  text,
  confidence: 0.9,
  x: 0.1,
  y: 0.2,
  width: 0.4,
  height: 0.02,
});

test.each([
  ['plain', ['plain']],
  ['', []],
  ['\u0000', []],
  [' \t\n\u00a0 ', []],
  ['a\u0000b\u0007c', ['abc']],
  ['two words', ['two', 'words']],
  ['half\ud83d', ['half\ufffd']],
  ['🙂', ['🙂']],
  ['soft\u00adhyphen', ['soft\u00adhyphen']],
])('%j becomes %j', (text, expected) => {
  expect(cleanWords([word(text)]).map((clean) => clean.text)).toEqual(expected);
});

test('a word that is split shares its box out by length', () => {
  const [first, second] = cleanWords([word('ab cd')]);
  expect(first?.x).toBeCloseTo(0.1);
  expect(first?.width).toBeCloseTo(0.16);
  expect(second?.x).toBeCloseTo(0.34);
});

test('extra fields are kept', () => {
  expect(cleanWords([{ ...word('x'), line: 3 }])[0]).toMatchObject({ text: 'x', line: 3 });
});

test('whatever comes in, texts hold no white space or control characters and boxes lie in the page', () => {
  const anyNumber = fc.oneof(fc.double(), fc.double({ min: -0.5, max: 1.5 }));
  const anyWord = fc.record({
    text: fc.string({ unit: 'binary' }),
    confidence: anyNumber,
    x: anyNumber,
    y: anyNumber,
    width: anyNumber,
    height: anyNumber,
  });
  fc.assert(
    fc.property(fc.array(anyWord), (words) => {
      for (const clean of cleanWords(words)) {
        expect(clean.text).toMatch(/^[^\s\p{Cc}]+$/u);
        expect(clean.text.isWellFormed()).toBe(true);
        for (const value of [clean.x, clean.y, clean.width, clean.height, clean.confidence]) {
          expect(value >= 0 && value <= 1).toBe(true);
        }
        expect(clean.x + clean.width).toBeLessThanOrEqual(1 + 1e-9);
      }
    }),
  );
});

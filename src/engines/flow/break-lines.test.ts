import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakFixedLine, breakLines, type SetLine } from './break-lines.ts';
import { widthOf } from './glyph-width.ts';

function textOf(lines: readonly SetLine[]): string {
  const pieces = lines.flatMap((line) => [line.words.map((word) => word.text).join(' '), line.end]);
  return pieces.slice(0, -1).join('');
}

const style = { size: 10 };

test('words stay in order inside the column, and lines of the text stay lines', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.integer({ min: 20, max: 600 }),
      (text, width) => {
        const lines = breakLines(text, width, style);
        expect(textOf(lines).replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
        for (const { words } of lines) {
          expect(words.length).toBeGreaterThan(0);
          for (const word of words) {
            expect(word.x).toBeGreaterThanOrEqual(-0.1);
            expect(word.x + word.width).toBeLessThanOrEqual(width + 0.1);
            expect(word.text).not.toMatch(/\s/);
          }
        }
      },
    ),
  );
});

test('broken lines of a text are joined by spaces, its own line ends are kept', () => {
  const lines = breakLines('one two three\nfour', 40, style);
  expect(lines.length).toBeGreaterThan(2);
  expect(textOf(lines)).toBe('one two three\nfour');
});

test('a long word is narrowed to its column, a script without spaces is parted', () => {
  expect(breakLines('w'.repeat(90), 50, style)).toEqual([
    { words: [{ text: 'w'.repeat(90), x: 0, width: 50 }], end: '\n' },
  ]);
  const lines = breakLines('日本語'.repeat(10), 100, style);
  expect(lines.map((line) => line.words[0]?.text.length)).toEqual([10, 10, 10]);
  expect(breakLines('x'.repeat(401), 100, style).length).toBeGreaterThan(2);
});

test('a mark stays with its letter when a word is parted', () => {
  const word = 'क्षि'.repeat(100);
  for (const line of breakLines(word, 60, style)) {
    expect(line.words[0]?.text).not.toMatch(/^\p{M}/u);
  }
});

test('lines in a right-to-left script are set from the right', () => {
  const [line] = breakLines('שלום עולם', 200, style);
  const [first, second] = line?.words ?? [];
  expect((first?.x ?? 0) + (first?.width ?? 0)).toBeCloseTo(200);
  expect((second?.x ?? 0) + (second?.width ?? 0)).toBeLessThan(first?.x ?? 0);
});

test('letters with accents are as wide as without, wide letters take a square', () => {
  expect(widthOf('é', 10)).toBe(widthOf('e', 10));
  expect(widthOf('日', 10)).toBe(10);
  expect(widthOf('e\u0301', 10)).toBe(widthOf('e', 10));
});

test('fixed lines keep their columns and stay inside the page', () => {
  const [line] = breakFixedLine('a   b\tc', 480, 10);
  expect(line?.words.map((word) => word.x / 6)).toEqual([0, 4, 8]);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (raw) => {
      const text = raw.replace(/[\n\r]/g, ' ');
      const lines = breakFixedLine(text, 480, 10);
      expect(textOf(lines).replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
      for (const word of lines.flatMap((set) => set.words)) {
        expect(word.x).toBeGreaterThanOrEqual(0);
        expect(word.x + word.width).toBeLessThanOrEqual(480.1);
      }
    }),
  );
});

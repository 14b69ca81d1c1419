import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeSnippet, readMarkedText } from './marked-text.ts';

const [start, end] = ['\u0002', '\u0003'];
const read = (text: string) =>
  readMarkedText(text.replaceAll('[', start).replaceAll(']', end), start, end);

test.each([
  ['one [two] three', ['one', 'two', 'three'], [1]],
  ['[mother]-[in]-law', ['mother-in-law'], [0]],
  ['x [a] [b]\n\n[c].', ['x', 'a', 'b', 'c.'], [1, 2, 3]],
  ['“[quoted]”', ['“quoted”'], [0]],
  ['nothing found', ['nothing', 'found'], []],
  ['', [], []],
  [' \n ', [], []],
])('%j', (marked, words, hits) => {
  expect(read(marked)).toEqual({ words, hits });
});

const wordUnit = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  .filter((text) => !/[\s\u0002\u0003]/u.test(text));
const parts = fc.array(
  fc.record({ text: wordUnit, hit: fc.boolean(), gap: fc.constantFrom(' ', '\n', '\n\n', '  ') }),
);

test('words and hits are those that were marked, whatever stands between them', () => {
  fc.assert(
    fc.property(parts, (all) => {
      const marked = all.map(({ text, hit, gap }) => (hit ? start + text + end : text) + gap);
      const found = readMarkedText(marked.join(''), start, end);
      expect(found.words).toEqual(all.map((part) => part.text));
      expect(found.hits).toEqual(all.flatMap((part, index) => (part.hit ? [index] : [])));
    }),
  );
});

describe('a snippet', () => {
  test('begins a little before the first hit and marks every hit inside', () => {
    const words = Array.from({ length: 100 }, (_, i) => `w${i}`);
    const pieces = makeSnippet({ words, hits: [50, 51, 60, 99] });
    const text = pieces.map((piece) => piece.text).join('');
    expect(text).toBe(`… ${words.slice(44, 80).join(' ')} …`);
    expect(pieces.filter((piece) => piece.hit).map((piece) => piece.text.trim())).toEqual([
      'w50 w51',
      'w60',
    ]);
  });

  test('of a short text is the whole text without dots', () => {
    const pieces = makeSnippet({ words: ['a', 'b', 'c'], hits: [1] });
    expect(pieces.map((piece) => [piece.text.trim(), piece.hit])).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
    ]);
  });

  test('of nothing is nothing', () => {
    expect(makeSnippet({ words: [], hits: [] })).toEqual([]);
  });

  test('joins to words of the text, parted by single spaces, with the first hit among them', () => {
    fc.assert(
      fc.property(parts, (all) => {
        const words = all.map((part) => part.text);
        const hits = all.flatMap((part, index) => (part.hit ? [index] : []));
        const pieces = makeSnippet({ words, hits });
        const shown = pieces.map((piece) => piece.text).join('');
        const inside = shown.replace(/^… /, '').replace(/ …$/, '');
        expect(words.join(' ')).toContain(inside);
        if (hits.length > 0) expect(pieces.some((piece) => piece.hit)).toBe(true);
        else expect(pieces.every((piece) => !piece.hit)).toBe(true);
      }),
    );
  });
});

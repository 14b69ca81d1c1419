import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Word } from '#kernel/word.ts';
import { layWords, splitTexts } from './lay-words.ts';
import { diffWords } from './word-diff.ts';

const box = { x: 0.1, y: 0.1, width: 0.6, height: 0.2 };

/** Words beside each other, ten on a line. */
function set(text: string): Word[] {
  return splitTexts(text).map((word, index) => ({
    text: word,
    x: (index % 10) / 10,
    y: Math.floor(index / 10) / 10,
    width: 0.08,
    height: 0.05,
    confidence: 0.5,
  }));
}

describe('words that a person typed', () => {
  test('keep the boxes of the words that stayed', () => {
    const before = set('Invoice nunber 42 of May');
    const after = layWords(before, 'Invoice number 42 of May', box);
    expect(after.map(({ text }) => text)).toEqual(['Invoice', 'number', '42', 'of', 'May']);
    expect(after.map(({ x }) => x)).toEqual(before.map(({ x }) => x));
    expect(after.every(({ confidence }) => confidence === 1)).toBe(true);
  });

  test('share the place of the words they replace, by length', () => {
    const after = layWords(set('a b'), 'aaa a b', { x: 0, y: 0, width: 1, height: 1 });
    expect(after.map(({ text }) => text)).toEqual(['aaa', 'a', 'b']);
    expect(after[0]?.x).toBe(0);
    expect(after[1]?.x).toBeGreaterThan(after[0]?.x ?? 1);
    expect(after[1]?.x).toBeLessThan(0.08);
    expect(after[2]?.x).toBe(0.1);
  });

  test('split one word that was read as two and join two that were one', () => {
    const joined = layWords(set('re ceipt total'), 'receipt total', box);
    expect(joined[0]).toMatchObject({ text: 'receipt', x: 0 });
    expect(joined[0]?.width).toBeCloseTo(0.18);
    const parted = layWords(set('receipttotal sum'), 'receipt total sum', box);
    expect(parted.map(({ x }) => x)).toEqual([0, expect.closeTo((0.08 * 8) / 13), 0.1]);
  });

  test('stand on the lines of what they replace', () => {
    const before = set('one two three four five six seven eight nine ten eleven twelve');
    const after = layWords(
      before,
      'eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
      box,
    );
    expect(new Set(after.map(({ y }) => y))).toEqual(new Set([0, 0.1]));
    expect(after[0]?.y).toBe(0);
    expect(after.at(-1)?.y).toBe(0.1);
  });

  test('fill the box line by line where there were none', () => {
    const after = layWords([], 'one two\nthree', box);
    expect(after.map(({ text, y }) => [text, y])).toEqual([
      ['one', 0.1],
      ['two', 0.1],
      ['three', expect.closeTo(0.2)],
    ]);
  });
});

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', 'dd', 'eee', 'ffff'), { maxLength: 25 })
  .map((words) => words.join(' '));

test('the words are those of the text, and lie inside what they replace or inside the box', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const old = set(before);
      const laid = layWords(old, after, box);
      expect(laid.map((word) => word.text)).toEqual(splitTexts(after));
      for (const { x, y, width, height } of laid) {
        expect([x, y, width, height].every((value) => value >= 0 && value <= 1)).toBe(true);
        expect(x + width).toBeLessThanOrEqual(1.0001);
      }
    }),
  );
});

test('a difference, applied, gives the new words; what lies outside of it is equal', () => {
  const word = fc.constantFrom('a', 'b', 'c', 'd');
  const list = fc.array(word, { maxLength: 30 });
  fc.assert(
    fc.property(list, list, (before, after) => {
      const built: string[] = [];
      let at = 0;
      for (const { oldFrom, oldTo, newFrom, newTo } of diffWords(before, after)) {
        built.push(...before.slice(at, oldFrom), ...after.slice(newFrom, newTo));
        at = oldTo;
      }
      expect([...built, ...before.slice(at)]).toEqual(after);
    }),
  );
});

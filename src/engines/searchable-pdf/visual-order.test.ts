import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { runsRightToLeft, visualOrder } from './visual-order.ts';

test.each([
  ['plain', 'plain'],
  ['123,50', '123,50'],
  ['שלום', 'םולש'],
  ['שלום!', '!םולש'],
  ['(שלום)', ')םולש('],
  ['עמ12', '12מע'],
  ['a.שלום', 'a.םולש'],
  ['مرحبا', 'ابحرم'],
  ['!?', '!?'],
  ['', ''],
])('%j is written as %j', (text, expected) => {
  expect(visualOrder(text)).toBe(expected);
});

test('no character is lost, and turning twice leads back for words of one script', () => {
  const letters = fc.constantFrom('א', 'ב', 'ש', 'ם', 'ع', 'ل', 'a', 'Z', '1', '.', '-', '😀');
  fc.assert(
    fc.property(fc.array(letters), (characters) => {
      const turned = Array.from(visualOrder(characters.join('')));
      expect(turned.toSorted()).toEqual(characters.toSorted());
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.constantFrom('א', 'ב', 'ש', 'ם')), (characters) => {
      const text = characters.join('');
      expect(visualOrder(visualOrder(text))).toBe(text);
    }),
  );
});

test('a line runs from right to left when most of its lettered words do', () => {
  const line = (...texts: string[]) =>
    texts.map((text) => ({ text, x: 0, y: 0, width: 0.1, height: 0.1, confidence: 1 }));
  expect(runsRightToLeft(line('שלום', 'עולם', 'Node', '24'))).toBe(true);
  expect(runsRightToLeft(line('Node', 'says', 'שלום'))).toBe(false);
  expect(runsRightToLeft(line('12', '-'))).toBe(false);
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readOperators } from './content-operators.ts';
import { removeHiddenText } from './hidden-text.ts';

const strip = (content: string, type3: string[] = []): string | undefined =>
  removeHiddenText(Buffer.from(content, 'latin1'), (name) => type3.includes(name))?.toString(
    'latin1',
  );

test('strings that are shown invisibly are emptied, whatever shows them', () => {
  expect(strip('q 1 0 0 1 0 0 cm /I Do Q BT 3 Tr /F 9 Tf 1 2 Td (old \\) text) Tj ET')).toBe(
    'q 1 0 0 1 0 0 cm /I Do Q BT 3 Tr /F 9 Tf 1 2 Td () Tj ET',
  );
  expect(strip('BT 3 Tr [(a) -20 <62>] TJ <63> \' 1 2 (d) " ET')).toBe(
    'BT 3 Tr [] TJ () \' 1 2 () " ET',
  );
});

test('the rendering mode lasts beyond the end of text and ends with its graphics state', () => {
  expect(strip('q 3 Tr BT (a) Tj ET BT (b) Tj ET Q BT (c) Tj ET')).toBe(
    'q 3 Tr BT () Tj ET BT () Tj ET Q BT (c) Tj ET',
  );
});

test('text of which some is visible stays as it is', () => {
  expect(strip('BT 3 Tr (a) Tj 0 Tr (b) Tj ET')).toBeUndefined();
  expect(strip('BT 7 Tr (a) Tj ET')).toBeUndefined();
  expect(strip('BT (3 Tr) Tj ET')).toBeUndefined();
  expect(strip('BT /T 9 Tf 3 Tr (a) Tj ET', ['T'])).toBeUndefined();
});

test('inline images and comments are passed over', () => {
  const image = 'BI /W 1 /H 1 ID (\x00 EIx 3 Tr BT ( \nEI ';
  expect(strip(`${image}% BT (\nBT 3 Tr (a) Tj ET`)).toBe(`${image}% BT (\nBT 3 Tr () Tj ET`);
});

test('a stream that cannot be followed stays as it is', () => {
  expect(strip('BT 3 Tr (a) Tj ET ( no end')).toBeUndefined();
  expect(strip('BT 3 Tr (a) Tj ET ] x')).toBeUndefined();
  expect(strip('BT 3 Tr (a) Tj ET [[[[')).toBeUndefined();
  expect(strip('BT 3 Tr (a) Tj ET BI ID ...')).toBeUndefined();
});

test('any bytes are followed or refused, and operators never overlap', () => {
  const piece = fc.constantFrom(
    'BT',
    'ET',
    '3 Tr',
    '(a)',
    'Tj',
    '<<',
    '>>',
    '[',
    ']',
    '(',
    '\\',
    '<61>',
    '/N',
    ' ',
    '\n',
    'BI',
    'ID',
    'EI',
    'q',
    'Q',
    '%',
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const content = Buffer.from(pieces.join(' '));
      let end = 0;
      try {
        for (const { operands } of readOperators(content)) {
          for (const { from, to } of operands) {
            expect(from).toBeGreaterThanOrEqual(end);
            expect(to).toBeGreaterThan(from);
            end = to;
          }
        }
      } catch (error) {
        expect(String(error)).toMatch(/without/);
      }
      removeHiddenText(content, () => false);
    }),
  );
});

test('deep nesting is followed without recursion', () => {
  const content = `${'['.repeat(200_000)}${']'.repeat(200_000)} TJ BT 3 Tr (a) Tj ET`;
  expect(strip(content)?.endsWith('() Tj ET')).toBe(true);
});

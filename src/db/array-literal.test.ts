import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { formatArray, parseArray } from './array-literal.ts';

test('an array literal reads back as the elements it was made of', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.string({ unit: 'binary' }))), (elements) => {
      expect(parseArray(formatArray(elements), (text) => text)).toEqual(elements);
    }),
  );
});

test.each([
  ['{}', []],
  ['{1,NULL,3}', ['1', null, '3']],
  ['{"NULL",""}', ['NULL', '']],
  [
    '{{a,b},{c,"}"}}',
    [
      ['a', 'b'],
      ['c', '}'],
    ],
  ],
  ['[0:1]={a,b}', ['a', 'b']],
])('%s is read as PostgreSQL means it', (text, elements) => {
  expect(parseArray(text, (element) => element)).toEqual(elements);
});

test.each(['', '{', '{a', '{"a', '{a}b', 'a'])('%j is refused', (text) => {
  expect(() => parseArray(text, (element) => element)).toThrow(SyntaxError);
});

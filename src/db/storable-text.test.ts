import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { storableJson, storableText } from './storable-text.ts';

const refused = expect.objectContaining({ code: 'db.text_invalid' });

test.each(['a\0b', '\ud800', 'x\udfffy'])('text %j is refused', (text) => {
  expect(() => storableText(text)).toThrow(refused);
  expect(() => storableJson({ deep: [text] })).toThrow(refused);
  expect(() => storableJson({ [text]: 1 })).toThrow(refused);
});

test.each(['', '\u0001', '😀', String.raw`\u0000`, String.raw`\\u0000`, String.raw`\ud800`])(
  'text %j is kept',
  (text) => {
    expect(storableText(text)).toBe(text);
    expect(JSON.parse(storableJson([text]))).toEqual([text]);
  },
);

test('JSON is refused exactly when one of its strings is', () => {
  const units = fc.constantFrom('\\', 'u0000', '\0', '\ud83d', '\ude00', '"', 'a');
  fc.assert(
    fc.property(fc.array(units), (pieces) => {
      const text = pieces.join('');
      const storable = !text.includes('\0') && text.isWellFormed();
      const store = (): string => storableJson({ text });
      if (storable) expect(JSON.parse(store())).toEqual({ text });
      else expect(store).toThrow(refused);
    }),
  );
});

test('what JSON has no form for is refused', () => {
  expect(() => storableJson(undefined)).toThrow(TypeError);
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inMode, jsonOfText, textOfEntry } from './entry-text.ts';

test('what an editor shows of an entry is the same entry when it is sent', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const sent = jsonOfText(textOfEntry(value));
      expect(JSON.parse(sent ?? '')).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('a text comes through the other mode unchanged', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(inMode(inMode({ mode: 'text', text }, 'json'), 'text')).toEqual({
        mode: 'text',
        text,
      });
    }),
  );
});

test('what is no JSON is not sent, and digits are not touched', () => {
  expect(jsonOfText({ mode: 'json', text: '{"a":' })).toBeNull();
  expect(jsonOfText({ mode: 'json', text: '12345678901234567890' })).toBe('12345678901234567890');
});

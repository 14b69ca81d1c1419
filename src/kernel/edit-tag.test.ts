import { expect, test } from 'vitest';
import { editTag, versionToEdit } from './edit-tag.ts';

const thing = { id: 'x', rowVersion: 3 };

test.each([undefined, '*', ' * '])('with If-Match %j the last edit wins', (ifMatch) => {
  expect(versionToEdit(ifMatch, thing, 'X')).toBeNull();
});

test.each([editTag(thing), `W/${editTag(thing)}`, `"other.1", ${editTag(thing)}`])(
  'the version that was seen must still be there: %s',
  (ifMatch) => {
    expect(versionToEdit(ifMatch, thing, 'X')).toBe(3);
  },
);

test.each(['"x.2"', 'x.3', '', '"x.33"'])('another version is refused: %j', (ifMatch) => {
  expect(() => versionToEdit(ifMatch, thing, 'X')).toThrow('"X" was changed meanwhile');
});

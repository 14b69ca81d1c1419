import { expect, test } from 'vitest';
import { languageName } from './document-languages.ts';
import { readLibrarySearch } from './library-search.ts';

test.each([
  [{}, {}],
  [{ status: 'completed' }, { status: 'completed' }],
  [
    { status: 'all', type: 'letter', language: 'de' },
    { type: 'letter', language: 'de' },
  ],
  [{ type: 'poem', language: 'xx', status: 7 }, {}],
  [{ language: 'und' }, { language: 'und' }],
  [
    { view: 'grid', type: 'letter' },
    { view: 'grid', type: 'letter' },
  ],
  [{ view: 'heap' }, {}],
])('the address %j shows %j', (address, view) => {
  expect(readLibrarySearch(address)).toEqual(view);
});

test('languages have names, and what is none has none', () => {
  expect(languageName('de')).toBe('German');
  expect(languageName('und')).toBeUndefined();
  expect(languageName('no language')).toBeUndefined();
});

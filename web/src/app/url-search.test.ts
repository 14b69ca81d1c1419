import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseUrlSearch, writeUrlSearch } from './url-search.ts';

test('texts come back from the address as they were, numbers as text', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
        fc.string(),
      ),
      (search) => {
        expect(parseUrlSearch(writeUrlSearch(search))).toEqual(search);
      },
    ),
  );
  expect(writeUrlSearch({ page: 3, q: '2024', zone: undefined })).toBe('?page=3&q=2024');
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readViewerSearch } from './viewer-search.ts';

test('an address is read into the view state', () => {
  expect(
    readViewerSearch({
      page: '12',
      zone: 'a',
      q: ' 2024 ',
      zoom: '125',
      zones: 'off',
      side: 'info',
    }),
  ).toEqual({ page: 12, zone: 'a', q: '2024', zoom: 125, zones: 'off', side: 'info' });
});

test.each([
  [{ page: '0' }, {}],
  [{ page: 'x', zoom: '9999', side: 'left', zones: 'on', q: '  ' }, {}],
  [
    { page: '3.7', zoom: 'page' },
    { page: 3, zoom: 'page' },
  ],
  [{ zoom: 'width' }, {}],
])('what is not understood in %o is left out', (search, expected) => {
  expect(readViewerSearch(search)).toEqual(expected);
});

test('no address breaks it, and reading twice changes nothing', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), (search) => {
      const once = readViewerSearch(search);
      expect(readViewerSearch({ ...once })).toEqual(once);
    }),
  );
});

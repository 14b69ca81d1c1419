import { expect, test } from 'vitest';
import { findCrossReferences } from './cross-references.ts';

const find = (text: string) => findCrossReferences(Buffer.from(text, 'latin1'));

test('a table and a stream are told apart', () => {
  expect(find('%PDF-1.7\nxref\n0 1\nstartxref\n9\n%%EOF')).toEqual({
    origin: 0,
    previous: 9,
    isStream: false,
  });
  expect(find('%PDF-1.7\n12 0 obj\nstartxref\n9\n%%EOF\n')).toMatchObject({ isStream: true });
});

test('the last of several counts', () => {
  expect(find('%PDF-1.7\nxref\nstartxref\n9\n%%EOF\nxref\nstartxref\n32\n%%EOF')).toMatchObject({
    previous: 32,
  });
});

test('offsets may count from a header that has junk before it', () => {
  expect(find('junk\n%PDF-1.7\nxref\nstartxref\n9\n%%EOF')).toMatchObject({
    origin: 5,
    previous: 9,
  });
});

test.each([
  '',
  '%PDF-1.7\nxref\n',
  '%PDF-1.7\nstartxref\n0\n',
  'startxref\n99999999999',
  'startxref\nx',
])('%j leads nowhere', (text) => {
  expect(find(text)).toBeUndefined();
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { isAppError } from './app-error.ts';
import { type CursorKey, decodeCursor, decodeIdCursor, encodeCursor, pageOf } from './cursor.ts';
import { type JobId, newId } from './ids.ts';

const keyPart = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  // JSON has no minus zero.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);

function refusalOf(cursor: string, length: number): unknown {
  try {
    return decodeCursor(cursor, length);
  } catch (error) {
    return error;
  }
}

test('a key comes back from its cursor, and the cursor fits into a URL as it is', () => {
  fc.assert(
    fc.property(fc.array(keyPart, { maxLength: 4 }), (key) => {
      const cursor = encodeCursor(key);
      expect(decodeCursor(cursor, key.length)).toEqual(key);
      expect(encodeURIComponent(cursor)).toBe(cursor);
    }),
  );
});

test('whatever is sent as a cursor gives a key of the right shape or cursor.invalid', () => {
  const sent = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json().map((text) => Buffer.from(text).toString('base64url')),
    fc.array(keyPart, { maxLength: 3 }).map((key) => encodeCursor(key).slice(0, -1)),
  );
  fc.assert(
    fc.property(sent, fc.integer({ min: 1, max: 3 }), (cursor, length) => {
      const answer = refusalOf(cursor, length);
      if (Array.isArray(answer)) expect(answer).toHaveLength(length);
      else expect(isAppError(answer, 'cursor.invalid')).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['nothing', ''],
  ['no JSON', 'not json'],
  ['an object', '{"0":"a","length":1}'],
  ['a bare string', '"a"'],
  ['too few parts', '[]'],
  ['too many parts', '["a","b"]'],
  ['null', '[null]'],
  ['a boolean', '[true]'],
  ['a list in a list', '[["a"]]'],
  ['a number beyond all numbers', '[1e999]'],
])('a cursor that holds %s is refused', (_, text) => {
  const answer = refusalOf(Buffer.from(text).toString('base64url'), 1);
  expect(isAppError(answer, 'cursor.invalid')).toBe(true);
});

test('a list says what its own cursors hold, and others are refused', () => {
  const cursor = encodeCursor([5]);
  expect(decodeCursor(cursor, 1, ([offset]) => offset === 5)).toEqual([5]);
  expect(() => decodeCursor(cursor, 1, ([offset]) => offset === 6)).toThrow('Start again');
});

test('the cursor of a list by id holds an id and nothing else', () => {
  const id = newId<JobId>();
  expect(decodeIdCursor(encodeCursor([id]))).toBe(id);
  for (const other of ["'; drop", '', id.toUpperCase(), 7]) {
    expect(() => decodeIdCursor(encodeCursor([other]))).toThrow('Start again');
  }
});

function keyOf(row: number): CursorKey {
  return [row];
}

test('the row that was read ahead is cut off and only tells that there is more', () => {
  expect(pageOf([], 2, keyOf)).toEqual({ items: [], nextCursor: null });
  expect(pageOf([5, 4], 2, keyOf)).toEqual({ items: [5, 4], nextCursor: null });
  expect(pageOf([5, 4, 3], 2, keyOf)).toEqual({ items: [5, 4], nextCursor: encodeCursor([4]) });
});

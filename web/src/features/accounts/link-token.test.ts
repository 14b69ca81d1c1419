import { expect, test } from 'vitest';
import { placeAfterSignIn, readLinkToken } from './link-token.ts';

test('the token is read from behind the number sign', () => {
  expect(readLinkToken('#token=abc_-9')).toBe('abc_-9');
  expect(readLinkToken('#token=')).toBeNull();
  expect(readLinkToken('')).toBeNull();
});

test.each([
  ['/documents/1?page=2#x', '/documents/1?page=2#x'],
  [undefined, '/'],
  ['https://evil.example/', '/'],
  ['//evil.example/', '/'],
  ['/\\evil.example/', '/'],
  ['/\t/evil.example/', '/'],
  ['/.//evil.example', '/'],
  ['javascript:alert(1)', '/'],
])('after signing in, %s leads to %s', (wanted, place) => {
  expect(placeAfterSignIn(wanted)).toBe(place);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isKeyShaped, keyPattern, newKeyMaterial } from './api-key.ts';
import { checkScope, keyScopes, neededScope } from './key-scope.ts';
import { hashSecret } from './secret-token.ts';

test('a new key is found by the documented pattern, checks itself, and only its hash and beginning are kept', () => {
  const { key, prefix, keyHash } = newKeyMaterial();
  expect(key).toMatch(keyPattern);
  expect(isKeyShaped(key)).toBe(true);
  expect(key.startsWith(prefix)).toBe(true);
  expect(prefix).toHaveLength(10);
  expect(keyHash).toBe(hashSecret(key));
});

test('a key of the docs keeps its checksum for ever, or scanners would stop to find keys', () => {
  expect(isKeyShaped('dmk_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg1opNwv')).toBe(true);
});

test('a key with one character changed is no key', () => {
  const { key } = newKeyMaterial();
  const place = fc.integer({ min: 4, max: key.length - 1 });
  const other = fc.constantFrom(
    ...Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'),
  );
  fc.assert(
    fc.property(place, other, (at, letter) => {
      fc.pre(key[at] !== letter);
      expect(isKeyShaped(`${key.slice(0, at)}${letter}${key.slice(at + 1)}`)).toBe(false);
    }),
  );
});

test('random letters are spread evenly enough that no letter is missing or crowds out others', () => {
  const seen = new Map<string, number>();
  for (let n = 0; n < 400; n += 1) {
    for (const letter of newKeyMaterial().key.slice(4, 47)) {
      seen.set(letter, (seen.get(letter) ?? 0) + 1);
    }
  }
  expect(seen.size).toBe(62);
  const mean = (400 * 43) / 62;
  expect(Math.max(...seen.values())).toBeLessThan(mean * 1.5);
  expect(Math.min(...seen.values())).toBeGreaterThan(mean * 0.5);
});

test.each([
  ['documents', 'GET', 'documents:read'],
  ['documents', 'HEAD', 'documents:read'],
  ['documents', 'POST', 'documents:write'],
  ['zones', 'DELETE', 'zones:write'],
  ['keys', 'GET', null],
  ['users', 'PATCH', null],
  ['accounts', 'GET', null],
  ['sharing', 'POST', null],
  ['sharing', 'GET', null],
  ['something new', 'GET', null],
  [undefined, 'GET', null],
])('a route of %s asked by %s needs %s', (tag, method, scope) => {
  expect(neededScope(tag, method)).toBe(scope);
});

test('a scope opens its area and method, * all areas, and no scope opens a closed route', () => {
  const refused = expect.objectContaining({ code: 'access.denied' });
  const opens = (scopes: readonly string[], needed: Parameters<typeof checkScope>[1]) => {
    try {
      checkScope(scopes, needed);
      return true;
    } catch (error) {
      expect(error).toEqual(refused);
      return false;
    }
  };
  expect(opens(['documents:read'], 'documents:read')).toBe(true);
  expect(opens(['*:read'], 'documents:read')).toBe(true);
  expect(opens(['*:read'], 'documents:write')).toBe(false);
  expect(opens(['documents:write'], 'documents:read')).toBe(false);
  expect(opens(['zones:read'], 'documents:read')).toBe(false);
  expect(opens([], 'documents:read')).toBe(false);
  expect(opens(keyScopes, null)).toBe(false);
});

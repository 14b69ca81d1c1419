import { expect, test } from 'vitest';
import { endAfter } from '#components/end-after.ts';
import { isKeyAlive, keyAreas, scopesOf } from './key-scopes.ts';

test('reading everything does not include writing, and chosen areas come in one order', () => {
  expect(scopesOf('read', new Set(['documents:write']))).toEqual(['*:read']);
  expect(scopesOf('all', new Set())).toEqual(['*:read', '*:write']);
  expect(scopesOf('some', new Set(['jobs:read', 'documents:write']))).toEqual([
    'documents:write',
    'jobs:read',
  ]);
  expect(scopesOf('some', new Set())).toEqual([]);
  expect(new Set(keyAreas).size).toBe(keyAreas.length);
});

test('a key ends after whole days, when it is revoked, or never', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  expect(endAfter(30, now)).toBe('2026-12-20T12:00:00.000Z');
  expect(endAfter(null, now)).toBeNull();
  expect(isKeyAlive({ revokedAt: null, expiresAt: null }, now)).toBe(true);
  expect(isKeyAlive({ revokedAt: null, expiresAt: '2026-11-20T12:00:00Z' }, now)).toBe(false);
  expect(isKeyAlive({ revokedAt: '2026-11-19T12:00:00Z', expiresAt: null }, now)).toBe(false);
});

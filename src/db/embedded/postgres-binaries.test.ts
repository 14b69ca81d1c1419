import { expect, test } from 'vitest';
import { findPostgresBinaries } from './postgres-binaries.ts';

test('a platform without a package is told to set DATABASE_URL', () => {
  expect(() => findPostgresBinaries('sunos-sparc')).toThrow(/sunos-sparc.*DATABASE_URL/s);
});

test('a package that is not installed is named', () => {
  const other = process.platform === 'darwin' ? 'win32-x64' : 'darwin-arm64';
  expect(() => findPostgresBinaries(other)).toThrow(/not installed.*DATABASE_URL/s);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { foldersOfPath } from './folder-path.ts';

test.each([
  ['scan.pdf', []],
  ['', []],
  ['Letters/2026/scan.pdf', ['Letters', '2026']],
  ['Letters\\2026\\scan.pdf', ['Letters', '2026']],
  ['/Letters//./2026/scan.pdf', ['Letters', '2026']],
  [' Letters / 2026 /scan.pdf', ['Letters', '2026']],
  ['a\0b\n/c\u202efdp/x', ['ab', 'cfdp']],
  ['Cafe\u0301/x', ['Caf\u00e9']],
  ['C:\\x.pdf', ['C:']],
  ['Folder/', ['Folder']],
])('%j lies in %j', (path, folders) => {
  expect(foldersOfPath(path)).toEqual(folders);
});

test.each([
  '../x.pdf',
  'a/../../x.pdf',
  'a/ .. /x',
  '..\\x',
  'a/.\u202e./x',
  `${'a/'.repeat(21)}x`,
  `${'n'.repeat(256)}/x`,
])('%j is refused', (path) => {
  expect(() => foldersOfPath(path)).toThrow(
    expect.objectContaining({ code: 'upload.path_invalid' }),
  );
});

test('whatever is sent, the names are ones that folders may have, or it is refused', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary' })),
      fc.constantFrom('/', '\\'),
      (parts, slash) => {
        try {
          for (const name of foldersOfPath(parts.join(slash))) {
            expect(name).toMatch(/^[^/\\\p{Cc}]{1,255}$/su);
            expect(name.trim()).toBe(name);
            expect(name).not.toBe('..');
            expect(name.isWellFormed()).toBe(true);
          }
        } catch (error) {
          if (!isAppError(error)) throw error;
          expect(error.code).toBe('upload.path_invalid');
        }
      },
    ),
  );
});

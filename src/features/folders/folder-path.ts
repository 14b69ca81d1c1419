import { AppError } from '#kernel/app-error.ts';
import { folderNameLength } from './folder.ts';

/** Folders of one path; the schema refuses trees deeper than this. */
const deepestPath = 20;

/** Characters that nobody sees and that turn a name around, so that `fdp.exe` reads as `exe.pdf`. */
const unseen = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/**
 * The folders of a relative path of a file, such as `Letters/2026/scan.pdf`, whose last part is the file itself. Both
 * slashes part, empty parts and `.` are left out, and each name becomes one that a folder may have.
 * Throws `upload.path_invalid` for `..`, for more than 20 folders, and for a name that is too long.
 */
export function foldersOfPath(relativePath: string): string[] {
  const parts = relativePath.toWellFormed().replace(unseen, '').split(/[/\\]/).slice(0, -1);
  const names = parts
    .map((part) => part.normalize('NFC').trim())
    .filter((part) => part !== '' && part !== '.');
  if (names.includes('..')) {
    throw pathInvalid('A path may not lead out of its folder: leave out "..".');
  }
  if (names.length > deepestPath) {
    throw pathInvalid(`A path may have ${deepestPath} folders, and this one has ${names.length}.`);
  }
  if (names.some((name) => name.length > folderNameLength)) {
    throw pathInvalid(`The name of a folder may have ${folderNameLength} characters.`);
  }
  return names;
}

function pathInvalid(message: string): AppError {
  return new AppError('upload.path_invalid', message, { details: { field: 'relativePath' } });
}

import { AppError } from './app-error.ts';

/** What can be edited carries a number that rises with every edit. */
export interface Editable {
  id: string;
  rowVersion: number;
}

/** ETag of an editable thing: changes with every edit. */
export function editTag(thing: Editable): string {
  return `"${thing.id}.${thing.rowVersion}"`;
}

/**
 * The version that an edit must find, or null when any will do: without If-Match, or with `*`, the last edit wins.
 * Throws `request.precondition_failed` when the editor saw another version than there is now.
 */
export function versionToEdit(
  ifMatch: string | undefined,
  thing: Editable,
  title: string,
): number | null {
  if (ifMatch === undefined || ifMatch.trim() === '*') return null;
  // A proxy that compresses may have weakened the tag.
  const seen = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (!seen.includes(editTag(thing))) throw changedMeanwhile(title);
  return thing.rowVersion;
}

/** True when a client that sent If-None-Match has the bytes of this strong ETag already. */
export function holdsTag(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.some((tag) => tag === etag || tag === '*');
}

export function changedMeanwhile(title: string): AppError {
  return new AppError(
    'request.precondition_failed',
    `"${title}" was changed meanwhile. Read it again and repeat the edit.`,
  );
}

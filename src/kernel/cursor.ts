import { AppError } from './app-error.ts';
import { isId } from './ids.ts';

/**
 * Opaque keyset cursors: the sort key of the last row, as base64url JSON.
 * Keys are strings or finite numbers in the order of the sort.
 */
export type CursorKey = readonly (string | number)[];

export function encodeCursor(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Decodes the cursor of a list that is sorted by id alone. Throws `cursor.invalid`. */
export function decodeIdCursor(cursor: string): string {
  return String(decodeCursor(cursor, 1, ([id]) => isId(String(id)))[0]);
}

/**
 * Throws `cursor.invalid` unless the cursor was made by encodeCursor with `length` parts that `accepts`
 * agrees to: anybody can write a cursor, so a list must say what its own look like.
 */
export function decodeCursor(
  cursor: string,
  length: number,
  accepts: (key: CursorKey) => boolean = () => true,
): CursorKey {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch (cause) {
    throw invalidCursor(cause);
  }
  if (!isCursorKey(key, length) || !accepts(key)) throw invalidCursor();
  return key;
}

function isCursorKey(value: unknown, length: number): value is CursorKey {
  return (
    Array.isArray(value) &&
    value.length === length &&
    // JSON reads 1e999 as infinity, which no list ever gave out and no column can hold.
    value.every((part) => typeof part === 'string' || Number.isFinite(part))
  );
}

function invalidCursor(cause?: unknown): AppError {
  return new AppError(
    'cursor.invalid',
    'The cursor is not one that this list gave out. Start again without a cursor.',
    { cause },
  );
}

/** Cuts the extra row that was asked for to see whether there is more. */
export function pageOf<Item>(
  rows: readonly Item[],
  limit: number,
  key: (last: Item) => CursorKey,
): { items: Item[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(key(last)) : null };
}

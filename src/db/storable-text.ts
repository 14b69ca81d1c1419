import { AppError } from '#kernel/app-error.ts';

/**
 * Returns `text` if PostgreSQL can store it. U+0000 has no place in its text type, and a lone
 * surrogate would be replaced by U+FFFD on the wire without a word.
 * Refused here rather than by the server, so that a transaction in progress is not aborted.
 * Throws `db.text_invalid`.
 */
export function storableText(text: string): string {
  if (text.includes('\0')) throw unstorable('the character U+0000');
  if (!text.isWellFormed()) throw unstorable('half of a surrogate pair');
  return text;
}

// An escape counts only after an even number of backslashes: `\\u0000` is the six letters themselves.
const unstorableEscape = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/**
 * The text of `value` as jsonb can store it. Throws `db.text_invalid` for U+0000 and lone surrogates
 * in any string or key, TypeError for what JSON has no form for (undefined, a function, bigint).
 */
export function storableJson(value: unknown): string {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError('a jsonb value must not be undefined');
  // JSON.stringify escapes exactly the characters that are refused, and pairs it leaves unescaped.
  if (text.includes('\\u') && unstorableEscape.test(text)) {
    throw unstorable('U+0000 or half of a surrogate pair in JSON');
  }
  return text;
}

function unstorable(what: string): AppError {
  return new AppError(
    'db.text_invalid',
    `The text holds ${what}, which cannot be stored. Remove it.`,
  );
}

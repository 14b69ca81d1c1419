import { AppError } from '#kernel/app-error.ts';

/** Longest text of one zone, in UTF-16 units. */
export const longestContent = 100_000;

// Also U+0002 and U+0003, with which the search marks what it found.
const refused = /[^\P{Cc}\n\t]/u;

/** Throws `zone.invalid` for a text that could not be stored and found exactly as it is. */
export function checkContent(content: string): void {
  if (content.length > longestContent) throw contentInvalid('has more than 100000 characters');
  if (!content.isWellFormed()) throw contentInvalid('holds half of a pair of surrogates');
  if (refused.test(content)) {
    throw contentInvalid('holds a control character other than line feed and tab');
  }
}

export function contentInvalid(what: string): AppError {
  return new AppError('zone.invalid', `The text of the zone ${what}.`, {
    details: { field: 'content' },
  });
}

/**
 * The text of a zone as it stands in the text of its page: with plain spaces only, because the database and
 * we must agree on where words end.
 */
export function pageTextOf(content: string): string {
  return content.replace(/[^\S\n\t]/gu, ' ').trim();
}

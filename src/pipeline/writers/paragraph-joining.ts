const hyphenAtEnd = /\p{L}[-‐\u00ad]$/u;
const softHyphens = /\u00ad/g;

/**
 * Re-joins the lines of a paragraph by spaces. A word parted by a hyphen at the end of a line becomes one
 * word again when it goes on in lower case, and keeps its hyphen when `isHyphenated` knows it so
 * (`well-` + `known`).
 */
export function joinParagraph(
  lines: readonly string[],
  isHyphenated: (word: string) => boolean,
): string {
  let text = '';
  for (const line of lines) {
    if (text === '') text = line;
    else if (!hyphenAtEnd.test(text)) text += ` ${line}`;
    else text = joinAtHyphen(text, line, isHyphenated);
  }
  return text.replace(softHyphens, '');
}

function joinAtHyphen(text: string, line: string, isHyphenated: (word: string) => boolean): string {
  const end = text.slice(text.lastIndexOf(' ') + 1);
  const start = /^\S+/.exec(line)?.[0] ?? '';
  if (text.endsWith('\u00ad')) return text + line;
  // A capital or a digit goes on a compound: "Nord-" + "Süd", "Covid-" + "19".
  if (!/^\p{Ll}/u.test(start)) return text + line;
  return isHyphenated(bareWord(end + start)) ? text + line : text.slice(0, -1) + line;
}

/** Collects the words that a text writes with a hyphen inside a line. */
export function hyphenatedWordsOf(text: string): Set<string> {
  const words = new Set<string>();
  for (const match of text.matchAll(/\p{L}[^\s]*[-‐]\p{L}[^\s]*/gu)) words.add(bareWord(match[0]));
  return words;
}

function bareWord(word: string): string {
  return word.replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, '').toLowerCase();
}

/** Widths of the printable ASCII characters from space on, in thousandths of the type size (Helvetica's metrics). */
const asciiWidths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
  556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
  611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
  667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
  222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
] as const;

const firstAscii = 0x20;
/** Letters of other alphabets and what else is not known. */
const usualWidth = 0.56;
/** Bold letters are about so much wider. */
const boldFactor = 1.07;
export const fixedWidth = 0.6;

const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;
const mark = /[\p{M}\p{Cf}]/u;

/** True for characters that take a whole square, as in Chinese, Japanese and Korean. */
export function isWide(character: string): boolean {
  return character >= '\u1100' && wide.test(character);
}

const rightToLeft =
  /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** True when the first letter of a text belongs to a script that is written from the right. */
export function isRightToLeft(text: string): boolean {
  return rightToLeft.test(text);
}

/** Width of a text in points, in a sans-serif face of a size. */
export function widthOf(text: string, size: number, isBold = false): number {
  let width = 0;
  for (const character of text) width += emOf(character);
  return width * size * (isBold ? boldFactor : 1);
}

/** Width of a text in a face whose letters are equally wide, in letters. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (character < '\u0300') columns += 1;
    else if (!mark.test(character)) columns += isWide(character) ? 2 : 1;
  }
  return columns;
}

function emOf(character: string): number {
  const ascii = asciiWidths[(character.codePointAt(0) ?? 0) - firstAscii];
  if (ascii !== undefined) return ascii / 1000;
  if (character < '\u0250') {
    // An accent does not widen its letter.
    const base = asciiWidths[(character.normalize('NFD').codePointAt(0) ?? 0) - firstAscii];
    return base === undefined ? usualWidth : base / 1000;
  }
  if (mark.test(character)) return 0;
  return isWide(character) ? 1 : usualWidth;
}

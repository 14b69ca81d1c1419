import type { Word } from '#kernel/word.ts';
import { type CharacterCodes, codeCount } from './character-codes.ts';
import { glyphWidthEm } from './glyphless-font.ts';
import { type PageFrame, placeBox } from './page-placement.ts';
import { decimal } from './pdf-syntax.ts';
import { runsRightToLeft, visualOrder } from './visual-order.ts';

/** A box without extent still has a place; smaller type than this makes readers divide by zero. */
const smallestPt = 0.1;
/** Per cent; the values that a word of any shape needs lie far inside. */
const stretch = { least: 0.01, most: 100_000 };

/**
 * Content operators that write words without painting them (text rendering mode 3). Each word is set so
 * that the font's box of its characters is the word's box: the height is the type size, the width is
 * reached by horizontal scaling. A space after each word keeps words apart for readers that go by the
 * characters alone. The graphics state is the same afterwards.
 */
export function invisibleText(
  lines: readonly (readonly Word[])[],
  frame: PageFrame,
  codes: CharacterCodes,
  fontName: string,
): string {
  const shown = lines.flatMap((line) => leftToRight(line)).filter(({ text }) => text !== '');
  if (shown.length === 0) return '';
  const words = shown.map((word) => setWord(word, frame, codes, fontName));
  return `q BT 3 Tr\n${words.join('\n')}\nET Q\n`;
}

/** A PDF has its lines from left to right, whatever the script; so readers expect them. */
function leftToRight(line: readonly Word[]): readonly Word[] {
  return runsRightToLeft(line) ? line.toSorted((one, other) => one.x - other.x) : line;
}

function setWord(word: Word, frame: PageFrame, codes: CharacterCodes, fontName: string): string {
  const { x, y, width, height, across } = placeBox(frame, word);
  const size = Math.max(smallestPt, height);
  const text = visualOrder(word.text);
  const naturalWidth = codeCount(text) * glyphWidthEm * size;
  const wanted = (100 * Math.max(smallestPt, width)) / naturalWidth;
  const scale = Math.min(stretch.most, Math.max(stretch.least, wanted));
  const [cosine, sine] = across;
  const matrix = [cosine, sine, -sine, cosine, x, y].map(decimal).join(' ');
  const shownText = codes.encode(`${text} `);
  return `/${fontName} ${decimal(size)} Tf ${decimal(scale)} Tz ${matrix} Tm <${shownText}> Tj`;
}

import type { Word } from '#kernel/word.ts';
import { type CharacterCodes, codeCount } from './character-codes.ts';
import { glyphWidthEm } from './glyphless-font.ts';
import { directLines, type DirectedLine } from './line-direction.ts';
import { type PageFrame, placeBox, type Placement, shownSize } from './page-placement.ts';
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
  const operators: string[] = [];
  for (const line of directLines(lines, shownSize(frame))) {
    for (const word of leftToRight(line)) {
      if (word.text === '') continue;
      operators.push(setWord(word.text, placeBox(frame, word, line.direction), codes, fontName));
    }
  }
  return operators.length === 0 ? '' : `q BT 3 Tr\n${operators.join('\n')}\nET Q\n`;
}

/** A PDF has its lines from left to right, whatever the script; so readers expect them. */
function leftToRight({ words, direction }: DirectedLine): readonly Word[] {
  const isTurned = direction === 'right' && runsRightToLeft(words);
  return isTurned ? words.toSorted((one, other) => one.x - other.x) : words;
}

function setWord(
  stored: string,
  { x, y, length, size: height, direction }: Placement,
  codes: CharacterCodes,
  fontName: string,
): string {
  const size = Math.max(smallestPt, height);
  const text = visualOrder(stored);
  const naturalLength = codeCount(text) * glyphWidthEm * size;
  const wanted = (100 * Math.max(smallestPt, length)) / naturalLength;
  const scale = Math.min(stretch.most, Math.max(stretch.least, wanted));
  const [cosine, sine] = direction;
  const matrix = [cosine, sine, -sine, cosine, x, y].map(short).join(' ');
  const shownText = codes.encode(`${text} `);
  return `/${fontName} ${short(size)} Tf ${short(scale)} Tz ${matrix} Tm <${shownText}> Tj`;
}

/** A hundredth of a point is far below what a stored box knows, and numbers are most of the size. */
function short(value: number): string {
  return decimal(value, 2);
}

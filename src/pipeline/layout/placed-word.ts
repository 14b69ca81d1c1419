import type { OcrWord } from '#engines/ocr-engine.ts';
import type { TextLayerWord } from '#engines/page-engine.ts';
import type { Word } from '#kernel/word.ts';
import { typeSizeOf } from './glyph-height.ts';

/** A word in points from the top left, so that horizontal and vertical distances can be compared. */
export interface PlacedWord {
  word: Word;
  /** Place in content order. */
  index: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Type size in points; told from the height of the box where no font is known. Never 0. */
  em: number;
  /** Whether `em` is a font size, and so the same for every word of a line. */
  sized: boolean;
  bold: boolean;
}

export interface PageExtent {
  widthPt: number;
  heightPt: number;
}

const fallbackEmPt = 10;
const boldWeight = 600;
/** Enough for a median. */
const askedWords = 60;
const letterOrDigit = /[\p{L}\p{N}]/u;

/** Words of a text layer, in content order. */
export function placeTextLayerWords(
  words: readonly TextLayerWord[],
  page: PageExtent,
): PlacedWord[] {
  const sized = fontSizesArePlausible(words, page);
  const placed = words.map((word, index) =>
    place(word, index, page, sized && word.fontSizePt > 0 ? word.fontSizePt : 0, word.fontWeight),
  );
  return withUsualEm(placed);
}

/** Recognised words, in the recogniser's order. */
export function placeOcrWords(words: readonly OcrWord[], page: PageExtent): PlacedWord[] {
  return withUsualEm(words.map((word, index) => place(word, index, page, 0, 0)));
}

function place(
  word: Word,
  index: number,
  page: PageExtent,
  fontSizePt: number,
  fontWeight: number,
): PlacedWord {
  const { text, confidence, x, y, width, height } = word;
  const boxHeight = height * page.heightPt;
  return {
    word: { text, confidence, x, y, width, height },
    index,
    left: x * page.widthPt,
    right: (x + width) * page.widthPt,
    top: y * page.heightPt,
    bottom: y * page.heightPt + boxHeight,
    em: fontSizePt > 0 ? fontSizePt : typeSizeOf(text, boxHeight),
    sized: fontSizePt > 0,
    bold: fontWeight >= boldWeight,
  };
}

/** Words whose height tells nothing (marks, empty boxes) get the median type size of the page. */
function withUsualEm(words: PlacedWord[]): PlacedWord[] {
  if (words.every((word) => word.em > 0)) return words;
  const known = words.map((word) => word.em).filter((em) => em > 0);
  const usual = known.sort((a, b) => a - b)[known.length >> 1] ?? fallbackEmPt;
  for (const word of words) if (word.em <= 0) word.em = usual;
  return words;
}

/**
 * Some files state a font size of 1 and scale elsewhere. The boxes of letters are about 0.5 to 1.3 of the
 * true size, so sizes whose median ratio lies far outside are not believed, and box heights are used.
 * Words from all over the page are asked, not every one.
 */
function fontSizesArePlausible(words: readonly TextLayerWord[], page: PageExtent): boolean {
  const ratios: number[] = [];
  const step = Math.max(1, Math.floor(words.length / askedWords));
  for (let index = 0; index < words.length; index += step) {
    const word = words[index];
    if (word && word.fontSizePt > 0 && word.height > 0 && letterOrDigit.test(word.text)) {
      ratios.push((word.height * page.heightPt) / word.fontSizePt);
    }
  }
  const median = ratios.sort((a, b) => a - b)[ratios.length >> 1];
  return median === undefined || (median > 0.25 && median < 1.8);
}

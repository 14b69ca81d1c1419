import { pageUnreadable } from '../sandbox/engine-failures.ts';
import { isInvisible, isSeparator, lineEndHyphen } from './character-class.ts';
import { readFontSize, readFontWeight, type WeightByFont } from './font-facts.ts';
import { imageCoverage } from './image-coverage.ts';
import type { PackedPage } from './packed-words.ts';
import { listObjects } from './page-objects.ts';
import { type PageGeometry, readGeometry } from './page-geometry.ts';
import { closeUnlessTrapped } from './pdf-document.ts';
import type { PdfiumModule } from './pdfium-module.ts';
import { WordBuilder } from './word-builder.ts';

/** More than any real page holds; a page with more is cut there. */
const charactersAtMost = 400_000;

const hyphen = 0x2d;
const replacement = 0xfffd;

/** Reads the text layer of an open page (1-based number). Throws `file.page_unreadable`. */
export function readTextLayer(pdfium: PdfiumModule, page: number, number: number): PackedPage {
  const geometry = readGeometry(pdfium, page, number);
  const textPage = pdfium.exports.FPDFText_LoadPage(page);
  if (textPage === 0) throw pageUnreadable(number, 'its text is broken');
  return closeUnlessTrapped(
    () => ({
      number,
      widthPt: geometry.widthPt,
      heightPt: geometry.heightPt,
      rotation: geometry.rotation,
      ...readWords(pdfium, textPage, geometry),
      ...objectFields(pdfium, page, geometry),
    }),
    () => pdfium.exports.FPDFText_ClosePage(textPage),
  );
}

function objectFields(
  pdfium: PdfiumModule,
  page: number,
  geometry: PageGeometry,
): Pick<PackedPage, 'imageCoverage' | 'images' | 'drawnRules'> {
  const { images, drawnRules } = listObjects(pdfium, page, geometry);
  return {
    imageCoverage: imageCoverage(images),
    images: Float32Array.from(images.flat()),
    drawnRules,
  };
}

type WordFields = Pick<PackedPage, 'text' | 'numbers' | 'characters' | 'unmappedCharacters'>;

function readWords(pdfium: PdfiumModule, textPage: number, geometry: PageGeometry): WordFields {
  const { exports } = pdfium;
  const found = exports.FPDFText_CountChars(textPage);
  const count = Math.min(Math.max(0, found), charactersAtMost);
  const words = new WordBuilder(geometry, count);
  const weights: WeightByFont = new Map();
  let characters = 0;
  let unmappedCharacters = 0;
  for (let index = 0; index < count; index += 1) {
    const code = exports.FPDFText_GetUnicode(textPage, index) >>> 0;
    const isUnmapped = exports.FPDFText_HasUnicodeMapError(textPage, index) === 1;
    if (isUnmapped) unmappedCharacters += 1;
    const text = isUnmapped ? unmappedText(code) : code;
    if (text === lineEndHyphen) {
      if (words.isOpen) words.add(hyphen);
      words.close();
    } else if (isSeparator(text)) words.close();
    else if (!isInvisible(text)) {
      if (!words.isOpen) openWord(pdfium, textPage, index, words, weights);
      characters += 1;
      words.add(text);
      coverCharacter(pdfium, textPage, index, words);
    }
  }
  return { ...words.finish(), characters, unmappedCharacters };
}

/** The code of a character that has no Unicode value: a guess when it looks like text, else U+FFFD. */
function unmappedText(code: number): number {
  return isSeparator(code) || isInvisible(code) ? replacement : code;
}

function openWord(
  pdfium: PdfiumModule,
  textPage: number,
  index: number,
  words: WordBuilder,
  weights: WeightByFont,
): void {
  words.open(
    readFontSize(pdfium, textPage, index),
    readFontWeight(pdfium, textPage, index, weights),
  );
}

/** Adds the box of a character to its word; a glyph without ink has the box of its type size. */
function coverCharacter(
  pdfium: PdfiumModule,
  textPage: number,
  index: number,
  words: WordBuilder,
): void {
  const { exports, scratch } = pdfium;
  exports.FPDFText_GetCharBox(textPage, index, scratch, scratch + 8, scratch + 16, scratch + 24);
  const doubles = pdfium.doubles();
  const at = scratch / 8;
  const left = doubles[at] ?? 0;
  const right = doubles[at + 1] ?? 0;
  const bottom = doubles[at + 2] ?? 0;
  const top = doubles[at + 3] ?? 0;
  if (right > left && top > bottom) words.cover(left, bottom, right, top);
  else coverLoosely(pdfium, textPage, index, words);
}

function coverLoosely(
  pdfium: PdfiumModule,
  textPage: number,
  index: number,
  words: WordBuilder,
): void {
  pdfium.exports.FPDFText_GetLooseCharBox(textPage, index, pdfium.scratch);
  const floats = pdfium.floats();
  const at = pdfium.scratch / 4;
  // FS_RECTF: left, top, right, bottom.
  words.cover(floats[at] ?? 0, floats[at + 3] ?? 0, floats[at + 2] ?? 0, floats[at + 1] ?? 0);
}

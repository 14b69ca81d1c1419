import type { OcrWord } from '../ocr-engine.ts';

const wordLevel = '5';
const columns = 12;

/**
 * Words of Tesseract's TSV output as fractions of a page of `width` x `height` pixels. The columns
 * are level, page, block, paragraph, line, word, left, top, width, height, confidence, text; the
 * header line is optional. Rows that are no words, words without text and broken rows are left out.
 * Boxes are cut at the page's edges. Never throws.
 */
export function parseTsvWords(tsv: string, width: number, height: number): OcrWord[] {
  const words: OcrWord[] = [];
  for (const row of tsv.split('\n')) {
    const word = row.startsWith(wordLevel) ? parseRow(row, width, height) : undefined;
    if (word !== undefined) words.push(word);
  }
  return words;
}

function parseRow(row: string, width: number, height: number): OcrWord | undefined {
  const cells = row.split('\t');
  if (cells.length < columns || cells[0] !== wordLevel) return undefined;
  const numbers = cells.slice(0, columns - 1).map(Number);
  if (!numbers.every(Number.isFinite)) return undefined;
  const text = cleanText(cells.slice(columns - 1).join(''));
  if (text === '') return undefined;
  const at = (column: number): number => numbers[column] ?? 0;
  const across = cut(at(6), at(8), width);
  const down = cut(at(7), at(9), height);
  return {
    text,
    // Tesseract says -1 where it has no opinion.
    confidence: Math.min(1, Math.max(0, at(10) / 100)),
    block: at(2),
    paragraph: at(3),
    line: at(4),
    x: across.start,
    y: down.start,
    width: across.length,
    height: down.length,
  };
}

/** Start and length as fractions of a side; what hangs over is cut off. */
function cut(start: number, length: number, side: number): { start: number; length: number } {
  const first = Math.min(side, Math.max(0, start));
  const last = Math.min(side, Math.max(first, start + length));
  return { start: first / side, length: Math.min((last - first) / side, 1 - first / side) };
}

/** No white space, no control characters and no half surrogates: what a database and JSON can hold. */
function cleanText(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, '').toWellFormed();
}

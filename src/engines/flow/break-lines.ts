import { columnsOf, fixedWidth, isRightToLeft, isWide, widthOf } from './glyph-width.ts';

/** A word on its line; x and width in points from the left edge of the column. */
interface SetWord {
  text: string;
  x: number;
  width: number;
}

export interface SetLine {
  words: SetWord[];
  /** What stands after its last word in the text: a space within a line of the file, else a line end. */
  end: ' ' | '\n';
}

export interface TypeStyle {
  size: number;
  isBold?: boolean;
}

/** Longer words are parted at the end of the line even where letters are narrow. */
const longestWord = 200;
const tabColumns = 8;

/**
 * Sets text in lines of a width in points. A word that is wider than the column is narrowed to it; scripts
 * without spaces, and words of more than 200 characters, are parted instead. Lines that start in a
 * right-to-left script are set from the right.
 */
export function breakLines(text: string, width: number, style: TypeStyle): SetLine[] {
  const lines: SetLine[] = [];
  const space = widthOf(' ', style.size, style.isBold);
  for (const source of text.split('\n')) {
    const words = source.split(/\s+/).filter((word) => word !== '');
    if (words.length === 0) continue;
    const from = lines.length;
    let line: SetLine | undefined;
    let x = 0;
    const open = (end: SetLine['end']): SetLine => {
      if (line !== undefined) line.end = end;
      line = { words: [], end: '\n' };
      lines.push(line);
      x = 0;
      return line;
    };
    for (const word of words) {
      const wanted = widthOf(word, style.size, style.isBold);
      const parts = wanted > width ? partWord(word, width, style) : [word];
      for (const [index, part] of parts.entries()) {
        const partWidth =
          parts.length === 1 ? Math.min(wanted, width) : widthOf(part, style.size, style.isBold);
        if (line === undefined || x + partWidth > width + 0.01) open(index === 0 ? ' ' : '\n');
        line?.words.push({ text: part, x, width: Math.min(partWidth, width) });
        x += partWidth + space;
      }
    }
    if (isRightToLeft(source)) mirror(lines.slice(from), width);
  }
  return lines;
}

/** The pieces of a word that is too wide; only itself when it is to be narrowed. */
function partWord(word: string, width: number, { size, isBold }: TypeStyle): string[] {
  if (word.length <= longestWord && !isWide(word) && !/[\u1100-\u{3ffff}]/u.test(word))
    return [word];
  const parts: string[] = [];
  let part = '';
  let partWidth = 0;
  for (const character of word) {
    const own = widthOf(character, size, isBold);
    // A mark stays with its letter.
    if (part !== '' && own > 0 && (partWidth + own > width || part.length >= longestWord)) {
      parts.push(part);
      part = '';
      partWidth = 0;
    }
    part += character;
    partWidth += own;
  }
  parts.push(part);
  return parts;
}

function mirror(lines: readonly SetLine[], width: number): void {
  for (const { words } of lines) {
    for (const word of words) word.x = width - word.x - word.width;
  }
}

/** Sets one line in which spaces count, in a face of equally wide letters; empty for a blank line. */
export function breakFixedLine(source: string, width: number, size: number): SetLine[] {
  const letter = size * fixedWidth;
  const perLine = Math.max(1, Math.floor(width / letter));
  const lines: SetLine[] = [];
  let line: SetLine | undefined;
  let shift = 0;
  let column = 0;
  for (const [piece] of source.matchAll(/\t|[^\S\t]+|\S+/gu)) {
    if (piece === '\t') column += tabColumns - (column % tabColumns);
    else if (/^\s/u.test(piece)) column += columnsOf(piece);
    else {
      for (const [index, part] of fixedParts(piece, perLine).entries()) {
        const columns = columnsOf(part);
        if (line === undefined || column - shift + columns > perLine) {
          if (line !== undefined) line.end = index === 0 ? ' ' : '\n';
          line = { words: [], end: '\n' };
          lines.push(line);
          // The indent of the first line is kept unless the word has no room behind it.
          shift = lines.length > 1 || column + columns > perLine ? column : 0;
        }
        line.words.push({ text: part, x: (column - shift) * letter, width: columns * letter });
        column += columns;
      }
    }
  }
  return lines;
}

function fixedParts(word: string, perLine: number): string[] {
  if (columnsOf(word) <= perLine) return [word];
  const parts: string[] = [];
  let part = '';
  let columns = 0;
  for (const character of word) {
    const own = columnsOf(character);
    if (part !== '' && own > 0 && columns + own > perLine) {
      parts.push(part);
      part = '';
      columns = 0;
    }
    part += character;
    columns += own;
  }
  parts.push(part);
  return parts;
}

import type { OcrWord } from '#engines/ocr-engine.ts';
import type { TextLayerPage, TextLayerWord } from '#engines/page-engine.ts';

/** A4 in points. For tests: words set like a simple typesetter would. */
export const a4 = { widthPt: 595, heightPt: 842 };

export interface SetLine {
  text: string;
  /** Points from the left and top edge to the line's box. */
  left: number;
  top: number;
  fontSizePt?: number;
  fontWeight?: number;
}

/** Words of one line; every letter is half a type size wide, and so is the space. */
export function setLine(line: SetLine): TextLayerWord[] {
  const fontSizePt = line.fontSizePt ?? 10;
  const advance = fontSizePt / 2;
  let left = line.left;
  return line.text.split(' ').map((text) => {
    const word = {
      text,
      confidence: 1,
      x: left / a4.widthPt,
      y: line.top / a4.heightPt,
      width: (text.length * advance) / a4.widthPt,
      height: (0.7 * fontSizePt) / a4.heightPt,
      fontSizePt,
      fontWeight: line.fontWeight ?? 400,
    };
    left += (text.length + 1) * advance;
    return word;
  });
}

export interface SetColumn {
  left: number;
  top: number;
  widthPt: number;
  lines: number;
  /** Number of the first word; words carry their numbers, so that their order can be read from them. */
  firstWord: number;
}

/** Lines of numbered words (`numb12`) that fill a column at 12 pt leading, ragged on the right. */
export function setColumn(column: SetColumn): TextLayerWord[][] {
  let number = column.firstWord;
  return Array.from({ length: column.lines }, (_, row) => {
    const texts: string[] = [];
    for (let used = 0; ;) {
      const text = `${['no', 'num', 'numb', 'number'][number % 4]}${number}`;
      used += (text.length + 1) * 5;
      if (used > column.widthPt) break;
      texts.push(text);
      number++;
    }
    return setLine({ text: texts.join(' '), left: column.left, top: column.top + row * 12 });
  });
}

/** The numbers of numbered words, in the order given. */
export function numbersOf(words: readonly { text: string }[]): number[] {
  return words.map((word) => Number.parseInt(word.text.replace(/^\D+/, ''), 10));
}

export function textLayerPage(
  words: TextLayerWord[],
  more: Partial<TextLayerPage> = {},
): TextLayerPage {
  return {
    number: 1,
    ...a4,
    rotation: 0,
    words,
    unmappedCharacters: 0,
    characters: words.reduce((sum, word) => sum + word.text.length, 0),
    imageCoverage: 0,
    ...more,
  };
}

/** The same words as a recogniser would number them, one block, a line per array. */
export function asRecognised(lines: readonly TextLayerWord[][], confidence = 0.95): OcrWord[] {
  return lines.flatMap((words, line) =>
    words.map(({ text, x, y, width, height }) => ({
      text,
      x,
      y,
      width,
      height,
      confidence,
      block: 1,
      paragraph: 1,
      line: line + 1,
    })),
  );
}

import type { Word } from '#api/api-model.ts';
import type { PaperSize } from './page-layout.ts';

/** A word as text on the page, in points; it fills its box whatever its font. */
export interface LaidWord {
  x: number;
  /** Of the line the letters stand on. */
  y: number;
  size: number;
  /** How long the word is drawn. */
  length: number;
  transform: string | undefined;
}

/** Where letters stand in a box of the height of a word, as a part of it. */
const baseline = 0.8;

/** Puts a word over the place where it is printed. One that runs up or down is turned by a quarter. */
export function layWord(word: Word, paper: PaperSize): LaidWord {
  const left = word.x * paper.width;
  const top = word.y * paper.height;
  const width = word.width * paper.width;
  const height = word.height * paper.height;
  if (!isVertical(word, paper)) {
    return {
      x: left,
      y: top + height * baseline,
      size: height,
      length: width,
      transform: undefined,
    };
  }
  return {
    x: 0,
    y: 0,
    size: width,
    length: height,
    transform: `translate(${left + width * baseline} ${top + height}) rotate(-90)`,
  };
}

/** Whether a word runs up or down: its box is higher than words of so many letters are. */
export function isVertical({ text, width, height }: Word, paper: PaperSize): boolean {
  const ratio = (height * paper.height) / Math.max(width * paper.width, 0.01);
  const letters = Array.from(text).length;
  return letters >= 3 ? ratio > 1.5 : letters === 2 && ratio > 2.5;
}

/** The text of chosen words: a space between words of a line, a new line for the next one. */
export function joinWords(words: readonly Word[], paper: PaperSize): string {
  let text = '';
  words.forEach((word, index) => {
    const before = words[index - 1];
    if (before) text += isSameLine(before, word, paper) ? ' ' : '\n';
    text += word.text;
  });
  return text;
}

function isSameLine(one: Word, other: Word, paper: PaperSize): boolean {
  const isAcross = isVertical(one, paper);
  if (isAcross !== isVertical(other, paper)) return false;
  return isAcross
    ? overlap(one.x, one.width, other.x, other.width)
    : overlap(one.y, one.height, other.y, other.height);
}

/** Whether two stretches have half of the shorter one in common. */
function overlap(from: number, length: number, otherFrom: number, otherLength: number): boolean {
  const common = Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom);
  return common >= Math.min(length, otherLength) / 2;
}

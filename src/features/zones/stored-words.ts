import type { Word } from '#kernel/word.ts';

/** Numbers per word in pages.word_boxes: x, y, width, height and confidence. */
export const numbersPerWord = 5;
/** Boxes are kept in ten-thousandths of the page, 0.06 pt on a letter page; confidences in ten-thousandths. */
const scale = 10_000;

/**
 * The boxes and confidences of words as pages.word_boxes keeps them. The texts are not kept again:
 * they are the text of the page, split on white space.
 */
export function packWords(words: readonly Word[]): number[] {
  const packed: number[] = [];
  for (const { x, y, width, height, confidence } of words) {
    for (const value of [x, y, width, height, confidence]) packed.push(Math.round(value * scale));
  }
  return packed;
}

/** The words of a page from its text and its boxes. */
export function unpackWords(text: string, packed: readonly number[]): Word[] {
  return splitWords(text).map((word, index) => {
    const at = index * numbersPerWord;
    const part = (offset: number): number => (packed[at + offset] ?? 0) / scale;
    return {
      text: word,
      x: part(0),
      y: part(1),
      width: part(2),
      height: part(3),
      confidence: part(4),
    };
  });
}

function splitWords(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}

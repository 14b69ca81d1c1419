import type { Word } from '#kernel/word.ts';

/**
 * Words as pages.words keeps them: `[text, x, y, width, height, confidence]`, boxes as fractions of the
 * page. Four decimals are 0.06 pt on a letter page; named keys would double the size of the column.
 */
export type StoredWord = readonly [string, number, number, number, number, number];

export function packWords(words: readonly Word[]): StoredWord[] {
  return words.map((word) => [
    word.text,
    round(word.x),
    round(word.y),
    round(word.width),
    round(word.height),
    round(word.confidence),
  ]);
}

export function unpackWords(stored: readonly StoredWord[]): Word[] {
  return stored.map(([text, x, y, width, height, confidence]) => ({
    text,
    x,
    y,
    width,
    height,
    confidence,
  }));
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

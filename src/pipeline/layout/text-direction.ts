import type { Line } from './lines.ts';
import type { PlacedWord } from './placed-word.ts';

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
const letter = /\p{L}/u;

/** Whether most words with letters are of a script written from right to left. */
export function isMostlyRightToLeft(words: readonly PlacedWord[]): boolean {
  let against = 0;
  let lettered = 0;
  for (const { word } of words) {
    if (!letter.test(word.text)) continue;
    lettered++;
    if (rightToLeft.test(word.text)) against++;
  }
  return against * 2 > lettered;
}

/** A line of more than so many words that is so much higher than its type runs aslant. */
const tiltedWords = 4;
const tiltedHeightEm = 1.9;

/** Whether most long lines run aslant, as in the hidden text of a crooked scan: rows would mix columns. */
export function isTilted(lines: readonly Line[]): boolean {
  let long = 0;
  let tilted = 0;
  for (const line of lines) {
    if (line.words.length < tiltedWords) continue;
    long++;
    if (line.bottom - line.top > tiltedHeightEm * line.em) tilted++;
  }
  return tilted * 2 > long;
}

import type { OcrWord } from '#engines/ocr-engine.ts';
import { boundingBox, type Box } from '#kernel/word.ts';
import { meanCharacterConfidence } from '../page-confidence.ts';

/** A block of the recogniser that was not read surely. */
export interface DoubtfulBlock {
  block: number;
  words: OcrWord[];
  box: Box;
}

/** Of words between 0.85 and 0.93 nine of ten are right, of words under 0.7 three of ten (research/ocr.md §3). */
const sureConfidence = 0.8;
/** Characters; fewer are specks, marks and page numbers. */
const fewestCharacters = 4;

/** The blocks of a page, by the recogniser's numbers, whose words are doubtful on the whole. */
export function findDoubtfulBlocks(words: readonly OcrWord[]): DoubtfulBlock[] {
  const doubtful: DoubtfulBlock[] = [];
  for (const [block, own] of Map.groupBy(words, (word) => word.block)) {
    const characters = own.reduce((sum, { text }) => sum + text.length, 0);
    const box = boundingBox(own);
    if (characters < fewestCharacters || box === undefined) continue;
    if (meanCharacterConfidence(own) < sureConfidence) doubtful.push({ block, words: own, box });
  }
  return doubtful;
}

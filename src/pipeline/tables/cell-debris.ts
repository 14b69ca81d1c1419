import type { Word } from '#kernel/word.ts';

/** A mark alone, without a letter or digit, has to be this sure. */
const sureMark = 0.75;
/** Letters lower than this share of the tallest word beside them are none: an x has half the height of a word. */
const lowestLetters = 0.4;
/** Words that lie on surer ones by more than this share of their box were read twice. */
const mostCovered = 0.5;

/** The words of a cell without what recognisers make of specks and of pieces of rules. */
export function withoutDebris<W extends Word>(words: readonly W[]): W[] {
  const tallest = Math.max(...words.map((word) => word.height));
  return words.filter((word) => {
    if (!/[\p{L}\p{N}]/u.test(word.text)) return word.confidence >= sureMark;
    if (word.height < lowestLetters * tallest) return false;
    return !words.some(
      (other) => other.confidence > word.confidence && coveredShare(word, other) > mostCovered,
    );
  });
}

function coveredShare(word: Word, by: Word): number {
  const width = Math.min(word.x + word.width, by.x + by.width) - Math.max(word.x, by.x);
  const height = Math.min(word.y + word.height, by.y + by.height) - Math.max(word.y, by.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (word.width * word.height);
}

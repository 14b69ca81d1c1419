import type { Word } from '#kernel/word.ts';

/** What recognisers make of specks and of pieces of rules … */
const speck = /^[.,:;'"‘’“”`´~|_*^°·•!?()[\]{}<>«»¢\\]+$/;
/** … has to be this sure when it stands alone, other marks, such as dashes, less so. */
const sureSpeck = 0.92;
const speckOrLetter = /^[\p{P}\p{S}]*\p{Ll}?[\p{P}\p{S}]*$/u;
const sureMark = 0.3;
/** A piece of a rule is surely read as a stroke, and a stroke beside words is hardly ever print. */
const stroke = /^[|¦]+$/;
/** Letters lower than this share of the tallest word beside them are none: an x has half the height of a word. */
const lowestLetters = 0.4;
/** What is so sure is no second reading of another word, even where a box reaches too far. */
const sureWord = 0.9;
/** Words that lie on surer ones by more than this share of their box were read twice. */
const mostCovered = 0.5;

/** The words of a cell without what recognisers make of specks and of pieces of rules. */
export function withoutDebris<W extends Word>(words: readonly W[]): W[] {
  const tallest = Math.max(...words.map((word) => word.height));
  return words.filter((word) => {
    if (words.length > 1 && stroke.test(word.text)) return false;
    if (speck.test(word.text)) return word.confidence >= sureSpeck;
    if (!/[\p{L}\p{N}]/u.test(word.text)) return word.confidence >= sureMark;
    if (word.height < lowestLetters * tallest) return false;
    return !words.some(
      (other) =>
        word.confidence < sureWord &&
        other.confidence > word.confidence &&
        onOneLine(word, other) &&
        coveredShare(word, other) > mostCovered,
    );
  });
}

/** Words side by side touch; more than this share of the smaller box shared means that a box is wrong. */
const mostShared = 0.15;

/** Whether boxes of words lie on each other: some were cut or read twice, and their order cannot be told. */
export function haveOverlaps(words: readonly Word[]): boolean {
  return words.some((word, index) =>
    words
      .slice(index + 1)
      .some((other) => Math.max(coveredShare(word, other), coveredShare(other, word)) > mostShared),
  );
}

/** Whether a recogniser made a word of a speck, for all that is known: such words say nothing of a layout. */
export function looksLikeSpeck(word: Word): boolean {
  return (
    word.confidence < sureSpeck &&
    !/[\p{L}\p{N}]{2}/u.test(word.text) &&
    speckOrLetter.test(word.text)
  );
}

function onOneLine(a: Word, b: Word): boolean {
  const apart = Math.abs(a.y + a.height / 2 - b.y - b.height / 2);
  return apart < 0.5 * Math.min(a.height, b.height);
}

function coveredShare(word: Word, by: Word): number {
  const width = Math.min(word.x + word.width, by.x + by.width) - Math.max(word.x, by.x);
  const height = Math.min(word.y + word.height, by.y + by.height) - Math.max(word.y, by.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (word.width * word.height);
}

import { columnGap, sameLine, type LooseWord } from './text-chunks.ts';

/** Centres are sorted as whole numbers of this part of a point, far below what parts two lines. */
const stepsPerPoint = 2 ** 16;
const mostWords = 2 ** 16;

/**
 * How many lines of a page fall into at least `fewest` chunks. It says the same as counting them in
 * `chunkLines` (see there), for a fraction of its time: most pages have no table and need to know no more.
 * O(n log n).
 */
export function countPartedLines(
  words: readonly LooseWord[],
  textHeight: number,
  fewest: number,
): number {
  if (words.length > mostWords) return Infinity;
  let parted = 0;
  let line: LooseWord[] = [];
  let centreOfLine = -Infinity;
  for (const index of orderOfCentres(words)) {
    const word = words[index];
    if (word === undefined) continue;
    const centre = (word.top + word.bottom) / 2;
    if (centre - centreOfLine < textHeight * sameLine) {
      line.push(word);
      centreOfLine += (centre - centreOfLine) / line.length;
    } else {
      if (countChunks(line, textHeight * columnGap) >= fewest) parted += 1;
      line = [word];
      centreOfLine = centre;
    }
  }
  return countChunks(line, textHeight * columnGap) >= fewest ? parted + 1 : parted;
}

/** Indexes of the words by their vertical centre. Numbers without a comparator sort several times as fast. */
function orderOfCentres(words: readonly LooseWord[]): Float64Array {
  const keys = new Float64Array(words.length);
  words.forEach((word, index) => {
    keys[index] = Math.round((word.top + word.bottom) * stepsPerPoint) * mostWords + index;
  });
  keys.sort();
  for (const [place, key] of keys.entries()) {
    keys[place] = ((key % mostWords) + mostWords) % mostWords;
  }
  return keys;
}

function countChunks(line: LooseWord[], gap: number): number {
  let chunks = 0;
  let edge = -Infinity;
  for (const word of isInOrder(line) ? line : line.sort((a, b) => a.left - b.left)) {
    if (word.left - edge >= gap) chunks += 1;
    edge = Math.max(edge, word.right);
  }
  return chunks;
}

function isInOrder(line: readonly LooseWord[]): boolean {
  let before = -Infinity;
  for (const { left } of line) {
    if (left < before) return false;
    before = left;
  }
  return true;
}

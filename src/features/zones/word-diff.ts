/** A stretch of old words and the new words in its place; either may be empty. Indexes, `to` exclusive. */
export interface WordChange {
  oldFrom: number;
  oldTo: number;
  newFrom: number;
  newTo: number;
}

/** Comparing every word with every other is done up to this many pairs; beyond, the middle counts as one change. */
const mostPairs = 1_000_000;

/**
 * What changed between two lists of words, in order: the stretches between the words of a longest common
 * subsequence. Equal lists give nothing.
 */
export function diffWords(before: readonly string[], after: readonly string[]): WordChange[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end++;
  const oldMiddle = before.slice(start, before.length - end);
  const newMiddle = after.slice(start, after.length - end);
  if (oldMiddle.length === 0 && newMiddle.length === 0) return [];
  const pairs =
    oldMiddle.length * newMiddle.length > mostPairs ? [] : commonPairs(oldMiddle, newMiddle);
  const changes: WordChange[] = [];
  let [oldAt, newAt] = [0, 0];
  for (const [oldIndex, newIndex] of [...pairs, [oldMiddle.length, newMiddle.length] as const]) {
    if (oldIndex > oldAt || newIndex > newAt) {
      changes.push({
        oldFrom: start + oldAt,
        oldTo: start + oldIndex,
        newFrom: start + newAt,
        newTo: start + newIndex,
      });
    }
    [oldAt, newAt] = [oldIndex + 1, newIndex + 1];
  }
  return changes;
}

/** Pairs of indexes of a longest common subsequence. */
function commonPairs(before: readonly string[], after: readonly string[]): [number, number][] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const lengthAt = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        before[row] === after[column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
    }
  }
  const pairs: [number, number][] = [];
  let [row, column] = [0, 0];
  while (row < before.length && column < after.length) {
    if (before[row] === after[column]) pairs.push([row++, column++]);
    else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}

import type { Lattice, LatticeCell } from './rule-lattice.ts';
import type { LooseWord } from './text-chunks.ts';

/** Crossing lines are drawn in charts, frames and plans too: a table has text in its cells. */

const fewestWords = 4;
const fewestCells = 4;
/** The part of the cells that hold words. */
const leastFilled = 0.3;
/** The part of the rows, and of the columns, in which words stand. */
const leastSpread = 0.5;
/** More words in a cell on average: frames around running text. */
const mostMeanWords = 40;
/** Lines of words that a rule of the grid may cut through, as a share of the words. */
const mostCut = 0.1;
/** Recognisers take pieces of rules, and letters that stand beside them, for a mark or a letter. */
const isText = /[\p{L}\p{N}]{2}/u;

/** Whether a grid of rules (in points, like the words) is a table. */
export function isRuledTable(lattice: Lattice, words: readonly LooseWord[]): boolean {
  const { xs, ys, cells } = lattice;
  // Every row and column of a table has a cell of its own; a chart falls apart into a few large ones.
  if (cells.length < Math.max(fewestCells, xs.length + ys.length - 3)) return false;
  const counts = new Map<number, number>();
  let inside = 0;
  let cut = 0;
  for (const word of words) {
    const x = (word.left + word.right) / 2;
    const y = (word.top + word.bottom) / 2;
    const index = cells.findIndex(
      (cell) =>
        x >= (xs[cell.left] ?? 0) &&
        x < (xs[cell.right + 1] ?? 0) &&
        y >= (ys[cell.top] ?? 0) &&
        y < (ys[cell.bottom + 1] ?? 0),
    );
    const cell = cells[index];
    if (cell === undefined) continue;
    inside++;
    counts.set(index, (counts.get(index) ?? 0) + 1);
    const over = Math.max((xs[cell.left] ?? 0) - word.left, word.right - (xs[cell.right + 1] ?? 0));
    if (over > 0.25 * (word.right - word.left) && isText.test(word.text)) cut++;
  }
  if (inside < fewestWords || counts.size < leastFilled * cells.length) return false;
  const filled = cells.filter((_, index) => counts.has(index));
  if (!isSpread(lattice, filled)) return false;
  return inside <= mostMeanWords * counts.size && cut <= mostCut * inside;
}

/** In most rows and columns stands something, or a head names every column: a chart has its figures at its edges. */
function isSpread({ xs, ys, cells }: Lattice, filled: readonly LatticeCell[]): boolean {
  const rows = new Set<number>();
  const columns = new Set<number>();
  for (const { top, bottom, left, right } of filled) {
    for (let row = top; row <= bottom; row++) rows.add(row);
    for (let column = left; column <= right; column++) columns.add(column);
  }
  if (columns.size < leastSpread * (xs.length - 1)) return false;
  if (rows.size >= leastSpread * (ys.length - 1)) return true;
  return cells.every((cell) => cell.top > 0 || filled.includes(cell));
}

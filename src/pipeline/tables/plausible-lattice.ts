import type { Lattice } from './rule-lattice.ts';
import type { LooseWord } from './text-chunks.ts';

/** Crossing lines are drawn in charts, frames and plans too: a table has text in its cells. */

const fewestWords = 4;
const fewestCells = 4;
/** The part of the cells that hold words. */
const leastFilled = 0.3;
/** More words in a cell on average: frames around running text. */
const mostMeanWords = 40;
/** Lines of words that a rule of the grid may cut through, as a share of the words. */
const mostCut = 0.1;

/** Whether a grid of rules (in points, like the words) is a table. */
export function isRuledTable(lattice: Lattice, words: readonly LooseWord[]): boolean {
  const { xs, ys, cells } = lattice;
  if (cells.length < fewestCells) return false;
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
    if (over > 0.25 * (word.right - word.left)) cut++;
  }
  if (inside < fewestWords || counts.size < leastFilled * cells.length) return false;
  return inside <= mostMeanWords * counts.size && cut <= mostCut * inside;
}

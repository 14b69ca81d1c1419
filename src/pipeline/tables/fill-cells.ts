import type { Box } from '#kernel/word.ts';
import type { GridCell, TableGrid } from './table-grid.ts';
import { turnBox } from './turned-page.ts';

/** A cell with the words in it: indexes into the words of the page, line by line from the left. */
export interface FilledCell extends GridCell {
  lines: number[][];
}

export interface FilledTable extends TableGrid {
  cells: FilledCell[];
}

/** Words overlapping vertically by more than this share of the lower one stand on one line. */
const sameLine = 0.5;

/**
 * Puts the words of a page into the cells that hold their centres. A word goes into one cell of one table at
 * most. Tables in which no word stands are left out.
 */
export function fillCells(
  grids: readonly TableGrid[],
  words: readonly Box[],
  page: { widthPt: number; heightPt: number },
): FilledTable[] {
  const taken = new Set<number>();
  return grids
    .map((grid) => fillGrid(grid, words, page, taken))
    .filter((table) => table.cells.some((cell) => cell.lines.length > 0));
}

function fillGrid(
  grid: TableGrid,
  words: readonly Box[],
  page: { widthPt: number; heightPt: number },
  taken: Set<number>,
): FilledTable {
  const inCells = new Map<GridCell, { index: number; box: Box }[]>();
  words.forEach((word, index) => {
    if (taken.has(index)) return;
    const box = turnBox(word, grid.angle, page);
    const cell = grid.cells.find((candidate) => holdsCentre(candidate, box));
    if (cell === undefined) return;
    taken.add(index);
    const inside = inCells.get(cell);
    if (inside === undefined) inCells.set(cell, [{ index, box }]);
    else inside.push({ index, box });
  });
  return {
    ...grid,
    cells: grid.cells.map((cell) => ({ ...cell, lines: linesOf(inCells.get(cell) ?? []) })),
  };
}

function holdsCentre(cell: Box, { x, y, width, height }: Box): boolean {
  const centreX = x + width / 2;
  const centreY = y + height / 2;
  return (
    centreX >= cell.x &&
    centreX < cell.x + cell.width &&
    centreY >= cell.y &&
    centreY < cell.y + cell.height
  );
}

function linesOf(words: { index: number; box: Box }[]): number[][] {
  const lines: { top: number; bottom: number; words: typeof words }[] = [];
  for (const word of words.sort(
    (a, b) => a.box.y + a.box.height / 2 - b.box.y - b.box.height / 2,
  )) {
    const { y, height } = word.box;
    const line = lines.at(-1);
    const overlap =
      line === undefined ? -1 : Math.min(line.bottom, y + height) - Math.max(line.top, y);
    const lower = line === undefined ? 0 : Math.min(line.bottom - line.top, height);
    if (line !== undefined && overlap > sameLine * lower) {
      line.words.push(word);
      line.top = Math.min(line.top, y);
      line.bottom = Math.max(line.bottom, y + height);
    } else {
      lines.push({ top: y, bottom: y + height, words: [word] });
    }
  }
  return lines.map((line) =>
    line.words.sort((a, b) => a.box.x - b.box.x).map((word) => word.index),
  );
}

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

/** Words whose centres lie within this share of the usual height stand on one line. */
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

/** Recognisers let some boxes reach into the line below: what is so much higher than usual counts by its top. */
const inflated = 1.5;

function linesOf(words: { index: number; box: Box }[]): number[][] {
  const heights = words.map(({ box }) => box.height).sort((a, b) => a - b);
  const usual = heights[heights.length >> 1] ?? 0;
  const centre = ({ y, height }: Box): number =>
    y + (height > inflated * usual ? usual : height) / 2;
  const lines: { centre: number; words: typeof words }[] = [];
  for (const word of words.sort((a, b) => centre(a.box) - centre(b.box))) {
    const line = lines.at(-1);
    const place = centre(word.box);
    if (line !== undefined && place - line.centre < sameLine * usual) {
      line.words.push(word);
      line.centre += (place - line.centre) / line.words.length;
    } else {
      lines.push({ centre: place, words: [word] });
    }
  }
  return lines.map((line) =>
    line.words.sort((a, b) => a.box.x - b.box.x).map((word) => word.index),
  );
}

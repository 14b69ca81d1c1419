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

/** A word as far as its place goes. */
type CellWord = Box & { text: string };

/** Words whose centres lie within this share of the usual height stand on one line. */
const sameLine = 0.5;

/**
 * Puts the words of a page into the cells that hold their centres. A word goes into one cell of one table at
 * most. Tables in which no word stands are left out.
 */
export function fillCells(
  grids: readonly TableGrid[],
  words: readonly CellWord[],
  page: { widthPt: number; heightPt: number },
): FilledTable[] {
  const taken = new Set<number>();
  return grids
    .map((grid) => fillGrid(grid, words, page, taken))
    .filter((table) => table.cells.some((cell) => cell.lines.length > 0));
}

function fillGrid(
  grid: TableGrid,
  words: readonly CellWord[],
  page: { widthPt: number; heightPt: number },
  taken: Set<number>,
): FilledTable {
  const inCells = new Map<GridCell, PlacedInCell[]>();
  words.forEach((word, index) => {
    if (taken.has(index)) return;
    const box = turnBox(word, grid.angle, page);
    const cell = grid.cells.find((candidate) => holdsCentre(candidate, box));
    if (cell === undefined) return;
    taken.add(index);
    const inside = inCells.get(cell);
    const isMark = !/[\p{L}\p{N}]/u.test(word.text);
    const placed = { index, box, isMark, isTelling: word.text.length >= tellingLength };
    if (inside === undefined) inCells.set(cell, [placed]);
    else inside.push(placed);
  });
  return {
    ...grid,
    cells: grid.cells.map((cell) => ({ ...cell, lines: linesOf(inCells.get(cell) ?? [], page) })),
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

interface PlacedInCell {
  index: number;
  box: Box;
  /** Without a letter or digit: its box says little of the line it stands on. */
  isMark: boolean;
  /** Long enough to tell by its box whether it lies or stands. */
  isTelling: boolean;
}

/** "il" is higher than wide whichever way it stands. */
const tellingLength = 3;
const standingRatio = 1.5;

/** Whether the words of a cell run up or down the page. */
function stand(
  words: readonly PlacedInCell[],
  { widthPt, heightPt }: { widthPt: number; heightPt: number },
): boolean {
  const telling = words.filter((word) => word.isTelling);
  return (
    telling.length > 0 &&
    telling.every(({ box }) => box.height * heightPt > standingRatio * box.width * widthPt)
  );
}

function linesOf(
  all: readonly PlacedInCell[],
  page: { widthPt: number; heightPt: number },
): number[][] {
  // Such words come in the order in which they run; whether up or down, their places alone do not tell.
  if (stand(all, page)) return [all.map((word) => word.index)];
  const lettered = all.filter((word) => !word.isMark);
  const words = lettered.length > 0 ? lettered : [...all];
  const heights = words.map(({ box }) => box.height).sort((a, b) => a - b);
  const usual = heights[heights.length >> 1] ?? 0;
  const centre = ({ y, height }: Box): number =>
    y + (height > inflated * usual ? usual : height) / 2;
  const lines: { centre: number; words: PlacedInCell[] }[] = [];
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
  for (const mark of lettered.length > 0 ? all.filter((word) => word.isMark) : []) {
    const place = mark.box.y + mark.box.height / 2;
    const [nearest] = lines.toSorted(
      (a, b) => Math.abs(a.centre - place) - Math.abs(b.centre - place),
    );
    nearest?.words.push(mark);
  }
  return lines.map((line) =>
    line.words.sort((a, b) => a.box.x - b.box.x).map((word) => word.index),
  );
}

import { AppError } from '#kernel/app-error.ts';
import type { BlockCell, BlockTable } from './flow-block.ts';

/** One short line among lines of thousands of fields would else be filled up without end. */
export const mostPlaces = 1_000_000;

/**
 * The same table with every place in exactly one cell, by row and column: spans that overlap others or the
 * edge are cut, cells without a place go to the next free one of their row (or into the cell before them),
 * and what is left over becomes empty cells. Throws `file.page_too_large` above a million places.
 */
export function completeTable(table: BlockTable): BlockTable {
  const { rows, columns } = table;
  if (rows * columns > mostPlaces) throw tableTooLarge(rows, columns);
  const taken = new Uint8Array(rows * columns);
  const cells: BlockCell[] = [];
  for (const cell of inOrder(table.cells)) {
    if (cell.row >= rows) continue;
    let column = Math.min(cell.column, columns);
    while (column < columns && taken[cell.row * columns + column] === 1) column += 1;
    if (column < columns) cells.push(takePlaces({ ...cell, column }, { taken, rows, columns }));
    else if (cell.text !== '') joinToLast(cells, cell.text);
  }
  for (let place = 0; place < taken.length; place += 1) {
    if (taken[place] === 1) continue;
    const row = Math.floor(place / columns);
    cells.push({ row, column: place % columns, rowSpan: 1, columnSpan: 1, text: '' });
  }
  return { ...table, cells: inOrder(cells) };
}

interface Places {
  taken: Uint8Array;
  rows: number;
  columns: number;
}

/** Marks the places of a cell as taken, as many of its span as are free. */
function takePlaces(cell: BlockCell, { taken, rows, columns }: Places): BlockCell {
  const isFree = (row: number, column: number): boolean => taken[row * columns + column] === 0;
  let columnSpan = 1;
  while (
    columnSpan < cell.columnSpan &&
    cell.column + columnSpan < columns &&
    isFree(cell.row, cell.column + columnSpan)
  ) {
    columnSpan += 1;
  }
  const isRowFree = (row: number): boolean => {
    for (let at = cell.column; at < cell.column + columnSpan; at += 1) {
      if (!isFree(row, at)) return false;
    }
    return true;
  };
  let rowSpan = 1;
  while (rowSpan < cell.rowSpan && cell.row + rowSpan < rows && isRowFree(cell.row + rowSpan)) {
    rowSpan += 1;
  }
  for (let row = cell.row; row < cell.row + rowSpan; row += 1) {
    taken.fill(1, row * columns + cell.column, row * columns + cell.column + columnSpan);
  }
  return { ...cell, rowSpan, columnSpan };
}

function joinToLast(cells: readonly BlockCell[], text: string): void {
  const last = cells.at(-1);
  if (last !== undefined) last.text = `${last.text}\n${text}`.trim();
}

function inOrder(cells: readonly BlockCell[]): BlockCell[] {
  return cells.toSorted((a, b) => a.row - b.row || a.column - b.column);
}

export function tableTooLarge(rows: number, columns: number): AppError {
  return new AppError(
    'file.page_too_large',
    `A table has ${rows} rows and ${columns} columns, more than can be shown. Split it.`,
    { details: { rows, columns } },
  );
}

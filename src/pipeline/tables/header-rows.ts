import type { GridCell } from './table-grid.ts';

/** A cell with what tells a head from a body. */
export interface CellLook extends Pick<GridCell, 'row' | 'column' | 'rowSpan' | 'columnSpan'> {
  text: string;
  /** All of its words are bold, as far as the file says. */
  bold: boolean;
}

/** Deeper heads do not occur in print. */
const mostHeaderRows = 3;

/**
 * How many rows at the top name the columns. The first row is a head when only it is bold, or when it names
 * every column (its corner may be empty) by different words without figures while there are figures, or longer
 * texts, below. Rows that go on splitting the columns of a head belong to it.
 */
export function countHeaderRows(rows: number, columns: number, cells: readonly CellLook[]): number {
  if (rows < 2) return 0;
  const first = cells.filter((cell) => cell.row === 0);
  if (!isBoldHead(first, cells) && !namesColumns(first, cells)) return 0;
  const most = Math.min(mostHeaderRows, rows - 1);
  // The foot of a head cell that reaches down, and a row below a cell that spans columns, belong to the head.
  let head = Math.max(...first.map((cell) => cell.rowSpan));
  const spans = first.some((cell) => cell.columnSpan > 1 && cell.columnSpan < columns);
  if (head === 1 && spans && rows > 2) {
    const second = cells.filter((cell) => cell.row === 1);
    if (second.length > first.length && second.every((cell) => !/\d/.test(cell.text))) head = 2;
  }
  return Math.min(head, most);
}

function isBoldHead(first: readonly CellLook[], cells: readonly CellLook[]): boolean {
  const named = first.filter((cell) => cell.text !== '');
  if (named.length < 2 || !named.every((cell) => cell.bold)) return false;
  const body = cells.filter((cell) => cell.row > 0 && cell.column > 0 && cell.text !== '');
  return body.filter((cell) => cell.bold).length < body.length / 2;
}

function namesColumns(first: readonly CellLook[], cells: readonly CellLook[]): boolean {
  const names = first.filter((cell) => cell.column > 0 || cell.text !== '');
  if (names.length < 2 || names.some((cell) => cell.text === '' || /\d/.test(cell.text)))
    return false;
  if (new Set(names.map((cell) => cell.text.toLowerCase())).size < names.length) return false;
  const below = cells.filter((cell) => cell.row > 0 && cell.text !== '');
  return below.some((cell) => /\d/.test(cell.text));
}

import type { Zone } from '#api/api-model.ts';

/** A cell of a table as it is shown; row and column count from 0. */
export interface ShownCell {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  text: string;
  isHead: boolean;
}

/** The cells of a table zone by rows, or null when its data holds no table. */
export function tableRowsOf(zone: Pick<Zone, 'data'>): ShownCell[][] | null {
  const { cells, headerRows } = zone.data ?? {};
  if (!Array.isArray(cells)) return null;
  const heads = typeof headerRows === 'number' ? headerRows : 0;
  const shown = cells.filter(isCell).map((cell): ShownCell => {
    const { row, column, rowSpan, columnSpan, text } = cell;
    return { row, column, rowSpan, columnSpan, text, isHead: row < heads };
  });
  if (shown.length === 0) return null;
  const rows = Map.groupBy(shown, (cell) => cell.row);
  return [...rows.keys()].sort((a, b) => a - b).map((row) => rows.get(row) ?? []);
}

function isCell(value: unknown): value is Omit<ShownCell, 'isHead'> {
  if (typeof value !== 'object' || value === null) return false;
  const cell = new Map<string, unknown>(Object.entries(value));
  const numbers = ['row', 'column', 'rowSpan', 'columnSpan'];
  return (
    typeof cell.get('text') === 'string' &&
    numbers.every((name) => Number.isInteger(cell.get(name)))
  );
}

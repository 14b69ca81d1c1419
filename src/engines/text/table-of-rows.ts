import { mostPlaces, tableTooLarge } from '../flow/complete-table.ts';
import type { BlockTable } from '../flow/flow-block.ts';

/**
 * A table from rows of texts; short rows are filled up with empty cells.
 * Throws `file.page_too_large` when there would be more than a million cells.
 */
export function tableOfRows(rows: readonly (readonly string[])[], headerRows: number): BlockTable {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (rows.length * columns > mostPlaces) throw tableTooLarge(rows.length, columns);
  return {
    rows: rows.length,
    columns,
    headerRows,
    cells: rows.flatMap((row, at) =>
      Array.from({ length: columns }, (_, column) => ({
        row: at,
        column,
        rowSpan: 1,
        columnSpan: 1,
        text: row[column] ?? '',
      })),
    ),
  };
}

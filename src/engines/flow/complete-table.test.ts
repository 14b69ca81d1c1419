import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { completeTable } from './complete-table.ts';
import type { BlockTable } from './flow-block.ts';

const anyTable: fc.Arbitrary<BlockTable> = fc.record({
  rows: fc.integer({ min: 0, max: 6 }),
  columns: fc.integer({ min: 0, max: 6 }),
  headerRows: fc.constant(0),
  cells: fc.array(
    fc.record({
      row: fc.nat(7),
      column: fc.nat(7),
      rowSpan: fc.integer({ min: 1, max: 9 }),
      columnSpan: fc.integer({ min: 1, max: 9 }),
      text: fc.constantFrom('', 'x'),
    }),
    { maxLength: 12 },
  ),
});

test('every place of any table is in exactly one cell, in order', () => {
  fc.assert(
    fc.property(anyTable, (raw) => {
      const table = completeTable(raw);
      const places = table.cells.flatMap((cell) =>
        Array.from({ length: cell.rowSpan * cell.columnSpan }, (_, at) => {
          const row = cell.row + Math.floor(at / cell.columnSpan);
          return row * table.columns + cell.column + (at % cell.columnSpan);
        }),
      );
      const all = Array.from({ length: table.rows * table.columns }, (_, place) => place);
      expect(places.toSorted((a, b) => a - b)).toEqual(all);
      const starts = table.cells.map((cell) => cell.row * table.columns + cell.column);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    }),
  );
});

test('no text of a row that is part of the table gets lost', () => {
  const cell = (column: number, text: string) => ({
    row: 0,
    column,
    rowSpan: 1,
    columnSpan: 2,
    text,
  });
  const cells = [cell(0, 'a'), cell(0, 'b'), cell(5, 'c')];
  const table = completeTable({ rows: 1, columns: 3, headerRows: 0, cells });
  expect(table.cells.map((one) => [one.column, one.columnSpan, one.text])).toEqual([
    [0, 2, 'a'],
    [2, 1, 'b\nc'],
  ]);
});

test('a table of more than a million places is refused', () => {
  expect(() => completeTable({ rows: 1_001, columns: 1_000, headerRows: 0, cells: [] })).toThrow(
    expect.objectContaining({ code: 'file.page_too_large' }),
  );
});

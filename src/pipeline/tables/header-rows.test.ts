import { expect, test } from 'vitest';
import { countHeaderRows, type CellLook } from './header-rows.ts';

function looks(rows: readonly (readonly string[])[], boldRows = 0): CellLook[] {
  return rows.flatMap((texts, row) =>
    texts.map((text, column) => ({
      row,
      column,
      rowSpan: 1,
      columnSpan: 1,
      text,
      bold: row < boldRows,
    })),
  );
}

test.each([
  [
    'names over figures',
    [
      ['', 'Visitors', 'Income'],
      ['Spring', '3', '12'],
    ],
    0,
    1,
  ],
  [
    'figures from the first row on',
    [
      ['Spring', '3', '12'],
      ['Summer', '7', '31'],
    ],
    0,
    0,
  ],
  [
    'the same name twice',
    [
      ['Name', 'Name'],
      ['Ann', '3'],
    ],
    0,
    0,
  ],
  [
    'a bold row over plain ones',
    [
      ['2024', '2025'],
      ['good', 'better'],
    ],
    1,
    1,
  ],
  [
    'words over words',
    [
      ['Ann', 'Ben'],
      ['Cleo', 'Dora'],
    ],
    0,
    0,
  ],
])('%s', (_, rows, boldRows, expected) => {
  expect(countHeaderRows(rows.length, rows[0]?.length ?? 0, looks(rows, boldRows))).toBe(expected);
});

test('a row that goes on splitting the columns of the head belongs to it', () => {
  const cells: CellLook[] = [
    { row: 0, column: 0, rowSpan: 1, columnSpan: 1, text: 'Place', bold: true },
    { row: 0, column: 1, rowSpan: 1, columnSpan: 2, text: 'Visitors', bold: true },
    ...['', 'adults', 'children'].map((text, column) => ({
      row: 1,
      column,
      rowSpan: 1,
      columnSpan: 1,
      text,
      bold: false,
    })),
    ...['Mill', '12', '7'].map((text, column) => ({
      row: 2,
      column,
      rowSpan: 1,
      columnSpan: 1,
      text,
      bold: false,
    })),
  ];
  expect(countHeaderRows(3, 3, cells)).toBe(2);
});

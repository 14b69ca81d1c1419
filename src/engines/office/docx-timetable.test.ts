import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cell, makeDocx, row, table } from '#test/support/make-docx.ts';
import { readDocx } from './docx-document.ts';

interface TimetableCell {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  text: string;
}

interface Timetable {
  rows: number;
  columns: number;
  cells: TimetableCell[];
}

const subject = fc.constantFrom(
  'Maths',
  'Art & Design',
  'PE <Hall 2>',
  'Deutsch\nRaum 12',
  'Größe "A"',
  'History  of  Art',
  '',
);

/** A grid in which some cells span over their free neighbours. */
const timetable: fc.Arbitrary<Timetable> = fc
  .record({
    rows: fc.integer({ min: 1, max: 9 }),
    columns: fc.integer({ min: 1, max: 7 }),
    wishes: fc.array(
      fc.record({
        down: fc.integer({ min: 1, max: 3 }),
        across: fc.integer({ min: 1, max: 3 }),
        text: subject,
      }),
      { minLength: 63, maxLength: 63 },
    ),
  })
  .map(({ rows, columns, wishes }) => ({ rows, columns, cells: fillGrid(rows, columns, wishes) }));

function fillGrid(
  rows: number,
  columns: number,
  wishes: readonly { down: number; across: number; text: string }[],
): TimetableCell[] {
  const taken = new Set<number>();
  const cells: TimetableCell[] = [];
  const isFree = (r: number, c: number): boolean =>
    r < rows && c < columns && !taken.has(r * columns + c);
  for (let r = 0; r < rows; r += 1) {
    for (let c = 0; c < columns; c += 1) {
      if (!isFree(r, c)) continue;
      const wish = wishes[cells.length] ?? { down: 1, across: 1, text: '' };
      let columnSpan = 1;
      while (columnSpan < wish.across && isFree(r, c + columnSpan)) columnSpan += 1;
      const rowSpan = Math.min(wish.down, rows - r);
      for (let i = r; i < r + rowSpan; i += 1) {
        for (let j = c; j < c + columnSpan; j += 1) taken.add(i * columns + j);
      }
      cells.push({ row: r, column: c, rowSpan, columnSpan, text: wish.text });
    }
  }
  return cells;
}

/** The grid as Word writes it: a continued cell for every row that a cell reaches into. */
function writeTable({ rows, columns, cells }: Timetable): string {
  return table(
    Array.from({ length: rows }, (_, r) => {
      const written: string[] = [];
      for (let c = 0; c < columns;) {
        const found = cells.find(
          (one) => one.row <= r && r < one.row + one.rowSpan && one.column === c,
        );
        if (found === undefined) throw new Error(`nothing at ${r}, ${c}`);
        const span = found.columnSpan > 1 ? `<w:gridSpan w:val="${found.columnSpan}"/>` : '';
        const merge =
          found.rowSpan === 1
            ? ''
            : found.row === r
              ? '<w:vMerge w:val="restart"/>'
              : '<w:vMerge/>';
        written.push(cell(found.row === r ? found.text : '', span + merge));
        c += found.columnSpan;
      }
      return row(written);
    }),
  );
}

test('every generated timetable is read exactly: shape, every span, every text', () => {
  fc.assert(
    fc.property(timetable, (wanted) => {
      const document = readDocx(makeDocx({ body: writeTable(wanted) }));
      expect(document.pageCount).toBe(1);
      const found = document.page(1).zones[0]?.table;
      const cells = found?.cells.map((c) => {
        const { row: r, column, rowSpan, columnSpan, text } = c;
        return { row: r, column, rowSpan, columnSpan, text };
      });
      expect([found?.rows, found?.columns]).toEqual([wanted.rows, wanted.columns]);
      expect(cells).toEqual(
        wanted.cells.map((c) => Object.assign({}, c, { text: c.text.replace(/ +/g, ' ') })),
      );
    }),
    { numRuns: 200 },
  );
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Box } from '#kernel/word.ts';
import { findGrids, wordsLookTabular, wordsStandApart } from './find-grids.ts';
import type { PixelPlanes } from './pixel-planes.ts';
import { turnPlanes } from './pixel-planes.ts';
import { skewOf } from './page-skew.ts';
import { turnBox } from './turned-page.ts';

const dpi = 100;
const page = { widthPt: 432, heightPt: 576 };
const size = { width: 600, height: 800 };

interface DrawnCell {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
}

interface DrawnTable {
  rows: number;
  columns: number;
  cells: DrawnCell[];
}

/** Grids in which some cells take their neighbour below or to the right in. */
const tables: fc.Arbitrary<DrawnTable> = fc
  .record({
    rows: fc.integer({ min: 2, max: 7 }),
    columns: fc.integer({ min: 2, max: 5 }),
    choices: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 35, maxLength: 35 }),
  })
  .map(({ rows, columns, choices }) => ({ rows, columns, cells: spread(rows, columns, choices) }));

function spread(rows: number, columns: number, choices: readonly number[]): DrawnCell[] {
  const taken = new Set<string>();
  const cells: DrawnCell[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (taken.has(`${row},${column}`)) continue;
      const choice = choices[row * 5 + column] ?? 0;
      // Every row and column keeps a wall of its own in the first row and column.
      const isInner = row > 0 && column > 0;
      const isFree = !taken.has(`${row},${column + 1}`);
      const columnSpan = isInner && choice === 8 && column + 1 < columns && isFree ? 2 : 1;
      const rowSpan = isInner && choice === 9 && row + 1 < rows ? 2 : 1;
      cells.push({ row, column, rowSpan, columnSpan });
      for (let y = row; y < row + rowSpan; y++) {
        for (let x = column; x < column + columnSpan; x++) taken.add(`${y},${x}`);
      }
    }
  }
  return cells;
}

const left = 50;
const top = 60;
const cellWidth = 90;
const cellHeight = 46;

function edgesOf(cell: DrawnCell): { left: number; top: number; right: number; bottom: number } {
  return {
    left: left + cell.column * cellWidth,
    top: top + cell.row * cellHeight,
    right: left + (cell.column + cell.columnSpan) * cellWidth,
    bottom: top + (cell.row + cell.rowSpan) * cellHeight,
  };
}

function wordsOf(table: DrawnTable): (Box & { text: string })[] {
  return table.cells.map((cell) => {
    const { left: x, top: y, right, bottom } = edgesOf(cell);
    return {
      text: `r${cell.row}c${cell.column}`,
      x: ((x + right) / 2 - 20) / size.width,
      y: ((y + bottom) / 2 - 6) / size.height,
      width: 40 / size.width,
      height: 12 / size.height,
    };
  });
}

function blank(level = 255): PixelPlanes {
  const { width, height } = size;
  return { width, height, dpi, planes: [new Uint8Array(width * height).fill(level)] };
}

function fill(
  picture: PixelPlanes,
  box: ReturnType<typeof edgesOf>,
  levels: readonly number[],
): void {
  picture.planes.forEach((plane, channel) => {
    for (let y = box.top; y < box.bottom; y++) {
      plane.fill(levels[channel] ?? 0, y * size.width + box.left, y * size.width + box.right);
    }
  });
}

/** Rules two pixels wide around every cell, and bars for words. */
function drawRuled(table: DrawnTable, level: number): PixelPlanes {
  const picture = blank();
  for (const cell of table.cells) {
    const { left: x, top: y, right, bottom } = edgesOf(cell);
    fill(picture, { left: x, right: right + 2, top: y, bottom: y + 2 }, [level]);
    fill(picture, { left: x, right: right + 2, top: bottom, bottom: bottom + 2 }, [level]);
    fill(picture, { left: x, right: x + 2, top: y, bottom: bottom + 2 }, [level]);
    fill(picture, { left: right, right: right + 2, top: y, bottom: bottom + 2 }, [level]);
  }
  for (const { x, y, width, height } of wordsOf(table)) {
    const box = {
      left: Math.round(x * size.width),
      top: Math.round(y * size.height) + 4,
      right: Math.round((x + width) * size.width),
      bottom: Math.round((y + height) * size.height) - 3,
    };
    fill(picture, box, [30]);
  }
  return picture;
}

function expectGrid(found: ReturnType<typeof findGrids>, table: DrawnTable): void {
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ rows: table.rows, columns: table.columns });
  const places = found[0]?.cells.map(({ row, column, rowSpan, columnSpan }) => ({
    row,
    column,
    rowSpan,
    columnSpan,
  }));
  expect(places).toEqual(table.cells);
}

test('any ruled grid comes back with all its spans, be its rules black or pale', () => {
  fc.assert(
    fc.property(tables, fc.constantFrom(0, 120, 235), (table, level) => {
      fc.pre(table.cells.length >= 4);
      expectGrid(findGrids({ words: wordsOf(table), ...page }, drawRuled(table, level)), table);
    }),
    { numRuns: 40 },
  );
});

test('pale fills that differ in one colour channel only are told apart', () => {
  const cells = spread(3, 3, []);
  const table = { rows: 3, columns: 3, cells };
  const planes = [0, 1, 2].map(() => new Uint8Array(size.width * size.height).fill(255));
  const picture = { ...size, dpi, planes };
  for (const cell of cells) {
    const { left: x, top: y, right, bottom } = edgesOf(cell);
    fill(picture, { left: x, top: y, right: right - 3, bottom: bottom - 3 }, [255, 255, 225]);
  }
  expectGrid(findGrids({ words: wordsOf(table), ...page }, picture), table);
});

test('a crooked grid is found after it was turned upright, and its skew is told to a tenth of a degree', () => {
  const table = { rows: 4, columns: 4, cells: spread(4, 4, [0, 0, 0, 0, 0, 0, 8]) };
  for (const degrees of [-2.4, 1.3, 3.1]) {
    const crooked = turnPlanes(drawRuled(table, 0), degrees);
    const words = wordsOf(table).map((word) => ({ ...word, ...turnBox(word, degrees, page) }));
    const angle = skewOf(crooked);
    expect(angle).toBeGreaterThan(-degrees - 0.1);
    expect(angle).toBeLessThan(-degrees + 0.1);
    expectGrid(findGrids({ words, ...page }, crooked, angle), table);
  }
});

test('frames around running text and the grid lines of a chart are no tables', () => {
  const table = { rows: 6, columns: 4, cells: spread(6, 4, []) };
  const picture = drawRuled(table, 0);
  expect(findGrids({ words: wordsOf(table).slice(0, 3), ...page }, picture)).toEqual([]);
});

const row = (
  y: number,
  texts: readonly (readonly [number, string])[],
): (Box & { text: string })[] =>
  texts.flatMap(([x, text]) =>
    text.split(' ').map((word, index) => ({
      text: word,
      x:
        (x + 5.5 * text.split(' ').slice(0, index).join(' ').length + (index > 0 ? 5.5 : 0)) /
        page.widthPt,
      y: y / page.heightPt,
      width: (5.5 * word.length) / page.widthPt,
      height: 8 / page.heightPt,
    })),
  );

test('words that stand in rows and columns are a table without any rule', () => {
  const words = [
    ...row(50, [
      [40, 'Quarter'],
      [140, 'Visitors'],
      [240, 'Income'],
    ]),
    ...row(68, [
      [40, 'Spring'],
      [140, '3,184'],
      [240, '12,418'],
    ]),
    ...row(86, [
      [40, 'Summer'],
      [140, '7,962'],
      [240, '31,846'],
    ]),
    ...row(104, [
      [40, 'Closed'],
      [140, 'all winter'],
    ]),
    ...row(122, [
      [40, 'Year'],
      [140, '11,146'],
      [240, '44,264'],
    ]),
  ];
  const [grid] = findGrids({ words, ...page });
  expect(grid).toMatchObject({ seenBy: 'alignment', rows: 5, columns: 3 });
  expect(grid?.cells.find((cell) => cell.row === 3 && cell.column === 1)).toMatchObject({
    columnSpan: 2,
    inferredSpan: true,
  });
});

test('three columns of running text and a table of contents are no tables', () => {
  const prose = 'the old wheel turned all day';
  const columns = Array.from({ length: 12 }, (_, line) =>
    row(50 + line * 13, [
      [10, prose],
      [180, prose],
      [350, prose],
    ]),
  ).flat();
  expect(wordsLookTabular({ words: columns, ...page })).toBe(false);
  const contents = Array.from({ length: 6 }, (_, line) =>
    row(50 + line * 16, [
      [10, `${line}.`],
      [40, 'Work ................'],
      [300, `${line * 4}`],
    ]),
  ).flat();
  expect(wordsLookTabular({ words: contents, ...page })).toBe(false);
});

test('a page of prose does not stand apart', () => {
  const prose = Array.from({ length: 12 }, (_, line) =>
    row(50 + line * 13, [[10, 'Nobody remembers who he was but the stone above the door']]),
  ).flat();
  expect(wordsStandApart({ words: prose, ...page })).toBe(false);
});

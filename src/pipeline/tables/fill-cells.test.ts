import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillCells } from './fill-cells.ts';
import type { TableGrid } from './table-grid.ts';
import { turnBox } from './turned-page.ts';

const page = { widthPt: 600, heightPt: 800 };

function gridOf(angle = 0): TableGrid {
  const cells = [0, 1, 2, 3].map((index) => ({
    row: index >> 1,
    column: index & 1,
    rowSpan: 1,
    columnSpan: 1,
    x: 0.1 + (index & 1) * 0.4,
    y: 0.1 + (index >> 1) * 0.2,
    width: 0.4,
    height: 0.2,
  }));
  return {
    seenBy: 'rules',
    rows: 2,
    columns: 2,
    angle,
    cells,
    x: 0.1,
    y: 0.1,
    width: 0.8,
    height: 0.4,
  };
}

const word = (x: number, y: number, text = 'mill') => ({ text, x, y, width: 0.05, height: 0.01 });

test('words go to the cell that holds their centre, line by line from the left', () => {
  const words = [
    word(0.3, 0.15),
    word(0.2, 0.151),
    word(0.2, 0.18),
    word(0.7, 0.35),
    word(0.95, 0.9),
  ];
  const [table] = fillCells([gridOf()], words, page);
  expect(table?.cells.map((cell) => cell.lines)).toEqual([[[1, 0], [2]], [], [], [[3]]]);
});

test('a grid without words is no table', () => {
  expect(fillCells([gridOf()], [word(0.95, 0.9)], page)).toEqual([]);
});

test('words of a crooked page are looked for where they stand once it is upright', () => {
  const upright = [word(0.2, 0.2), word(0.6, 0.2), word(0.2, 0.4), word(0.6, 0.4)];
  const crooked = upright.map((box) => ({ ...box, ...turnBox(box, -3, page) }));
  const [table] = fillCells([gridOf(3)], crooked, page);
  expect(table?.cells.map((cell) => cell.lines)).toEqual([[[0]], [[1]], [[2]], [[3]]]);
});

test('turning a box there and back leaves it where it was', () => {
  const fraction = fc.double({ min: 0, max: 0.9, noNaN: true });
  fc.assert(
    fc.property(fraction, fraction, fc.double({ min: -7, max: 7, noNaN: true }), (x, y, angle) => {
      const box = { x, y, width: 0.1, height: 0.05 };
      const back = turnBox(turnBox(box, angle, page), -angle, page);
      expect(back.x).toBeCloseTo(x, 9);
      expect(back.y).toBeCloseTo(y, 9);
    }),
  );
});

test('a dash stands on the nearest line, and a box that reaches into the next line counts by its top', () => {
  const dash = { ...word(0.26, 0.142, '-'), height: 0.002 };
  const tall = { ...word(0.2, 0.15), height: 0.03 };
  const words = [dash, tall, word(0.35, 0.151), word(0.2, 0.17)];
  const [table] = fillCells([gridOf()], words, page);
  expect(table?.cells[0]?.lines).toEqual([[1, 0, 2], [3]]);
});

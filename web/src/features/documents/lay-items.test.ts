import { expect, test } from 'vitest';
import { columnsIn, layItems } from './lay-items.ts';

const items = [
  ...['f1', 'f2', 'f3'].map((id) => ({ kind: 'folder' as const, id })),
  ...['d1', 'd2'].map((id) => ({ kind: 'document' as const, id })),
];
const ids = (columns: number) =>
  layItems(items, columns).map(({ cells }) => cells.map(({ item }) => item.id));

test.each([
  [1, [['f1'], ['f2'], ['f3'], ['d1'], ['d2']]],
  [2, [['f1', 'f2'], ['f3'], ['d1', 'd2']]],
  [
    9,
    [
      ['f1', 'f2', 'f3'],
      ['d1', 'd2'],
    ],
  ],
])('in %i columns folders and documents keep to themselves', (columns, expected) => {
  expect(ids(columns)).toEqual(expected);
});

test('places are counted through', () => {
  const places = layItems(items, 2).flatMap(({ cells }) => cells.map(({ position }) => position));
  expect(places).toEqual([1, 2, 3, 4, 5]);
});

test.each([
  [0, 1],
  [300, 1],
  [390, 2],
  [1120, 5],
])('a width of %i holds %i cards', (width, columns) => {
  expect(columnsIn(width)).toBe(columns);
});

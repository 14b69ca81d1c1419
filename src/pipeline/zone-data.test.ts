import { expect, test } from 'vitest';
import { parseZoneData, tableOf, type ZoneData } from './zone-data.ts';

const cell = {
  row: 0,
  column: 0,
  rowSpan: 1,
  columnSpan: 2,
  text: 'a',
  x: 0,
  y: 0,
  width: 1,
  height: 1,
};

test.each<ZoneData>([
  { headingLevel: 2 },
  { list: [{ level: 0, ordered: true, marker: '1.', text: 'one' }] },
  { image: { x: 0.1, y: 0.1, width: 0.2, height: 0.2 } },
  { rows: 1, columns: 2, headerRows: 0, cells: [{ ...cell, wordFrom: 3, wordTo: 4 }] },
])('what was stored comes back: %o', (data) => {
  expect(parseZoneData(JSON.parse(JSON.stringify(data)))).toEqual(data);
});

test('data of an unknown or broken shape is left out', () => {
  expect(parseZoneData(null)).toBeUndefined();
  expect(parseZoneData({ note: 'by hand' })).toBeUndefined();
  expect(parseZoneData({ rows: 1, columns: 1, cells: [{ ...cell, row: '0' }] })).toBeUndefined();
  expect(parseZoneData({ headingLevel: 1, list: [{ text: 'x' }] })).toEqual({ headingLevel: 1 });
});

test('only data with cells is a table', () => {
  expect(tableOf({ headingLevel: 1 })).toBeUndefined();
  expect(tableOf({ rows: 1, columns: 2, cells: [cell] })).toMatchObject({ headerRows: 0 });
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TextLayerWord } from '#engines/page-engine.ts';
import type { Box } from '#kernel/word.ts';
import { cleanWords } from '../clean-words.ts';
import { a4, asRecognised, setLine } from '../sample-words.ts';
import type { TableGrid } from '../tables/table-grid.ts';
import { tableOf } from '../zone-data.ts';
import { layOutRecognised, layOutTextLayer } from './lay-out-page.ts';

const tool = 'fake 1';

/** A grid of equal cells over a box in points. */
function gridOver(
  box: { left: number; top: number; width: number; height: number },
  rows: number,
  columns: number,
): TableGrid {
  const width = box.width / columns / a4.widthPt;
  const height = box.height / rows / a4.heightPt;
  const x = box.left / a4.widthPt;
  const y = box.top / a4.heightPt;
  const cells = Array.from({ length: rows * columns }, (_, index) => {
    const row = Math.floor(index / columns);
    const column = index % columns;
    const place = { x: x + column * width, y: y + row * height, width, height };
    return { row, column, rowSpan: 1, columnSpan: 1, ...place };
  });
  const whole = { x, y, width: width * columns, height: height * rows };
  return { seenBy: 'rules', rows, columns, angle: 0, cells, ...whole };
}

const above = setLine({ text: 'Here is what came of it all.', left: 50, top: 100 });
const cells = [
  setLine({ text: 'Quarter', left: 60, top: 140 }),
  setLine({ text: 'Visitors', left: 210, top: 140 }),
  setLine({ text: 'Spring', left: 60, top: 160 }),
  setLine({ text: 'term', left: 60, top: 172 }),
  setLine({ text: '3,184', left: 210, top: 160 }),
];
const below = setLine({ text: 'It was a good year.', left: 50, top: 220 });
const grid = gridOver({ left: 50, top: 130, width: 300, height: 60 }, 2, 2);

test('a table is a zone between the text above and below it, its words cell by cell', () => {
  const words = [...above, ...cells.flat(), ...below];
  const layout = layOutTextLayer(words, a4, tool, { tables: [grid] });
  expect(layout.zones.map(({ kind }) => kind)).toEqual(['text', 'table', 'text']);
  const [, zone] = layout.zones;
  expect(zone?.content).toBe('Quarter\tVisitors\nSpring term\t3,184');
  expect(tableOf(zone?.data)).toMatchObject({
    rows: 2,
    columns: 2,
    headerRows: 1,
    cells: [
      { text: 'Quarter', wordFrom: 7, wordTo: 7 },
      { text: 'Visitors', wordFrom: 8, wordTo: 8 },
      { text: 'Spring\nterm', wordFrom: 9, wordTo: 10 },
      { text: '3,184', wordFrom: 11, wordTo: 11 },
    ],
  });
  expect(layout.words.slice(9, 11).map((word) => word.text)).toEqual(['Spring', 'term']);
});

test('a recognised table stands where it does on the page, whatever the recogniser made of its cells', () => {
  const lines = asRecognised([above, below, ...cells]);
  const layout = layOutRecognised(lines, a4, tool, { tables: [grid] });
  expect(layout.zones.map(({ kind }) => kind)).toContain('table');
  expect(layout.text).toContain('Quarter\tVisitors\nSpring term\t3,184');
});

test('a table set smaller than the text does not make headings of the text', () => {
  const small = cells.map((line) => line.map((word) => ({ ...word, fontSizePt: 7 })));
  const words = [...above, ...small.flat(), ...below];
  const layout = layOutTextLayer(words, a4, tool, { tables: [grid] });
  expect(layout.zones.map(({ kind }) => kind)).toEqual(['text', 'table', 'text']);
});

test('a figure takes the caption below it, and stands alone without one', () => {
  const caption = setLine({ text: 'Figure 3. The wheel', left: 60, top: 330 });
  const image = { x: 50 / a4.widthPt, y: 0.17, width: 0.5, height: 0.2 };
  const figures = [{ box: image, confidence: 1 }];
  const captioned = layOutTextLayer([...above, ...caption], a4, tool, { figures });
  expect(captioned.zones.map(({ kind, content }) => [kind, content])).toEqual([
    ['text', 'Here is what came of it all.'],
    ['figure', 'Figure 3. The wheel'],
  ]);
  expect(captioned.zones[1]).toMatchObject({ y: 0.17, data: { image } });
  const bare = layOutTextLayer([...above, ...below.slice(0, 0)], a4, tool, { figures });
  expect(bare.zones[1]).toMatchObject({ kind: 'figure', content: '', wordFrom: 7, wordTo: 6 });
  expect(bare.text).toBe('Here is what came of it all.');
});

test('entries of a list are one zone, with their depth and the lines that hang under them', () => {
  const words = [
    setLine({ text: 'We repaired the following things', left: 50, top: 100 }),
    setLine({ text: '• the weir and the hole below it', left: 60, top: 112 }),
    setLine({ text: 'which had been there since May', left: 70, top: 124 }),
    setLine({ text: '• the wheel', left: 60, top: 136 }),
    setLine({ text: '– five buckets', left: 80, top: 148 }),
    setLine({ text: '– one pinion', left: 80, top: 160 }),
    setLine({ text: '• the roof', left: 60, top: 180 }),
  ].flat();
  const { zones } = layOutTextLayer(words, a4, tool);
  const list = zones.find((zone) => zone.data?.list !== undefined)?.data?.list;
  expect(zones[0]?.content).toBe('We repaired the following things');
  expect(list?.map(({ text, marker, level }) => [level, marker, text])).toEqual([
    [0, '•', 'the weir and the hole below it\nwhich had been there since May'],
    [0, '•', 'the wheel'],
    [1, '–', 'five buckets'],
    [1, '–', 'one pinion'],
    [0, '•', 'the roof'],
  ]);
});

test('numbers that count on are a list, and a year at the start of a line is none', () => {
  const numbered = ['1. open the sluice', '2. wait', '3. close the sluice'];
  const words = numbered.flatMap((text, row) => setLine({ text, left: 60, top: 100 + 12 * row }));
  const [zone] = layOutTextLayer(words, a4, tool).zones;
  expect(zone?.data?.list?.map(({ ordered, marker }) => [ordered, marker])).toEqual([
    [true, '1.'],
    [true, '2.'],
    [true, '3.'],
  ]);
  const prose = ['The wheel was built in', '1891. It has been turning', 'since.'];
  const other = prose.flatMap((text, row) => setLine({ text, left: 60, top: 100 + 12 * row }));
  expect(layOutTextLayer(other, a4, tool).zones[0]?.data).toBeUndefined();
});

test('a first line without descenders does not hide the gap between paragraphs', () => {
  const line = (text: string, top: number): TextLayerWord[] =>
    setLine({ text, left: 50, top }).map((word) => {
      const height = /[gpy]/.test(word.text) ? 10.8 : 8.4;
      return { ...word, height: height / a4.heightPt };
    });
  // Letters that reach below the baseline make a box higher by 2.4 pt: half of that moves its centre.
  const words = [
    line('the wheel is old', 100),
    line('and goes by paging', 117),
    line('from year to year', 134),
    line('gladly it turns by', 157.5),
    line('day and by night', 174.5),
  ];
  expect(layOutTextLayer(words.flat(), a4, tool).zones).toHaveLength(2);
});

const anyBox: fc.Arbitrary<Box> = fc.record({
  x: fc.double({ min: 0, max: 0.9, noNaN: true }),
  y: fc.double({ min: 0, max: 0.9, noNaN: true }),
  width: fc.double({ min: 0.01, max: 0.1, noNaN: true }),
  height: fc.double({ min: 0.001, max: 0.04, noNaN: true }),
});

const anyWord: fc.Arbitrary<TextLayerWord> = fc
  .record({
    box: anyBox,
    text: fc.constantFrom('•', '1.', '2.', 'Figure', '7', 'mill', '-', 'Wheel'),
    fontSizePt: fc.constantFrom(0, 9, 11, 20),
  })
  .map(({ box, text, fontSizePt }) => ({
    ...box,
    text,
    fontSizePt,
    confidence: 1,
    fontWeight: 400,
  }));

test('with tables and figures anywhere, every word stays in exactly one zone and text splits into the words', () => {
  const anyGrid = fc
    .tuple(anyBox, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .map(([{ x, y }, rows, columns]) =>
      gridOver({ left: x * 500, top: y * 700, width: 200, height: 150 }, rows, columns),
    );
  fc.assert(
    fc.property(
      fc.array(anyWord, { maxLength: 50 }),
      fc.array(anyGrid, { maxLength: 3 }),
      fc.array(anyBox, { maxLength: 3 }),
      (words, tables, boxes) => {
        const figures = boxes.map((box) => ({ box, confidence: 0.8 }));
        const clean = cleanWords(words);
        const { zones, words: laid, text } = layOutTextLayer(clean, a4, tool, { tables, figures });
        expect(laid).toHaveLength(clean.length);
        expect(text.split(/\s+/).filter(Boolean)).toEqual(laid.map((word) => word.text));
        let next = 0;
        for (const [index, zone] of zones.entries()) {
          expect([zone.position, zone.wordFrom]).toEqual([index + 1, next]);
          next = zone.wordTo + 1;
          const own = laid.slice(zone.wordFrom, next);
          expect(zone.content.split(/\s+/).filter(Boolean)).toEqual(own.map((word) => word.text));
          for (const word of own) {
            expect(word.x).toBeGreaterThanOrEqual(zone.x - 1e-9);
            expect(word.y + word.height).toBeLessThanOrEqual(zone.y + zone.height + 1e-9);
          }
          for (const cell of tableOf(zone.data)?.cells ?? []) {
            const inCell = laid.slice(cell.wordFrom ?? 0, (cell.wordTo ?? -1) + 1);
            expect(cell.text.split(/\s+/).filter(Boolean)).toEqual(inCell.map((word) => word.text));
          }
        }
        expect(next).toBe(laid.length);
      },
    ),
    { numRuns: 200 },
  );
});

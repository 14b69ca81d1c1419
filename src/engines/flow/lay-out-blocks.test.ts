import { Buffer } from 'node:buffer';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { scanXml } from '../office/xml-scanner.ts';
import { drawPage } from './draw-page.ts';
import type { BlockTable, FlowBlock } from './flow-block.ts';
import { layOutBlocks } from './lay-out-blocks.ts';
import { packPage, parsePage } from './page-message.ts';

const words = fc
  .array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), { maxLength: 60 })
  .map((list) => list.join(' ').replace(/\p{Cc}/gu, ''));

const table: fc.Arbitrary<BlockTable> = fc
  .array(fc.array(words, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 })
  .map((rows) => ({
    rows: rows.length,
    columns: 5,
    headerRows: 1,
    cells: rows.flatMap((texts, row) =>
      texts.map((text, column) => ({ row, column, rowSpan: 1 + (row % 2), columnSpan: 1, text })),
    ),
  }));

const block: fc.Arbitrary<FlowBlock> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text: words,
    notes: fc.array(words, { maxLength: 1 }),
  }),
  fc.record({
    kind: fc.constant('heading' as const),
    level: fc.integer({ min: 1, max: 6 }),
    text: words,
  }),
  fc.record({ kind: fc.constant('fixed' as const), lines: fc.array(words, { maxLength: 5 }) }),
  fc.record({ kind: fc.constant('table' as const), table }),
  fc.record({
    kind: fc.constant('break' as const),
    cause: fc.constantFrom('author' as const, 'section' as const, 'noted' as const),
  }),
  fc.record({
    kind: fc.constant('list' as const),
    items: fc.array(
      fc.record({ level: fc.nat(9), ordered: fc.boolean(), marker: fc.constant('•'), text: words }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
);

function lettersOf(blocks: readonly FlowBlock[]): string {
  const texts = blocks.flatMap((one): readonly string[] => {
    if (one.kind === 'text') return [one.text, ...(one.notes ?? [])];
    if (one.kind === 'heading') return [one.text];
    if (one.kind === 'fixed') return one.lines;
    if (one.kind === 'list') return one.items.map((item) => `${item.marker}${item.text}`);
    return one.kind === 'table' ? one.table.cells.map((cell) => cell.text) : [];
  });
  return sorted(texts.join(''));
}

function sorted(text: string): string {
  return Array.from(text.replace(/\s/g, '')).toSorted().join('');
}

test('every letter of any blocks is on exactly one page, in boxes inside it, and the parts agree', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
      const pages = layOutBlocks(blocks).map((page, index) => parsePage(packPage(page, index + 1)));
      const found = pages.flatMap((page) => page.words.map((word) => word.text));
      expect(sorted(found.join(''))).toBe(lettersOf(blocks));
      for (const page of pages) {
        let next = 0;
        for (const zone of page.zones) {
          expect(zone.wordFrom).toBe(next);
          next = zone.wordTo + 1;
          const own = page.words.slice(zone.wordFrom, next);
          expect(zone.content.split(/\s+/).filter(Boolean)).toEqual(own.map((word) => word.text));
          for (const word of own) {
            expect(word.x).toBeGreaterThanOrEqual(zone.x - 1e-6);
            expect(word.y + word.height).toBeLessThanOrEqual(zone.y + zone.height + 1e-6);
          }
          for (const cell of zone.table?.cells ?? []) {
            if (cell.wordFrom === undefined || cell.wordTo === undefined) continue;
            const texts = page.words.slice(cell.wordFrom, cell.wordTo + 1).map((word) => word.text);
            expect(cell.text.split(/\s+/)).toEqual(texts);
          }
        }
        expect(next).toBe(page.words.length);
      }
    }),
    { numRuns: 60 },
  );
});

test('a picture of a page is well-formed and shows every word', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 4 }), (blocks) => {
      for (const page of layOutBlocks(blocks)) {
        const shown: string[] = [];
        scanXml(drawPage(page), 'page.svg', {
          open(name, attributes) {
            expect(['svg', 'g', 'rect', 'text']).toContain(name);
            expect(attributes).not.toMatch(/href|\son\w+=|style=/);
          },
          close() {},
          text: (text) => void shown.push(text.trim()),
        });
        const wanted = page.zones.flatMap((zone) => zone.content.split(/\s+/));
        const text = shown.join('');
        expect(text.length).toBe(wanted.join('').replace(/\s/g, '').length);
      }
    }),
    { numRuns: 30 },
  );
});

test('a table that fits on a page is not parted, a longer one is parted between rows', () => {
  const rows = (count: number): FlowBlock => ({
    kind: 'table',
    table: {
      rows: count,
      columns: 1,
      headerRows: 1,
      cells: Array.from({ length: count }, (_, row) => ({
        row,
        column: 0,
        rowSpan: 1,
        columnSpan: 1,
        text: `row ${row}`,
      })),
    },
  });
  const filler: FlowBlock = { kind: 'text', text: 'filler '.repeat(900) };
  const [, second] = layOutBlocks([filler, rows(20)]);
  expect(second?.zones.find((zone) => zone.kind === 'table')?.table?.rows).toBe(20);
  const parts = layOutBlocks([rows(100)]).map((page) => page.zones[0]?.table);
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.reduce((sum, part) => sum + (part?.rows ?? 0), 0)).toBe(100);
  expect(parts.map((part) => part?.headerRows)).toEqual(
    parts.map((_, index) => (index === 0 ? 1 : 0)),
  );
});

test('a row taller than a page makes its page taller, and a table of many columns makes it wider', () => {
  const cells = [{ row: 0, column: 0, rowSpan: 1, columnSpan: 1, text: 'word '.repeat(3_000) }];
  const [page] = layOutBlocks([
    { kind: 'table', table: { rows: 1, columns: 30, headerRows: 0, cells } },
  ]);
  expect(page?.heightPt).toBeGreaterThan(842);
  const wide = Array.from({ length: 60 }, (_, column) => ({
    row: 0,
    column,
    rowSpan: 1,
    columnSpan: 1,
    text: 'abcdefgh',
  }));
  const [sheet] = layOutBlocks([
    { kind: 'table', table: { rows: 1, columns: 60, headerRows: 0, cells: wide } },
  ]);
  expect(sheet?.widthPt).toBeGreaterThan(595);
});

test('a heading is not left alone at the foot of a page', () => {
  const line: FlowBlock = { kind: 'fixed', lines: Array.from({ length: 52 }, () => 'x') };
  const pages = layOutBlocks([
    line,
    { kind: 'heading', level: 1, text: 'Next' },
    { kind: 'text', text: 'y' },
  ]);
  expect(pages.map((page) => page.zones.map((zone) => zone.kind))).toEqual([
    ['text'],
    ['heading', 'text'],
  ]);
});

test('a message whose words and boxes do not match is not believed', () => {
  const [page] = layOutBlocks([{ kind: 'text', text: 'two words' }]);
  const zone = page?.zones[0];
  for (const change of [
    { content: 'three small words' },
    { boxes: new Float32Array(7) },
    { kind: 'x' },
  ]) {
    const message = { number: 1, widthPt: 9, heightPt: 9, zones: [{ ...zone, ...change }] };
    expect(() => parsePage(message)).toThrow(expect.objectContaining({ code: 'engine.crashed' }));
  }
  expect(() => parsePage(Buffer.from('x'))).toThrow(
    expect.objectContaining({ code: 'engine.crashed' }),
  );
});

test('a cell that reaches over a page end goes on as an empty one', () => {
  const place = { rowSpan: 1, columnSpan: 1 };
  const spanned: BlockTable = {
    rows: 3,
    columns: 2,
    headerRows: 0,
    breaksBefore: [2],
    cells: [
      { row: 0, column: 0, rowSpan: 3, columnSpan: 1, text: 'left' },
      ...['a', 'b', 'c'].map((text, row) => Object.assign({}, place, { row, column: 1, text })),
    ],
  };
  const pages = layOutBlocks([{ kind: 'table', table: spanned }]);
  const found = pages.map((page, index) => parsePage(packPage(page, index + 1)).words);
  expect(found.map((own) => own.map((word) => word.text))).toEqual([['left', 'a', 'b'], ['c']]);
  const parts = pages.map((page) => page.zones[0]);
  expect(parts.map((part) => part?.content)).toEqual(['left\ta\n\tb', '\tc']);
  expect(
    parts.map((part) => part?.table?.cells.map((c) => [c.row, c.column, c.rowSpan, c.text])),
  ).toEqual([
    [
      [0, 0, 2, 'left'],
      [0, 1, 1, 'a'],
      [1, 1, 1, 'b'],
    ],
    [
      [0, 0, 1, ''],
      [0, 1, 1, 'c'],
    ],
  ]);
});

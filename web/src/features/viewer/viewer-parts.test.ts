import { expect, test } from 'vitest';
import type { PageSummary, SearchHit, Zone } from '#api/api-model.ts';
import { flowLines } from './flow-lines.ts';
import { tableRowsOf } from './table-cells.ts';
import { flattenHits } from './use-document-hits.ts';
import { fillPapers } from './use-papers.ts';
import { isLowConfidence } from './zone-confidence.ts';
import { neighbour } from './zone-walk.ts';
import { nextZoom } from './zoom-steps.ts';

test('zooming goes to the next step and stays at the ends', () => {
  expect(nextZoom(99, 1)).toBe(110);
  expect(nextZoom(87, 1)).toBe(90);
  expect(nextZoom(87, -1)).toBe(75);
  expect(nextZoom(25, -1)).toBe(25);
  expect(nextZoom(400, 1)).toBe(400);
});

test('text needs more confidence than tables, and tables more than drawings', () => {
  expect(isLowConfidence({ kind: 'text', confidence: 0.79 })).toBe(true);
  expect(isLowConfidence({ kind: 'text', confidence: 0.8 })).toBe(false);
  expect(isLowConfidence({ kind: 'table', confidence: 0.75 })).toBe(false);
  expect(isLowConfidence({ kind: 'diagram', confidence: 0.59 })).toBe(true);
});

test('lines of running text flow together and those of an address stay', () => {
  const prose = 'Wenlow Mill has stood at the bend of the River Sarn since\n1742.';
  expect(flowLines(prose)).toBe(prose.replace('\n', ' '));
  expect(flowLines('Mill Lane\nWenlow')).toBe('Mill Lane\nWenlow');
  expect(flowLines('')).toBe('');
});

test('pages not read yet take the size of the page before them', () => {
  const summary: PageSummary = {
    number: 2,
    width: 100,
    height: 50,
    rotation: 0,
    textSource: 'text_layer',
    tool: 'pdfium',
    confidence: 1,
    wordCount: 3,
    warnings: [],
  };
  const papers = fillPapers([summary], 3);
  expect(papers.map(({ width, summary: read }) => [width, read?.number])).toEqual([
    [100, undefined],
    [100, 2],
    [100, undefined],
  ]);
});

test('a page stored before the number of pages is known is shown', () => {
  expect(fillPapers([], 0)).toEqual([]);
});

const zone = (id: string): Zone => ({
  id,
  kind: 'text',
  position: 1,
  x: 0,
  y: 0,
  width: 1,
  height: 1,
  content: '',
  confidence: 1,
  tool: '',
  status: 'extracted',
  wordFrom: null,
  wordTo: null,
  data: null,
  polygon: null,
  rowVersion: 1,
});

test('the neighbour of a zone is the next in reading order and nothing at the ends', () => {
  const zones = [zone('a'), zone('b')];
  expect(neighbour(zones, undefined, 1)?.id).toBe('a');
  expect(neighbour(zones, undefined, -1)?.id).toBe('b');
  expect(neighbour(zones, 'a', 1)?.id).toBe('b');
  expect(neighbour(zones, 'b', 1)).toBeUndefined();
  expect(neighbour([], undefined, 1)).toBeUndefined();
});

const hit = (pageNumber: number): SearchHit => ({
  documentId: 'd',
  versionId: 'v',
  title: '',
  pageNumber,
  pageWidth: 1,
  pageHeight: 1,
  createdAt: '',
  snippet: [],
  boxes: [
    { x: 0, y: 0, width: 0.1, height: 0.1 },
    { x: 0.5, y: 0, width: 0.1, height: 0.1 },
  ],
});

test('hits come in page order, each with a key of its own', () => {
  const hits = flattenHits([hit(7), hit(2)]);
  expect(hits.map(({ page }) => page)).toEqual([2, 2, 7, 7]);
  expect(new Set(hits.map(({ key }) => key)).size).toBe(4);
});

test('the cells of a table are shown by rows, and data of another kind is no table', () => {
  const cell = { row: 0, column: 0, rowSpan: 1, columnSpan: 2, text: 'Monday', x: 0, y: 0 };
  const below = { ...cell, row: 1, columnSpan: 1, text: 'French' };
  const rows = tableRowsOf({ data: { rows: 2, columns: 2, headerRows: 1, cells: [cell, below] } });
  expect(rows?.map((row) => row.map(({ text, isHead }) => [text, isHead]))).toEqual([
    [['Monday', true]],
    [['French', false]],
  ]);
  expect(tableRowsOf({ data: { headingLevel: 1 } })).toBeNull();
  expect(tableRowsOf({ data: { cells: [{ row: 'x' }] } })).toBeNull();
  expect(tableRowsOf({ data: null })).toBeNull();
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PageReading } from '#pipeline/page-reading.ts';
import { edgeZonesOf, findRunningZones, withRunningZones } from '#pipeline/running-titles.ts';
import { makeReading, storeDocument } from '#test/support/factories.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import { listEdgeZones, markRunningZones } from './running-zone-repository.ts';
import { streamReading } from './stored-reading.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/** A page with a small heading at its upper edge, a large one, text, and its number at the lower edge. */
function pageOf(number: number): PageReading {
  const page = makeReading(number, 'Annual Report', 'Chapter', 'some text', `Page ${number}`);
  const tops = [0.04, 0.08, 0.4, 0.95];
  const zones = page.zones.map((zone, index) => ({
    ...zone,
    y: tops[index] ?? 0,
    height: 0.015,
    ...(index < 2 && { kind: 'heading' as const, data: { headingLevel: index === 0 ? 3 : 1 } }),
  }));
  return { ...page, zones };
}

test('headers and footers of stored pages are found and marked as those of pages in memory are', async () => {
  const pages = [pageOf(1), pageOf(2), pageOf(3)];
  const { versionId } = await storeDocument(db.database, { pages });
  const edges = await listEdgeZones(db.database.sql, versionId);
  const byPlace = (a: { page: number; position: number }, b: typeof a): number =>
    a.page - b.page || a.position - b.position;
  const inMemory = pages.flatMap(edgeZonesOf);
  expect(edges.sort(byPlace).map(({ page, position, text }) => [page, position, text])).toEqual(
    inMemory.map(({ page, position, text }) => [page, position, text]),
  );
  const running = findRunningZones(edges);
  await db.database.transaction((sql) => markRunningZones(sql, versionId, running));
  const stored = await Array.fromAsync(streamReading(db.database.sql, versionId));
  const kindsOf = (all: readonly PageReading[]): unknown =>
    all.map((page) => page.zones.map(({ kind, data }) => [kind, data]));
  expect(kindsOf(stored)).toEqual(kindsOf(withRunningZones(pages, running)));
  expect(stored[0]?.zones.map(({ kind }) => kind)).toEqual(['header', 'heading', 'text', 'footer']);
});

test('a figure without words and a table with its cells come back from storage', async () => {
  const page = makeReading(1, 'Quarter Visitors');
  const cell = { rowSpan: 1, columnSpan: 1, x: 0.1, y: 0.1, width: 0.2, height: 0.1 };
  const data = {
    rows: 1,
    columns: 2,
    headerRows: 0,
    cells: [
      { row: 0, column: 0, text: 'Quarter', wordFrom: 0, wordTo: 0, ...cell },
      { row: 0, column: 1, text: 'Visitors', wordFrom: 1, wordTo: 1, ...cell },
    ],
  };
  const [zone] = page.zones;
  if (zone === undefined) throw new Error('a paragraph is a zone');
  const table = { ...zone, kind: 'table' as const, content: 'Quarter\tVisitors', data };
  const image = { x: 0.1, y: 0.5, width: 0.4, height: 0.25 };
  const figure = {
    ...zone,
    ...image,
    kind: 'figure' as const,
    position: 2,
    content: '',
    wordFrom: 2,
    wordTo: 1,
    data: { image },
  };
  const text = 'Quarter\tVisitors';
  const { versionId } = await storeDocument(db.database, {
    pages: [{ ...page, text, zones: [table, figure] }],
  });
  const [stored] = await Array.fromAsync(streamReading(db.database.sql, versionId));
  expect(stored?.words.map((word) => word.text)).toEqual(['Quarter', 'Visitors']);
  expect(stored?.zones[0]).toMatchObject({ kind: 'table', data });
  expect(stored?.zones[1]).toMatchObject({ kind: 'figure', data: { image } });
  const bare = stored?.zones[1];
  expect((bare?.wordTo ?? 0) < (bare?.wordFrom ?? 0)).toBe(true);
});

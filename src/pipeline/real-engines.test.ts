import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngines, type Engines } from '#engines/create-engines.ts';
import { defaultEngineLimits } from '#engines/engine-limits.ts';
import type { SourceFile } from '#engines/source-file.ts';
import { silentLogger } from '#kernel/logger.ts';
import {
  makePdf,
  makeTemporaryFolder,
  type PdfPage,
  type TextLine,
} from '#test/support/make-files.ts';
import { scanRaster } from '#test/support/made-scan.ts';
import { drawTimetables, makeTimetable, timetableStyles } from '#test/support/made-timetable.ts';
import { oddPdf } from '#test/support/raw-pdf.ts';
import { faultsOf } from '#test/support/table-exactness.ts';
import { runPipeline } from './run-pipeline.ts';
import { tableOf } from './zone-data.ts';

const size = { width: 595, height: 842 };
const folder = makeTemporaryFolder();
let engines: Engines;

beforeAll(async () => {
  engines = await createEngines({
    ocr: 'auto',
    concurrency: 1,
    limits: defaultEngineLimits,
    logger: silentLogger,
  });
});

afterAll(async () => {
  await engines.close();
  folder.remove();
});

const sentences = [
  'The river rises early in the spring',
  'and carries wood down to the mill,',
  'where the old wheel has been turning',
  'since the days of the first owner.',
  'Nobody remembers who he was, but the',
  'stone above the door shows a fish and',
  'the year in which the roof was built.',
  'Children are told not to climb there.',
];

const title: TextLine = { text: 'The mill by the river', x: 60, y: 760, size: 24 };

/** Two columns of the same prose, the second one numbered by a word of its own, drawn row by row. */
const columnLines = sentences.flatMap((text, row) => [
  { text, x: 60, y: 700 - row * 14, size: 11 },
  { text: text.replace('the', 'this'), x: 320, y: 700 - row * 14, size: 11 },
]);

const columnsPage: PdfPage = { ...size, lines: [title, ...columnLines] };

const expectedText = [
  title.text,
  ...sentences,
  ...sentences.map((text) => text.replace('the', 'this')),
].join(' ');

async function scanOf(page: PdfPage): Promise<Uint8Array> {
  const file = folder.save('printed.pdf', await makePdf([page]), 'application/pdf');
  const raster = await engines.pageEngineFor('application/pdf').renderGray(file, 1, 200);
  const { width, height, pixels } = raster;
  const raw = { width, height, channels: 1 as const };
  return sharp(pixels, { raw }).withMetadata({ density: 200 }).png().toBuffer();
}

test('a born-digital page, a scanned page and a blank page become one reading', async () => {
  const bytes = await scanOf(columnsPage);
  const pdf = await makePdf(
    [columnsPage, { ...size, image: { bytes, x: 0, y: 0, ...size } }, size],
    {
      title: 'untitled',
    },
  );
  const file = folder.save('mixed.pdf', pdf, 'application/pdf');
  const { pages, facts } = await runPipeline(file, { engines });
  const [digital, scanned, blank] = pages;
  expect(digital).toMatchObject({ textSource: 'text_layer', confidence: 1, warnings: [] });
  expect(digital?.text.replaceAll(/\s+/g, ' ')).toBe(expectedText);
  expect(digital?.zones[0]).toMatchObject({ kind: 'heading', content: title.text });
  expect(scanned?.textSource).toBe('local_ocr');
  expect(scanned?.text.replaceAll(/\s+/g, ' ')).toBe(expectedText);
  expect(scanned?.confidence).toBeGreaterThan(0.9);
  expect(scanned?.zones[0]).toMatchObject({ kind: 'heading', data: { headingLevel: 1 } });
  expect(blank?.warnings).toEqual(['blank_page']);
  expect(facts).toMatchObject({
    missingPages: [],
    pagesWithoutText: [3],
    titleSuggestion: title.text,
  });
});

test('the words of a scan stand where those of the print do', async () => {
  const bytes = await scanOf(columnsPage);
  const print = folder.save('print.pdf', await makePdf([columnsPage]), 'application/pdf');
  const scan = folder.save('scan.png', bytes, 'image/png');
  const [[printed] = [], [scanned] = []] = await Promise.all(
    [print, scan].map(async (file) => (await runPipeline(file, { engines })).pages),
  );
  expect(scanned?.widthPt).toBeCloseTo(size.width, -1);
  expect(scanned?.words).toHaveLength(printed?.words.length ?? -1);
  scanned?.words.forEach((word, index) => {
    expect(Math.abs(word.x - (printed?.words[index]?.x ?? 2))).toBeLessThan(0.01);
    expect(Math.abs(word.y - (printed?.words[index]?.y ?? 2))).toBeLessThan(0.01);
  });
});

function sample(name: string): SourceFile {
  const bytes = readFileSync(new URL(`../../samples/${name}`, import.meta.url));
  return folder.save(name, bytes, 'application/pdf');
}

test('the timetable of the samples is read whole: title, note and every cell', async () => {
  const { pages } = await runPipeline(sample('school-timetable.pdf'), { engines });
  const [page] = pages;
  expect(page?.zones.map(({ kind }) => kind)).toEqual(['heading', 'text', 'table', 'text']);
  const table = tableOf(page?.zones[2]?.data);
  expect(table).toMatchObject({ rows: 9, columns: 6, headerRows: 1 });
  const textAt = (row: number, column: number): unknown =>
    table?.cells.find((cell) => cell.row === row && cell.column === column);
  expect(textAt(0, 3)).toMatchObject({ text: 'Wednesday' });
  expect(textAt(4, 1)).toMatchObject({ text: 'Break', columnSpan: 5 });
  expect(textAt(7, 5)).toMatchObject({ text: 'Art and Design\nStudio', rowSpan: 2 });
  expect(textAt(8, 5)).toBeUndefined();
});

test('the report of the samples has its tables, lists, headers and footers', async () => {
  const { pages } = await runPipeline(sample('museum-report.pdf'), { engines });
  const tables = pages.flatMap((page) => page.zones.flatMap((zone) => tableOf(zone.data) ?? []));
  expect(tables.map(({ rows, columns, headerRows }) => [rows, columns, headerRows])).toEqual([
    [6, 5, 1],
    [6, 3, 1],
  ]);
  expect(tables[0]?.cells[6]).toMatchObject({ row: 1, column: 1, text: '3,184' });
  const lists = pages.flatMap((page) => page.zones.flatMap((zone) => zone.data?.list ?? []));
  expect(lists).toHaveLength(10);
  const kinds = pages.map((page) => page.zones.map(({ kind }) => kind));
  expect(kinds.filter((own) => own.includes('header'))).toHaveLength(4);
  expect(kinds.every((own) => own.at(-1) === 'footer')).toBe(true);
  const paragraphs = pages[1]?.zones.filter(({ kind }) => kind === 'text');
  expect(paragraphs).toHaveLength(8);
});

test.each(timetableStyles)('a scanned timetable is read cell by cell: %s', async (style) => {
  const week = makeTimetable(repeatable(7), style);
  const print = folder.save('week.pdf', await drawTimetables([week]), 'application/pdf');
  const colour = await engines.pageEngineFor('application/pdf').renderColour?.(print, 1, 200);
  if (colour === undefined) throw new Error('a PDF page can be rendered in colour');
  const { bytes, mediaType } = await scanRaster(colour, { skew: 0.8 }, repeatable(8));
  const scan = folder.save(`week-${style}.png`, bytes, mediaType);
  const { pages } = await runPipeline(scan, { engines });
  const tables = pages.flatMap((page) => page.zones.flatMap((zone) => tableOf(zone.data) ?? []));
  expect(tables).toHaveLength(1);
  const faults = tables.flatMap((table) => faultsOf(week, table));
  // A letter may be misread; the cells may not.
  expect(faults.length).toBeLessThanOrEqual(1);
});

/** Numbers in 0..1, the same every time (Park and Miller's generator). */
function repeatable(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

test('a damaged file is refused with its own code', async () => {
  const file = folder.save('broken.pdf', Buffer.from('%PDF-1.7\nnothing'), 'application/pdf');
  await expect(runPipeline(file, { engines })).rejects.toMatchObject({ code: 'file.damaged' });
});

test('the form fields of a file come with its reading, and a file without lists has none', async () => {
  const field = '<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(Ada)/Rect[9 9 90 90]/P 3 0 R>>';
  const form = { catalog: '/AcroForm<</Fields[5 0 R]>>', page: '/Annots[5 0 R]', more: [field] };
  const file = folder.save('form.pdf', oddPdf(form), 'application/pdf');
  const { contents } = await runPipeline(file, { engines });
  expect(contents?.fields).toEqual([{ name: 'name', type: 'text', value: 'Ada', page: 1 }]);
  const plain = folder.save('plain.pdf', oddPdf(), 'application/pdf');
  expect(await runPipeline(plain, { engines })).not.toHaveProperty('contents');
});

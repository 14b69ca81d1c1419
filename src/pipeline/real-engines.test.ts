import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngines, type Engines } from '#engines/create-engines.ts';
import { defaultEngineLimits } from '#engines/engine-limits.ts';
import { silentLogger } from '#kernel/logger.ts';
import {
  makePdf,
  makeTemporaryFolder,
  type PdfPage,
  type TextLine,
} from '#test/support/make-files.ts';
import { runPipeline } from './run-pipeline.ts';

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

test('a damaged file is refused with its own code', async () => {
  const file = folder.save('broken.pdf', Buffer.from('%PDF-1.7\nnothing'), 'application/pdf');
  await expect(runPipeline(file, { engines })).rejects.toMatchObject({ code: 'file.damaged' });
});

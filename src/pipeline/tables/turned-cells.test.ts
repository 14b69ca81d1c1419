import { degrees, PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngines, type Engines } from '#engines/create-engines.ts';
import { defaultEngineLimits } from '#engines/engine-limits.ts';
import { silentLogger } from '#kernel/logger.ts';
import { makeTemporaryFolder } from '#test/support/make-files.ts';
import { runPipeline } from '../run-pipeline.ts';
import { tableOf } from '../zone-data.ts';
import { mayStand } from './turned-cells.ts';

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

const bands = [
  { standing: 'Morning Session', cells: ['Mathematics', 'Geography', 'English'] },
  { standing: 'Afternoon Club', cells: ['Swimming', 'Drawing', 'Football'] },
];

/** Two bands of three rows, each with a narrow cell at its left whose words run up the page (or down). */
async function drawTable(turn: 90 | -90): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const page = document.addPage([420, 420]);
  const font = await document.embedFont(StandardFonts.Helvetica);
  const rule = (x: number, y: number, width: number, height: number): void => {
    page.drawRectangle({ x, y, width, height, borderWidth: 1, borderColor: rgb(0, 0, 0) });
  };
  bands.forEach(({ standing, cells }, band) => {
    const top = 380 - band * 150;
    rule(40, top - 150, 30, 150);
    const start = turn === 90 ? { x: 60, y: top - 130 } : { x: 50, y: top - 20 };
    page.drawText(standing, { ...start, size: 13, font, rotate: degrees(turn) });
    cells.forEach((text, row) => {
      rule(70, top - (row + 1) * 50, 150, 50);
      rule(220, top - (row + 1) * 50, 150, 50);
      page.drawText(text, { x: 80, y: top - row * 50 - 30, size: 13, font });
      page.drawText(`Room ${band * 3 + row + 11}`, {
        x: 235,
        y: top - row * 50 - 30,
        size: 13,
        font,
      });
    });
  });
  const pdf = folder.save(`table${turn}.pdf`, await document.save(), 'application/pdf');
  const raster = await engines.pageEngineFor('application/pdf').renderGray(pdf, 1, 200);
  const { width, height, pixels } = raster;
  return sharp(pixels, { raw: { width, height, channels: 1 } })
    .withMetadata({ density: 200 })
    .png()
    .toBuffer();
}

test.for([
  ['up', 90],
  ['down', -90],
] as const)('words that run %s a narrow column are read', async ([name, turn]) => {
  const file = folder.save(`${name}.png`, await drawTable(turn), 'image/png');
  const [page] = (await runPipeline(file, { engines })).pages;
  const [table] = (page?.zones ?? []).flatMap(({ data }) => tableOf(data) ?? []);
  const standing = (table?.cells ?? []).filter(({ column }) => column === 0);
  expect(standing.map(({ text }) => text)).toEqual(bands.map((band) => band.standing));
  expect(table?.cells.filter(({ column }) => column === 1).map(({ text }) => text)).toEqual(
    bands.flatMap(({ cells }) => cells),
  );
  for (const cell of standing) {
    const words = page?.words.slice(cell.wordFrom, (cell.wordTo ?? -1) + 1) ?? [];
    expect(words.length).toBe(2);
    for (const word of words) {
      expect(word.x).toBeGreaterThan(cell.x);
      expect(word.x + word.width).toBeLessThan(cell.x + cell.width);
      expect(word.height).toBeGreaterThan(2 * word.width);
    }
    const [first, second] = words;
    expect(Math.sign((second?.y ?? 0) - (first?.y ?? 0))).toBe(turn === 90 ? -1 : 1);
  }
});

test('print that is wider than high does not stand', () => {
  const crop = { pixels: new Uint8Array(0), left: 0, top: 0, inverted: false };
  expect(mayStand({ ...crop, width: 20, height: 100 })).toBe(true);
  expect(mayStand({ ...crop, width: 60, height: 40 })).toBe(false);
});

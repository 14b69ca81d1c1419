import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngines, type Engines } from '#engines/create-engines.ts';
import { defaultEngineLimits } from '#engines/engine-limits.ts';
import type { OcrOptions } from '#engines/ocr-engine.ts';
import type { GrayImage } from '#engines/page-engine.ts';
import { silentLogger } from '#kernel/logger.ts';
import { makePdf, makeTemporaryFolder } from '#test/support/make-files.ts';
import { mapInk } from '../ink.ts';
import type { PageReading } from '../page-reading.ts';
import { runPipeline } from '../run-pipeline.ts';
import { findStand, findTurn, looksMisread } from './find-stand.ts';
import { profileLines } from './line-profile.ts';
import { turnRaster, type PageStand } from './page-stand.ts';

const folder = makeTemporaryFolder();
const text = [
  'The river rises early in the spring',
  'and carries wood down to the mill,',
  'where the old wheel has been turning',
  'since the days of the first owner.',
  'Nobody remembers who he was, but the',
  'stone above the door shows a fish.',
];
const size = { width: 320, height: 220 };
let engines: Engines;
let page: GrayImage;

beforeAll(async () => {
  engines = await createEngines({
    ocr: 'auto',
    concurrency: 1,
    limits: defaultEngineLimits,
    logger: silentLogger,
  });
  const lines = text.map((line, row) => ({ text: line, x: 40, y: 160 - row * 18, size: 12 }));
  const file = folder.save('page.pdf', await makePdf([{ ...size, lines }]), 'application/pdf');
  page = await engines.pageEngineFor('application/pdf').renderGray(file, 1, 200);
});

afterAll(async () => {
  await engines.close();
  folder.remove();
});

function lying(stand: PageStand): GrayImage {
  return turnRaster(page, stand);
}

async function read(
  image: GrayImage,
  name: string,
): Promise<{ reading: PageReading; asked: number }> {
  const { width, height, pixels } = image;
  const png = await sharp(pixels, { raw: { width, height, channels: 1 } })
    .withMetadata({ density: 200 })
    .png()
    .toBuffer();
  let asked = 0;
  const counting = {
    ...engines,
    ocr: {
      ...engines.ocr,
      recognise: (given: GrayImage, options: OcrOptions) => {
        asked += 1;
        return engines.ocr.recognise(given, options);
      },
    },
  };
  const file = folder.save(`${name}.png`, png, 'image/png');
  const { pages } = await runPipeline(file, { engines: counting });
  const [reading] = pages;
  if (reading === undefined) throw new Error('no page');
  return { reading, asked };
}

/** The middle of the first word, in pixels of the raster it was read from. */
function firstWord(reading: PageReading, image: GrayImage): [x: number, y: number] {
  const [word] = reading.words;
  if (word === undefined) throw new Error('no words');
  return [(word.x + word.width / 2) * image.width, (word.y + word.height / 2) * image.height];
}

test('an upright page is recognised once and as it stands', async () => {
  const { reading, asked } = await read(page, 'upright');
  expect(reading.text.split(/\s+/)).toEqual(text.join(' ').split(' '));
  expect(reading.warnings).toEqual([]);
  expect(asked).toBe(1);
});

test.for([
  [90, 'turned_270'],
  [180, 'turned_180'],
  [270, 'turned_90'],
] as const)(
  'a page that lies turned by %d degrees is read, and its words lie where they are printed',
  async ([turn, warning]) => {
    const image = lying({ turn, degrees: 0 });
    const { reading } = await read(image, `turned-${turn}`);
    expect(reading.text.split(/\s+/)).toEqual(text.join(' ').split(' '));
    expect(reading.warnings).toEqual([warning]);
    expect(reading.rotation).toBe(0);
    expect(reading.widthPt > reading.heightPt).toBe(image.width > image.height);
    const upright = await read(page, 'upright-again');
    const [x, y] = firstWord(upright.reading, page);
    const [shownX, shownY] = firstWord(reading, image);
    const expected = {
      90: [page.height - y, x],
      180: [page.width - x, page.height - y],
      270: [y, page.width - x],
    }[turn];
    expect(Math.abs(shownX - (expected[0] ?? 0))).toBeLessThan(6);
    expect(Math.abs(shownY - (expected[1] ?? 0))).toBeLessThan(6);
    for (const zone of reading.zones) {
      const word = reading.words[zone.wordFrom];
      expect(word?.x).toBeGreaterThanOrEqual(zone.x - 1e-9);
      expect(word?.y).toBeGreaterThanOrEqual(zone.y - 1e-9);
    }
  },
);

test('a page that lies six degrees crooked is straightened, and its words lie where they are printed', async () => {
  const image = lying({ turn: 0, degrees: 6 });
  const { reading } = await read(image, 'crooked');
  expect(reading.text.split(/\s+/)).toEqual(text.join(' ').split(' '));
  expect(reading.warnings).toEqual([]);
  // Rows fall to the right: the last word of a line lies lower than the first.
  const last = reading.words.findIndex((word) => word.text === 'spring');
  const rise = (reading.words[last]?.y ?? 0) - (reading.words[0]?.y ?? 0);
  const run = (reading.words[last]?.x ?? 0) - (reading.words[0]?.x ?? 0);
  const slope = (rise * image.height) / (run * image.width);
  expect((Math.atan(slope) * 180) / Math.PI).toBeCloseTo(6, 0);
});

test('the ink tells lines that run down the page, and how far rows fall', () => {
  const profile = (stand: PageStand) => profileLines(mapInk(lying(stand)));
  expect(profile({ turn: 0, degrees: 0 })?.rowsOverColumns).toBeGreaterThan(1.2);
  expect(profile({ turn: 90, degrees: 0 })?.rowsOverColumns).toBeLessThan(0.75);
  expect(profile({ turn: 0, degrees: -4 })?.slopeDegrees).toBe(-4);
  expect(profileLines({ cellPx: 1, columns: 100, rows: 100, spots: [] })).toBeUndefined();
});

test('where no way up reads better than another the page stays as it stands', async () => {
  const side = lying({ turn: 90, degrees: 0 });
  const map = mapInk(side);
  const nothing = async () => [];
  expect(await findStand(side, map, 220, nothing)).toEqual({ turn: 0, degrees: 0 });
  const word = { text: 'everything', confidence: 0.9, block: 1, paragraph: 1, line: 1 };
  const box = { x: 0, y: 0, width: 0.1, height: 0.1 };
  const same = async () => [
    { ...word, ...box },
    { ...word, ...box },
  ];
  expect(await findTurn(side, map, [90, 180, 270], same)).toBe(0);
  expect(looksMisread([{ ...word, ...box, confidence: 0.3 }], map)).toBe(true);
  expect(looksMisread([{ ...word, ...box }], map)).toBe(false);
});

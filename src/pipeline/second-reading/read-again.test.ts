import { expect, test } from 'vitest';
import type { OcrEngine, OcrOptions, OcrWord } from '#engines/ocr-engine.ts';
import type { GrayImage } from '#engines/page-engine.ts';
import { readingOfRecognition } from '../build-reading.ts';
import { parseZoneData } from '../zone-data.ts';
import { withAlternatives } from './keep-alternatives.ts';
import { readAgain } from './read-again.ts';

const raster = { width: 1_000, height: 1_000, pixels: new Uint8Array(1_000_000), dpi: 200 };
const ink = { cellPx: 1, columns: 1_000, rows: 1_000, spots: [] };
const first = { raster, ink, noise: 0, localThreshold: false };

function words(...read: [text: string, confidence: number][]): OcrWord[] {
  return read.map(([text, confidence], index) => ({
    text,
    confidence,
    x: 0.1 + 0.2 * index,
    y: 0.1,
    width: 0.18,
    height: 0.02,
    block: 1,
    paragraph: 1,
    line: 1,
  }));
}

function reader(second: readonly OcrWord[]): {
  source: { ocr: OcrEngine; languages: readonly string[]; call: object };
  asked: { image: GrayImage; options: OcrOptions }[];
} {
  const asked: { image: GrayImage; options: OcrOptions }[] = [];
  const ocr: OcrEngine = {
    name: 'fake',
    version: 'fake 1',
    concurrency: 1,
    languages: ['eng'],
    languagePackage: (language) => language,
    recognise: (image, options) => {
      asked.push({ image, options });
      return Promise.resolve({ words: [...second] });
    },
    close: () => Promise.resolve(),
  };
  return { source: { ocr, languages: ['eng'], call: {} }, asked };
}

test('a page that was read surely is read once', async () => {
  const { source, asked } = reader([]);
  const sure = words(['Delivery', 0.95], ['address', 0.94]);
  expect(await readAgain({ ...first, words: sure }, source)).toEqual({ words: sure, rejected: [] });
  expect(asked).toEqual([]);
});

test('a doubtful page is read again in another way, and its zone keeps the reading not taken', async () => {
  const { source, asked } = reader(words(['Delivery', 0.95], ['address', 0.9]));
  const doubtful = words(['De1ivcry', 0.5], ['addrcss', 0.55]);
  const { words: best, rejected } = await readAgain({ ...first, words: doubtful }, source);
  expect(best.map(({ text }) => text)).toEqual(['Delivery', 'address']);
  expect(asked[0]?.options).toEqual({ languages: ['eng'], localThreshold: true });
  expect(asked[0]?.image.width).toBe(1_400);
  const frame = { number: 1, widthPt: 500, heightPt: 500, rotation: 0 };
  const reading = withAlternatives(
    readingOfRecognition(frame, best, 'fake 1', () => 0),
    rejected,
  );
  const [zone] = reading.zones;
  expect(zone?.content).toBe('Delivery address');
  expect(zone?.data?.alternatives).toMatchObject([{ text: 'De1ivcry addrcss', x: 0.1, y: 0.1 }]);
  expect(parseZoneData(JSON.parse(JSON.stringify(zone?.data)))).toEqual(zone?.data);
  expect(parseZoneData({ alternatives: [{ text: 1 }] })).toBeUndefined();
});

test('ink outside of all words is reason enough to look again', async () => {
  const { source, asked } = reader([]);
  const sure = words(['Delivery', 0.95], ['address', 0.94]);
  const spots = Array.from({ length: 40 }, (_, index) => ({
    left: 100 + index * 20,
    top: 600,
    right: 112 + index * 20,
    bottom: 618,
    area: 120,
  }));
  await readAgain({ ...first, words: sure, ink: { ...ink, spots } }, source);
  expect(asked.length).toBe(1);
});

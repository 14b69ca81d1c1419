import { expect, test } from 'vitest';
import type { GrayImage } from '#engines/page-engine.ts';
import { drawRaster, letterBoxes } from './fake-engines.ts';
import { isBlank, letterHeightPx, mapInk, unreadInkShare } from './ink.ts';
import { estimateNoise } from '#engines/raster-quality.ts';
import { setColumn, setLine } from './sample-words.ts';

const words = setColumn({ left: 50, top: 60, widthPt: 480, lines: 30, firstWord: 1 }).flat();

function withNoise(image: GrayImage, amplitude: number): GrayImage {
  let seed = 1;
  const pixels = image.pixels.map((level) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return Math.min(255, Math.max(0, level + ((seed % 1_000) / 500 - 1) * amplitude));
  });
  return { ...image, pixels };
}

test.each([
  ['white paper', drawRaster(100), true],
  ['evenly gray paper', { ...drawRaster(100), pixels: drawRaster(100).pixels.fill(180) }, true],
  ['noisy paper', withNoise(drawRaster(100), 8), true],
  [
    'a page number alone',
    drawRaster(100, letterBoxes(setLine({ text: '7', left: 290, top: 800 }))),
    false,
  ],
  ['a page of text', drawRaster(100, letterBoxes(words)), false],
  ['a picture', drawRaster(100, [{ x: 0.2, y: 0.2, width: 0.5, height: 0.3 }]), false],
  ['nothing at all', { width: 0, height: 0, pixels: new Uint8Array(), dpi: 0 }, true],
])('whether %s counts as blank', (_name, image, blank) => {
  expect(isBlank(mapInk(image))).toBe(blank);
});

test('a page number is seen even at the resolution of a glance', () => {
  const image = drawRaster(50, letterBoxes(setLine({ text: '7', left: 290, top: 800 })));
  expect(isBlank(mapInk(image))).toBe(false);
});

test.each([100, 150, 200, 300])('letters are measured at %i dpi', (dpi) => {
  const height = letterHeightPx(mapInk(drawRaster(dpi, letterBoxes(words)))) ?? 0;
  const drawn = (7 / 72) * dpi;
  expect(Math.abs(height - drawn)).toBeLessThan(0.25 * drawn);
});

test('too few letters say nothing about their height', () => {
  expect(letterHeightPx(mapInk(drawRaster(100)))).toBeUndefined();
});

test('all ink is read when every word is, and lines that were lost are noticed', () => {
  const ink = mapInk(drawRaster(200, letterBoxes(words)));
  expect(unreadInkShare(ink, words)).toBe(0);
  const half = words.slice(0, Math.floor(words.length / 2));
  expect(unreadInkShare(ink, half)).toBeCloseTo(0.5, 1);
  expect(unreadInkShare(ink, [])).toBe(0);
});

test('pictures, rules and specks are not text left unread', () => {
  const others = [
    { x: 0.1, y: 0.6, width: 0.6, height: 0.3 },
    { x: 0.05, y: 0.05, width: 0.9, height: 0.001 },
    { x: 0.05, y: 0.95, width: 0.001, height: 0.001 },
  ];
  const ink = mapInk(drawRaster(200, [...letterBoxes(words), ...others]));
  expect(unreadInkShare(ink, words)).toBe(0);
});

test('spots that meet later are one spot', () => {
  const u = [
    { x: 0.3, y: 0.3, width: 0.02, height: 0.1 },
    { x: 0.4, y: 0.3, width: 0.02, height: 0.1 },
    { x: 0.3, y: 0.4, width: 0.12, height: 0.02 },
  ];
  expect(mapInk(drawRaster(100, u)).spots).toHaveLength(1);
});

test('noise is zero on a clean render and grows with the noise', () => {
  const clean = drawRaster(100, letterBoxes(words));
  expect(estimateNoise(clean)).toBe(0);
  const some = estimateNoise(withNoise(clean, 6));
  const more = estimateNoise(withNoise(clean, 30));
  expect(some).toBeGreaterThan(1);
  expect(more).toBeGreaterThan(some);
});

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  otherPreparation,
  prepareForRecognition,
  upscaleGray,
  type RasterFacts,
} from './ocr-preparation.ts';

const render: RasterFacts = {
  fromImageFile: false,
  imageCoverage: 0,
  noise: 0,
  unevenLight: false,
  letterHeightPx: 14,
  renderedSmaller: false,
  dpi: 200,
  widthPx: 1654,
  heightPx: 2339,
};
const scan: RasterFacts = { ...render, fromImageFile: true, imageCoverage: 1, letterHeightPx: 17 };

test.each<[string, RasterFacts, { threshold: boolean; upscale: number; rerenderDpi?: number }]>([
  ['a fresh render', render, { threshold: false, upscale: 1 }],
  [
    'a rendered page with small type',
    { ...render, letterHeightPx: 8 },
    { threshold: false, upscale: 1, rerenderDpi: 300 },
  ],
  ['a rendered scan', { ...render, imageCoverage: 1 }, { threshold: true, upscale: 1 }],
  [
    'a noisy render with small type',
    { ...render, noise: 9, letterHeightPx: 8 },
    { threshold: true, upscale: 1 },
  ],
  [
    'a page rendered smaller to fit',
    { ...render, dpi: 60, letterHeightPx: undefined, renderedSmaller: true },
    { threshold: false, upscale: 1 },
  ],
  ['a rendered page of 9 pt', { ...render, letterHeightPx: 12 }, { threshold: false, upscale: 1 }],
  ['an image of 9 pt', { ...scan, letterHeightPx: 12 }, { threshold: false, upscale: 20 / 12 }],
  ['a good scan', scan, { threshold: false, upscale: 1 }],
  ['a scan with a little noise', { ...scan, noise: 1.2 }, { threshold: true, upscale: 1 }],
  ['a photo with a shadow', { ...scan, unevenLight: true }, { threshold: true, upscale: 1 }],
  [
    'a clean image at 100 dpi',
    { ...scan, dpi: 100, letterHeightPx: 7, widthPx: 827, heightPx: 1170 },
    { threshold: false, upscale: 20 / 7 },
  ],
  [
    'a noisy image at 100 dpi',
    { ...scan, dpi: 100, letterHeightPx: 7, noise: 9 },
    { threshold: true, upscale: 1 },
  ],
  [
    'a large photo that claims 72 dpi',
    { ...scan, dpi: 72, letterHeightPx: 30 },
    { threshold: false, upscale: 1 },
  ],
  [
    'a sparse image at 150 dpi',
    { ...scan, dpi: 150, letterHeightPx: undefined },
    { threshold: false, upscale: 2 },
  ],
  [
    'a sparse image of unknown resolution',
    { ...scan, dpi: 0, letterHeightPx: undefined },
    { threshold: false, upscale: 1 },
  ],
  [
    'tiny type',
    { ...scan, letterHeightPx: 3, widthPx: 500, heightPx: 700 },
    { threshold: false, upscale: 4 },
  ],
])('%s', (_name, facts, expected) => {
  const { localThreshold, upscale, rerenderDpi } = prepareForRecognition(facts);
  expect(localThreshold).toBe(expected.threshold);
  expect(upscale).toBeCloseTo(expected.upscale);
  expect(rerenderDpi).toBe(expected.rerenderDpi);
});

test('an enlarged raster never holds more than 40 million pixels', () => {
  const { upscale } = prepareForRecognition({
    ...scan,
    letterHeightPx: 6,
    widthPx: 4_000,
    heightPx: 5_000,
  });
  expect(upscale ** 2 * 20_000_000).toBeLessThanOrEqual(40_000_001);
});

test('enlarging keeps flat areas flat and edges where they were', () => {
  const pixels = Uint8Array.from({ length: 64 }, (_, i) => (i % 8 < 4 ? 0 : 255));
  const out = upscaleGray({ width: 8, height: 8, pixels, dpi: 100 }, 3);
  expect(out).toMatchObject({ width: 24, height: 24, dpi: 300 });
  const row = [...out.pixels.subarray(0, 24)];
  expect(row.slice(0, 9)).toEqual(Array(9).fill(0));
  expect(row.slice(15)).toEqual(Array(9).fill(255));
  expect(row[11]).toBeLessThan(128);
  expect(row[12]).toBeGreaterThan(127);
});

test('an evenly gray raster of any size stays so at any factor', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 255 }),
      fc.double({ min: 1, max: 4, noNaN: true }),
      (width, height, level, factor) => {
        const pixels = new Uint8Array(width * height).fill(level);
        const out = upscaleGray({ width, height, pixels, dpi: 0 }, factor);
        expect(out.pixels).toHaveLength(out.width * out.height);
        expect(out.pixels.every((value) => value === level)).toBe(true);
      },
    ),
  );
});

test('a second look takes the other threshold and larger letters, but never a global one on noise', () => {
  const page = { noise: 0, letterHeightPx: 20, widthPx: 1_000, heightPx: 1_000 };
  expect(otherPreparation({ ...page, localThreshold: false })).toEqual({
    localThreshold: true,
    upscale: 1.4,
  });
  expect(otherPreparation({ ...page, localThreshold: true }).localThreshold).toBe(false);
  const noisy = { ...page, noise: 8, letterHeightPx: 30, localThreshold: true };
  expect(otherPreparation(noisy)).toEqual({ localThreshold: true, upscale: 1 });
});

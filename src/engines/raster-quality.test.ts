import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GrayImage } from './page-engine.ts';
import { estimateNoise, inkCoverage, isBlank, lightIsUneven } from './raster-quality.ts';

function paint(width: number, height: number, colour: (x: number, y: number) => number): GrayImage {
  const pixels = Uint8Array.from({ length: width * height }, (_, at) =>
    Math.min(255, Math.max(0, colour(at % width, Math.floor(at / width)))),
  );
  return { width, height, pixels, dpi: 200 };
}

/** A generator of normal deviates that gives the same page every time. */
function deviates(): () => number {
  let state = 1;
  const uniform = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Lines of strokes, such as text makes, on 400 x 300 pixels. */
const isStroke = (x: number, y: number): boolean => y % 30 < 12 && x % 7 < 2 && x > 40 && x < 360;

/** Paper in bad light with black edges, as a scanner with an open lid makes it. */
const shade = (x: number, y: number): number => (x < 6 || y < 4 ? 0 : 240 - y / 8);

const isLine = (x: number, y: number): boolean => y > 150 && y < 160 && isStroke(x, y);

test('a render has no noise, whatever is drawn on it', () => {
  expect(estimateNoise(paint(400, 300, (x, y) => (isStroke(x, y) ? 0 : 255)))).toBeLessThan(0.5);
});

test.for([2, 5, 10, 20])('noise of %d gray levels is told within a fifth, text or not', (sigma) => {
  const next = deviates();
  const blank = paint(400, 300, () => 190 + sigma * next());
  const text = paint(400, 300, (x, y) => (y < 100 && isStroke(x, y) ? 60 : 190) + sigma * next());
  expect(Math.abs(estimateNoise(blank) / sigma - 1)).toBeLessThan(0.2);
  expect(Math.abs(estimateNoise(text) / sigma - 1)).toBeLessThan(0.25);
});

test('ink is counted, and what lies in boxes can be left out', () => {
  const image = paint(400, 300, (x, y) => (x >= 100 && x < 110 && y >= 50 && y < 60 ? 0 : 255));
  expect(inkCoverage(image)).toBeCloseTo(100 / 120_000, 8);
  const around = { x: 0.25, y: 50 / 300, width: 10 / 400, height: 10 / 300 };
  expect(inkCoverage(image, [around])).toBe(0);
  expect(inkCoverage(image, [{ ...around, x: 0.6 }])).toBeCloseTo(100 / 120_000, 8);
});

test('shade and noise are no ink', () => {
  const next = deviates();
  expect(inkCoverage(paint(400, 300, (x) => 250 - x / 3 + 6 * next()))).toBe(0);
});

test('a page is blank with specks, dark edges and shade, and not with a line of text', () => {
  expect(isBlank(paint(400, 300, (x, y) => (x === 99 && y % 150 === 77 ? 0 : shade(x, y))))).toBe(
    true,
  );
  expect(isBlank(paint(400, 300, (x, y) => (isLine(x, y) ? 30 : shade(x, y))))).toBe(false);
});

test('images of any size are measured without harm', () => {
  const size = fc.integer({ min: 1, max: 70 });
  fc.assert(
    fc.property(size, size, fc.integer({ min: 1, max: 255 }), (width, height, step) => {
      const image = paint(width, height, (x, y) => (x * y * step) % 256);
      const share = inkCoverage(image, [{ x: 0.2, y: 0.9, width: 0.8, height: 0.1 }]);
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
      expect(estimateNoise(image)).toBeGreaterThanOrEqual(0);
      expect([true, false]).toContain(isBlank(image));
    }),
  );
});

test('a shadow over half of the page is uneven light; text, a dark fill and a gray sheet are not', () => {
  const text = (x: number, y: number): number => (y % 20 < 8 && x % 7 < 3 ? 20 : 245);
  expect(lightIsUneven(paint(600, 800, text))).toBe(false);
  expect(lightIsUneven(paint(600, 800, (x, y) => (y < 60 ? 30 : text(x, y))))).toBe(false);
  expect(lightIsUneven(paint(600, 800, () => 180))).toBe(false);
  expect(lightIsUneven(paint(600, 800, (x, y) => text(x, y) - (x / 600) * 90))).toBe(true);
  expect(lightIsUneven(paint(3, 2, () => 255))).toBe(false);
});

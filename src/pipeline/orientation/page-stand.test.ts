import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  boxAsShown,
  turnRaster,
  turnSize,
  type PageStand,
  type QuarterTurn,
} from './page-stand.ts';

const quarters: readonly QuarterTurn[] = [0, 90, 180, 270];

/** A raster with one dark pixel. */
function withDot(width: number, height: number, x: number, y: number, channels: 1 | 3) {
  const pixels = new Uint8Array(width * height * channels).fill(255);
  pixels.fill(0, (y * width + x) * channels, (y * width + x + 1) * channels);
  return { width, height, pixels, dpi: 200 };
}

test('a dot found on the turned raster is given back to its place on the page', () => {
  const place = fc.record({
    width: fc.integer({ min: 1, max: 90 }),
    height: fc.integer({ min: 1, max: 90 }),
    x: fc.nat(89),
    y: fc.nat(89),
    turn: fc.constantFrom(...quarters),
    channels: fc.constantFrom(1 as const, 3 as const),
  });
  fc.assert(
    fc.property(place, ({ width, height, x, y, turn, channels }) => {
      fc.pre(x < width && y < height);
      const stand = { turn, degrees: 0 };
      const turned = turnRaster(withDot(width, height, x, y, channels), stand, channels);
      expect([turned.width, turned.height]).toEqual(
        Object.values(turnSize({ width, height }, stand)),
      );
      const at = turned.pixels.indexOf(0) / channels;
      const box = {
        x: (at % turned.width) / turned.width,
        y: Math.floor(at / turned.width) / turned.height,
        width: 1 / turned.width,
        height: 1 / turned.height,
      };
      const back = boxAsShown(box, stand, { width, height });
      expect(back.x * width).toBeCloseTo(x, 6);
      expect(back.y * height).toBeCloseTo(y, 6);
      expect(back.width * width).toBeCloseTo(1, 6);
    }),
  );
});

test('a quarter clockwise brings the lower left corner to the upper left', () => {
  const turned = turnRaster(withDot(4, 3, 0, 2, 1), { turn: 90, degrees: 0 });
  expect(turned.pixels.indexOf(0)).toBe(0);
});

test.for([
  [0, 5],
  [0, -9.5],
  [90, 4],
  [180, -3.3],
] as const)('a blot is found again after %d and %d degrees', ([turn, degrees]) => {
  const size = { width: 300, height: 200 };
  const image = { ...size, pixels: new Uint8Array(60_000).fill(255), dpi: 100 };
  for (let y = 30; y < 40; y++) image.pixels.fill(0, y * 300 + 250, y * 300 + 260);
  const stand: PageStand = { turn, degrees };
  const turned = turnRaster(image, stand);
  const dark: [number, number][] = [];
  turned.pixels.forEach((level, at) => {
    if (level < 128) dark.push([at % turned.width, Math.floor(at / turned.width)]);
  });
  const middle = (axis: 0 | 1): number =>
    dark.reduce((sum, place) => sum + place[axis], 0) / dark.length + 0.5;
  const box = { x: middle(0) / turned.width, y: middle(1) / turned.height, width: 0, height: 0 };
  const back = boxAsShown(box, stand, size);
  expect(back.x * 300).toBeCloseTo(255, 0);
  expect(back.y * 200).toBeCloseTo(35, 0);
  expect(dark.length).toBeGreaterThan(80);
});

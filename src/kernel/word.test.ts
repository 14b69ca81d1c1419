import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { type Box, boundingBox, clampBox } from './word.ts';

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const wild = fc.double({ min: -3, max: 3, noNaN: true });
const boxOnPage: fc.Arbitrary<Box> = fc
  .tuple(fraction, fraction, fraction, fraction)
  .map(([x, y, w, h]) => ({ x, y, width: w * (1 - x), height: h * (1 - y) }));
const boxAnywhere: fc.Arbitrary<Box> = fc.record({
  x: wild,
  y: wild,
  width: fc.double({ min: 0, max: 3, noNaN: true }),
  height: fc.double({ min: 0, max: 3, noNaN: true }),
});
/** Sums and differences of fractions are not exact. */
const slack = 1e-12;

function contains(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x + slack &&
    outer.y <= inner.y + slack &&
    outer.x + outer.width >= inner.x + inner.width - slack &&
    outer.y + outer.height >= inner.y + inner.height - slack
  );
}

test('no boxes have no bounding box', () => {
  expect(boundingBox([])).toBeUndefined();
});

test('two boxes are bounded by the smallest one around both', () => {
  const boxes = [
    { x: 0.25, y: 0.5, width: 0.25, height: 0.125 },
    { x: 0.125, y: 0.625, width: 0.125, height: 0.25 },
  ];
  expect(boundingBox(boxes)).toEqual({ x: 0.125, y: 0.5, width: 0.375, height: 0.375 });
});

test('a bounding box holds every box and touches one on each side', () => {
  fc.assert(
    fc.property(fc.array(boxOnPage, { minLength: 1, maxLength: 20 }), (boxes) => {
      const bounds = boundingBox(boxes);
      if (bounds === undefined) throw new Error('there must be bounds');
      expect(boxes.every((box) => contains(bounds, box))).toBe(true);
      expect(bounds.x).toBe(Math.min(...boxes.map((box) => box.x)));
      expect(bounds.y).toBe(Math.min(...boxes.map((box) => box.y)));
      const right = Math.max(...boxes.map((box) => box.x + box.width));
      const bottom = Math.max(...boxes.map((box) => box.y + box.height));
      expect(bounds.x + bounds.width).toBeCloseTo(right, 12);
      expect(bounds.y + bounds.height).toBeCloseTo(bottom, 12);
    }),
  );
});

test('a clamped box lies on the page and inside what it was, and clamping it again changes nothing', () => {
  fc.assert(
    fc.property(boxAnywhere, (box) => {
      const clamped = clampBox(box);
      expect(contains({ x: 0, y: 0, width: 1, height: 1 }, clamped)).toBe(true);
      expect(Math.min(clamped.width, clamped.height)).toBeGreaterThanOrEqual(0);
      if (clamped.width > slack && clamped.height > slack)
        expect(contains(box, clamped)).toBe(true);
      const again = clampBox(clamped);
      expect(again.x).toBe(clamped.x);
      expect(again.width).toBeCloseTo(clamped.width, 12);
      expect(again.height).toBeCloseTo(clamped.height, 12);
    }),
  );
});

test.each<[string, Box, Box]>([
  [
    'hangs over the left edge',
    { x: -0.25, y: 0, width: 0.5, height: 1 },
    { x: 0, y: 0, width: 0.25, height: 1 },
  ],
  [
    'hangs over the right edge',
    { x: 0.75, y: 0.5, width: 0.5, height: 0.25 },
    { x: 0.75, y: 0.5, width: 0.25, height: 0.25 },
  ],
  [
    'lies below the page',
    { x: 0, y: 1.5, width: 1, height: 0.5 },
    { x: 0, y: 1, width: 1, height: 0 },
  ],
  [
    'covers more than the page',
    { x: -1, y: -1, width: 3, height: 3 },
    { x: 0, y: 0, width: 1, height: 1 },
  ],
])('a box that %s keeps what is on the page', (_, box, expected) => {
  expect(clampBox(box)).toEqual(expected);
});

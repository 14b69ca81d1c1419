import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LineDirection, type PageFrame, placeBox, shownSize } from './page-placement.ts';

const rotations = [0, 90, 180, 270] as const;
const directions: readonly LineDirection[] = ['right', 'up', 'down'];

/** Back from the page's own coordinates to fractions of the page as shown. */
function show(frame: PageFrame, [x, y]: readonly [number, number]): [number, number] {
  const width = frame.right - frame.left;
  const height = frame.top - frame.bottom;
  const u = (x - frame.left) / width;
  const v = (frame.top - y) / height;
  // A quarter turn clockwise brings the left edge to the top.
  if (frame.rotation === 90) return [1 - v, u];
  if (frame.rotation === 180) return [1 - u, 1 - v];
  if (frame.rotation === 270) return [v, 1 - u];
  return [u, v];
}

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const offset = fc.double({ min: -500, max: 500, noNaN: true });
const side = fc.double({ min: 1, max: 2_000, noNaN: true });

test('text that fills its place covers exactly the box it was given, however the page is turned', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...rotations),
      fc.constantFrom(...directions),
      fc.tuple(offset, offset, side, side),
      fc.tuple(fraction, fraction, fraction, fraction),
      (rotation, direction, [left, bottom, width, height], [x0, y0, x1, y1]) => {
        const frame = { left, bottom, right: left + width, top: bottom + height, rotation };
        const box = {
          x: Math.min(x0, x1),
          y: Math.min(y0, y1),
          width: Math.abs(x1 - x0),
          height: Math.abs(y1 - y0),
        };
        const placed = placeBox(frame, box, direction);
        const [cosine, sine] = placed.direction;
        const corners = [
          [0, 0],
          [placed.length, 0],
          [0, placed.size],
          [placed.length, placed.size],
        ].map(([along = 0, across = 0]) =>
          show(frame, [
            placed.x + along * cosine - across * sine,
            placed.y + along * sine + across * cosine,
          ]),
        );
        const us = corners.map(([u]) => u);
        const vs = corners.map(([, v]) => v);
        expect(Math.min(...us)).toBeCloseTo(box.x, 6);
        expect(Math.max(...us)).toBeCloseTo(box.x + box.width, 6);
        expect(Math.min(...vs)).toBeCloseTo(box.y, 6);
        expect(Math.max(...vs)).toBeCloseTo(box.y + box.height, 6);
      },
    ),
  );
});

test('upright text starts at the lower left corner of its box', () => {
  const frame = { left: 10, bottom: 20, right: 110, top: 220, rotation: 0 };
  const box = { x: 0.1, y: 0.2, width: 0.3, height: 0.1 };
  expect(placeBox(frame, box, 'right')).toEqual({
    x: 20,
    y: expect.closeTo(160, 9),
    length: expect.closeTo(30, 9),
    size: expect.closeTo(20, 9),
    direction: [1, 0],
  });
});

test('a page that is turned sideways is shown with its sides exchanged', () => {
  const frame = { left: 0, bottom: 0, right: 300, top: 400, rotation: 90 };
  expect(shownSize(frame)).toEqual({ widthPt: 400, heightPt: 300 });
  expect(shownSize({ ...frame, rotation: 180 })).toEqual({ widthPt: 300, heightPt: 400 });
});

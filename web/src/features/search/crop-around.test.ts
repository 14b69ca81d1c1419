import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cropAround } from './crop-around.ts';

const page = { width: 600, height: 800 };
const part = fc.double({ min: 0, max: 1, noNaN: true });

test('the crop holds the first place found and stays on the page', () => {
  fc.assert(
    fc.property(part, part, part, (x, y, share) => {
      const box = { x, y, width: (1 - x) * share, height: Math.min(0.05, 1 - y) };
      const crop = cropAround([box], page, 5 / 2);
      expect(crop.x).toBeGreaterThanOrEqual(0);
      expect(crop.y).toBeGreaterThanOrEqual(0);
      expect(crop.x + crop.width).toBeLessThanOrEqual(page.width + 1e-6);
      expect(crop.y + crop.height).toBeLessThanOrEqual(page.height + 1e-6);
      expect(crop.x).toBeLessThanOrEqual(box.x * page.width + 1e-6);
      expect(crop.x + crop.width).toBeGreaterThanOrEqual((box.x + box.width) * page.width - 1e-6);
      expect(crop.width / crop.height).toBeCloseTo(5 / 2);
    }),
  );
});

test('without a place the top of the page is shown', () => {
  expect(cropAround([], page, 5 / 2)).toEqual({ x: 0, y: 0, width: 600, height: 240 });
});

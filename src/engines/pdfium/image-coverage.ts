import type { PageObjects } from './page-objects.ts';

const cells = 64;

/**
 * Share of the page as shown that images cover, 0..1, to about a 64th of its sides; overlapping images
 * count once. Boxes are left, top, right and bottom as fractions of the page.
 */
export function imageCoverage(images: PageObjects['images']): number {
  if (images.length === 0) return 0;
  const covered = new Uint8Array(cells * cells);
  for (const [left, top, right, bottom] of images) {
    for (let row = Math.round(top * cells); row < Math.round(bottom * cells); row += 1) {
      covered.fill(
        1,
        row * cells + Math.round(left * cells),
        row * cells + Math.round(right * cells),
      );
    }
  }
  return covered.reduce((sum, cell) => sum + cell, 0) / covered.length;
}

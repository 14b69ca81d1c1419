import type { GrayImage } from '#engines/page-engine.ts';

const samples = 10_000;
/** Pixels this far apart are different letters' edges, not noise. */
const edgeStep = 60;

/**
 * Pixel noise of a raster in gray levels, about 1.4 times its standard deviation: the upper quartile of
 * differences between pixels four apart, edges left out. 0 for a clean render, 1 to 2 for a good JPEG.
 */
export function estimateNoise(image: GrayImage): number {
  const { pixels } = image;
  // An odd step, so that samples do not fall on one column of the page.
  const step = Math.max(1, Math.floor(pixels.length / samples)) | 1;
  const differences: number[] = [];
  for (let i = 4; i < pixels.length; i += step) {
    const difference = Math.abs((pixels[i] ?? 0) - (pixels[i - 4] ?? 0));
    if (difference < edgeStep) differences.push(difference);
  }
  differences.sort((a, b) => a - b);
  return 0.87 * (differences[Math.floor(differences.length * 0.75)] ?? 0);
}

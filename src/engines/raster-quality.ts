import { boundingBox, type Box } from '#kernel/word.ts';
import type { GrayImage } from './page-engine.ts';

/** Immerkaer's mask has a norm of 6; the median of the absolute value of a normal variable is 0.6745 sigma. */
const noiseScale = 1 / (6 * 0.6745);
const samplesAtMost = 400_000;

const tilePx = 32;
/** A tile's paper is at least as bright as this share of its pixels is dark. */
const paperQuantile = 0.8;
const inkContrast = 48;
/** Edges of a scan show the lid, shadows and punch holes. */
const marginShare = 0.02;
const blankInkAtMost = 0.000_2;

/**
 * Standard deviation of the noise of a page in gray levels: near 0 for a render or a bilevel scan,
 * above about 4 for a bad photo. J. Immerkaer, "Fast noise variance estimation" (1996), with the
 * median in place of the mean, so that text and lines do not count as noise.
 */
export function estimateNoise({ width, height, pixels }: GrayImage): number {
  if (width < 3 || height < 3) return 0;
  const step = Math.max(1, Math.ceil(Math.sqrt((width * height) / samplesAtMost)));
  const histogram = new Uint32Array(2_048);
  let samples = 0;
  for (let y = 1; y < height - 1; y += step) {
    for (let x = 1; x < width - 1; x += step) {
      const response = Math.abs(maskResponse(pixels, y * width + x, width));
      histogram[response] = (histogram[response] ?? 0) + 1;
      samples += 1;
    }
  }
  return quantile(histogram, samples, 0.5) * noiseScale;
}

/**
 * Share of the page's pixels that are ink and lie outside all boxes, 0..1. Ink is what is clearly
 * darker than the paper near it, so shade does not count. With the boxes of recognised words it
 * tells how much the recogniser has missed: its confidence says nothing of lost lines.
 */
export function inkCoverage(image: GrayImage, outside: readonly Box[] = []): number {
  return countInk(image, maskOf(image, outside), { left: 0, top: 0 }) / pixelCount(image);
}

/** True when the page holds no ink but specks, leaving its edges aside. */
export function isBlank(image: GrayImage): boolean {
  const margin = {
    left: Math.ceil(image.width * marginShare),
    top: Math.ceil(image.height * marginShare),
  };
  return countInk(image, undefined, margin) / pixelCount(image) <= blankInkAtMost;
}

/** Tiles along each side of a page; a tile is larger than a heading and smaller than a shadow. */
const lightTiles = 12;
/** Gray levels between the paper of dark and light tiles: ink on one side then comes near to paper on the other. */
const unevenLevels = 40;
const samplesPerTileSide = 24;

/** Whether paper is darker in some parts of the page than in others, as on photos and in the fold of a book. */
export function lightIsUneven({ width, height, pixels }: GrayImage): boolean {
  const papers = new Uint8Array(lightTiles * lightTiles);
  const levels = new Uint8Array(samplesPerTileSide * samplesPerTileSide);
  for (let row = 0; row < lightTiles; row += 1) {
    for (let column = 0; column < lightTiles; column += 1) {
      for (let y = 0; y < samplesPerTileSide; y += 1) {
        const line = Math.floor(((row + y / samplesPerTileSide) * height) / lightTiles);
        for (let x = 0; x < samplesPerTileSide; x += 1) {
          const place = Math.floor(((column + x / samplesPerTileSide) * width) / lightTiles);
          levels[y * samplesPerTileSide + x] = pixels[line * width + place] ?? 255;
        }
      }
      levels.sort();
      papers[row * lightTiles + column] = levels[Math.floor(levels.length * paperQuantile)] ?? 255;
    }
  }
  papers.sort();
  const at = (share: number): number => papers[Math.floor(papers.length * share)] ?? 255;
  // Dark fills and pictures are few tiles; a shadow is many.
  return at(0.95) - at(0.2) > unevenLevels;
}

function pixelCount({ width, height }: GrayImage): number {
  return Math.max(1, width * height);
}

function maskResponse(pixels: Uint8Array, at: number, width: number): number {
  const up = at - width;
  const down = at + width;
  const p = (index: number): number => pixels[index] ?? 0;
  const corners = p(up - 1) + p(up + 1) + p(down - 1) + p(down + 1);
  const sides = p(up) + p(down) + p(at - 1) + p(at + 1);
  return corners - 2 * sides + 4 * p(at);
}

/** One byte a pixel, 1 where a box lies; boxes may be a pixel larger than stated. */
function maskOf({ width, height }: GrayImage, boxes: readonly Box[]): Uint8Array | undefined {
  if (boundingBox(boxes) === undefined) return undefined;
  const mask = new Uint8Array(width * height);
  for (const box of boxes) {
    const left = Math.max(0, Math.floor(box.x * width) - 1);
    const right = Math.min(width, Math.ceil((box.x + box.width) * width) + 1);
    const bottom = Math.min(height, Math.ceil((box.y + box.height) * height) + 1);
    for (let y = Math.max(0, Math.floor(box.y * height) - 1); y < bottom; y += 1) {
      mask.fill(1, y * width + left, y * width + right);
    }
  }
  return mask;
}

function countInk(
  { width, height, pixels }: GrayImage,
  mask: Uint8Array | undefined,
  margin: { left: number; top: number },
): number {
  const histogram = new Uint32Array(256);
  let ink = 0;
  for (let top = margin.top; top < height - margin.top; top += tilePx) {
    const bottom = Math.min(top + tilePx, height - margin.top);
    for (let left = margin.left; left < width - margin.left; left += tilePx) {
      const right = Math.min(left + tilePx, width - margin.left);
      histogram.fill(0);
      for (let y = top; y < bottom; y += 1) {
        for (let at = y * width + left; at < y * width + right; at += 1) {
          const value = pixels[at] ?? 0;
          histogram[value] = (histogram[value] ?? 0) + 1;
        }
      }
      const paper = quantile(histogram, (bottom - top) * (right - left), paperQuantile);
      const darkest = paper - inkContrast;
      for (let y = top; y < bottom; y += 1) {
        for (let at = y * width + left; at < y * width + right; at += 1) {
          if ((pixels[at] ?? 0) < darkest && mask?.[at] !== 1) ink += 1;
        }
      }
    }
  }
  return ink;
}

/** The smallest value that at least `share` of the counted ones do not exceed. */
function quantile(histogram: Uint32Array, count: number, share: number): number {
  let seen = 0;
  for (let value = 0; value < histogram.length; value += 1) {
    seen += histogram[value] ?? 0;
    if (seen >= count * share) return value;
  }
  return histogram.length - 1;
}

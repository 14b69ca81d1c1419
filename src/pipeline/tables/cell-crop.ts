import type { GrayImage } from '#engines/page-engine.ts';
import type { Box } from '#kernel/word.ts';

/** What is printed in a cell as black on white, cut to its ink. */
export interface CellCrop {
  width: number;
  height: number;
  pixels: Uint8Array;
  /** Where the crop begins in the upright page, in pixels of the image. */
  left: number;
  top: number;
  /** The cell was light on dark. */
  inverted: boolean;
}

/** Points that belong to the rule around a cell. */
const rulePt = 1.6;
/** Gray levels between print and its ground; less is an empty cell. */
const leastContrast = 48;
/** Of black on white: darker is ink. */
const inkLevel = 120;
/** White around the ink, in pixels. */
const margin = 6;
/** Boxes of words may miss the edges of their letters by so many pixels. */
const boxSlack = 3;
/** A line of ink with fewer dark pixels is a speck. */
const fewestPixels = 2;

/**
 * Cuts a cell (its box on the page turned upright by `angle` degrees clockwise) out of the image of a page.
 * Ground and print are told by the levels in the cell, so that colours and light print on dark come out as
 * black on white. undefined for a cell without print.
 */
export function cropCell(
  image: GrayImage,
  cell: Box,
  page: { widthPt: number; heightPt: number; angle: number },
): CellCrop | undefined {
  const inset = Math.max(2, Math.round((rulePt * image.width) / page.widthPt));
  const left = Math.round(cell.x * image.width) + inset;
  const top = Math.round(cell.y * image.height) + inset;
  const width = Math.round((cell.x + cell.width) * image.width) - inset - left;
  const height = Math.round((cell.y + cell.height) * image.height) - inset - top;
  if (width < 8 || height < 8) return undefined;
  const levels = sampleUpright(image, { left, top, width, height }, page.angle);
  const print = toBlackOnWhite(levels);
  if (print === undefined) return undefined;
  const ink = inkBounds(print.pixels, width, height);
  if (ink === undefined) return undefined;
  return {
    ...cut(print.pixels, width, ink),
    left: left + ink.left,
    top: top + ink.top,
    inverted: print.inverted,
  };
}

interface Rect {
  left: number;
  top: number;
  width: number;
  height: number;
}

function sampleUpright(
  image: GrayImage,
  { left, top, width, height }: Rect,
  angle: number,
): Uint8Array {
  const levels = new Uint8Array(width * height).fill(255);
  if (angle === 0) {
    for (let y = 0; y < height && top + y < image.height; y++) {
      const from = (top + y) * image.width + left;
      levels.set(
        image.pixels.subarray(from, from + Math.min(width, image.width - left)),
        y * width,
      );
    }
    return levels;
  }
  const cos = Math.cos((angle * Math.PI) / 180);
  const sin = Math.sin((angle * Math.PI) / 180);
  const midX = (image.width - 1) / 2;
  const midY = (image.height - 1) / 2;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dx = left + x - midX;
      const dy = top + y - midY;
      const fromX = midX + cos * dx + sin * dy;
      const fromY = midY - sin * dx + cos * dy;
      const column = Math.floor(fromX);
      const row = Math.floor(fromY);
      if (column < 0 || row < 0 || column >= image.width - 1 || row >= image.height - 1) continue;
      levels[y * width + x] = bilinear(image, column, row, fromX - column, fromY - row);
    }
  }
  return levels;
}

function bilinear(
  { pixels, width }: GrayImage,
  column: number,
  row: number,
  right: number,
  down: number,
): number {
  const at = row * width + column;
  const above = (pixels[at] ?? 0) * (1 - right) + (pixels[at + 1] ?? 0) * right;
  if (down === 0) return above;
  const below = (pixels[at + width] ?? 0) * (1 - right) + (pixels[at + width + 1] ?? 0) * right;
  return above * (1 - down) + below * down;
}

function toBlackOnWhite(levels: Uint8Array): { pixels: Uint8Array; inverted: boolean } | undefined {
  const histogram = new Uint32Array(256);
  for (const level of levels) histogram[level] = (histogram[level] ?? 0) + 1;
  const ground = quantile(histogram, levels.length, 0.5);
  const darkest = quantile(histogram, levels.length, 0.005);
  const lightest = quantile(histogram, levels.length, 0.995);
  // Print covers less of a cell than its ground, and differs more from it than noise does.
  const inverted = lightest - ground > ground - darkest;
  const contrast = inverted ? lightest - ground : ground - darkest;
  if (contrast < leastContrast) return undefined;
  const sign = inverted ? -1 : 1;
  const pixels = new Uint8Array(levels.length);
  levels.forEach((level, at) => {
    const strength = Math.min(1, Math.max(0, (sign * (ground - level)) / contrast));
    pixels[at] = Math.round(255 * (1 - strength));
  });
  return { pixels, inverted };
}

function quantile(histogram: Uint32Array, count: number, share: number): number {
  let seen = 0;
  for (let level = 0; level < 256; level++) {
    seen += histogram[level] ?? 0;
    if (seen >= share * count) return level;
  }
  return 255;
}

function isInk(count: number): boolean {
  return count >= fewestPixels;
}

function inkBounds(pixels: Uint8Array, width: number, height: number): Rect | undefined {
  const inRow = new Uint32Array(height);
  const inColumn = new Uint32Array(width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((pixels[y * width + x] ?? 255) >= inkLevel) continue;
      inRow[y] = (inRow[y] ?? 0) + 1;
      inColumn[x] = (inColumn[x] ?? 0) + 1;
    }
  }
  const top = inRow.findIndex(isInk);
  const left = inColumn.findIndex(isInk);
  if (top < 0 || left < 0) return undefined;
  const bottom = inRow.findLastIndex(isInk);
  const right = inColumn.findLastIndex(isInk);
  const from = { left: Math.max(0, left - margin), top: Math.max(0, top - margin) };
  return {
    ...from,
    width: Math.min(width, right + margin + 1) - from.left,
    height: Math.min(height, bottom + margin + 1) - from.top,
  };
}

function cut(
  pixels: Uint8Array,
  stride: number,
  { left, top, width, height }: Rect,
): { width: number; height: number; pixels: Uint8Array } {
  const part = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * stride + left;
    part.set(pixels.subarray(from, from + width), y * width);
  }
  return { width, height, pixels: part };
}

/** The share of the dark pixels of a crop that lie outside of boxes, given in pixels of the upright page. */
export function unreadShare(
  crop: CellCrop,
  boxes: readonly { left: number; top: number; right: number; bottom: number }[],
): number {
  const read = new Uint8Array(crop.pixels.length);
  for (const box of boxes) {
    const left = Math.max(0, Math.floor(box.left - crop.left) - boxSlack);
    const right = Math.min(crop.width, Math.ceil(box.right - crop.left) + boxSlack);
    const bottom = Math.min(crop.height, Math.ceil(box.bottom - crop.top) + boxSlack);
    for (let y = Math.max(0, Math.floor(box.top - crop.top) - boxSlack); y < bottom; y++) {
      if (right > left) read.fill(1, y * crop.width + left, y * crop.width + right);
    }
  }
  let dark = 0;
  let unread = 0;
  for (let at = 0; at < read.length; at++) {
    if ((crop.pixels[at] ?? 255) >= inkLevel) continue;
    dark++;
    if (read[at] === 0) unread++;
  }
  return dark === 0 ? 0 : unread / dark;
}

import type { GrayImage } from '#engines/page-engine.ts';
import type { Box, Word } from '#kernel/word.ts';
import { connectSpots, type InkSpot } from './ink-spots.ts';

/** The ink of a raster on a coarse grid. */
export interface InkMap {
  /** Pixels along the side of a cell. */
  cellPx: number;
  columns: number;
  rows: number;
  /** Every connected spot, letters as well as rules, pictures and specks. */
  spots: InkSpot[];
}

/** Fine enough to keep letters of 6 pt on A4 apart, coarse enough to cost a hundredth of recognition. */
const columnsWanted = 800;
/** A raster whose darkest and lightest pixels are nearer than this is blank. */
const leastContrast = 24;
/** A page with fewer spots the size of a letter, and less ink, carries nothing. */
const blankInkShare = 0.002;

/** Finds the ink of a page. About 20 ms for A4 at 200 dpi. */
export function mapInk(image: GrayImage): InkMap {
  const cellPx = Math.max(1, Math.round(image.width / columnsWanted));
  const columns = Math.floor(image.width / cellPx);
  const rows = Math.floor(image.height / cellPx);
  const threshold = inkThreshold(image.pixels);
  if (threshold === undefined || columns === 0) return { cellPx, columns, rows, spots: [] };
  const cells = inkedCells(image, cellPx, columns, rows, threshold);
  return { cellPx, columns, rows, spots: connectSpots(cells, columns, rows) };
}

/** Whether nothing is printed: no ink at all, or a few specks too small for a letter. */
export function isBlank(map: InkMap): boolean {
  const least = Math.max(2, leastLetter(map));
  let area = 0;
  for (const spot of map.spots) {
    if (heightOf(spot) >= least) return false;
    area += spot.area;
  }
  return area <= blankInkShare * map.columns * map.rows;
}

/** Fewer letters than this say nothing about type size. */
const fewestLetters = 20;

/**
 * Median height of what looks like letters, in pixels of the raster, or undefined when there are too few.
 * Most letters are as high as an x: 0.48 of the type size, so 13 px for 10 pt at 200 dpi.
 */
export function letterHeightPx(map: InkMap): number | undefined {
  const least = Math.max(3, leastLetter(map));
  const most = map.rows / 12;
  const heights: number[] = [];
  for (const spot of map.spots) {
    const height = heightOf(spot);
    const width = spot.right - spot.left + 1;
    if (height >= least && height <= most && width >= height * 0.2 && width <= height * 12) {
      heights.push(height);
    }
  }
  if (heights.length < fewestLetters) return undefined;
  heights.sort((a, b) => a - b);
  return (heights[heights.length >> 1] ?? 0) * map.cellPx;
}

/**
 * Share of the text-like ink that lies outside all words, 0..1; 0 when there are no words or no such ink.
 * Text-like: a spot about as high as the words and not much longer; rules, pictures and specks are left out.
 */
export function unreadInkShare(map: InkMap, words: readonly Word[]): number {
  const usual = medianHeight(words) * map.rows;
  if (usual === 0) return 0;
  const read = paintBoxes(map, words, usual * 0.3);
  let inside = 0;
  let outside = 0;
  for (const spot of map.spots) {
    const height = heightOf(spot);
    const width = spot.right - spot.left + 1;
    if (height < 0.4 * usual || height > 2 * usual || width > 20 * usual) continue;
    const x = (spot.left + spot.right) >> 1;
    const y = (spot.top + spot.bottom) >> 1;
    if (read[y * map.columns + x] === 1) inside += spot.area;
    else outside += spot.area;
  }
  return inside + outside === 0 ? 0 : outside / (inside + outside);
}

/** Height of the smallest letters worth reading, in cells: 1/400 of the page, 2 pt on A4. */
function leastLetter(map: InkMap): number {
  return map.rows / 400;
}

function heightOf(spot: InkSpot): number {
  return spot.bottom - spot.top + 1;
}

function medianHeight(words: readonly Word[]): number {
  const heights = words.map((word) => word.height).sort((a, b) => a - b);
  return heights[heights.length >> 1] ?? 0;
}

function paintBoxes(map: InkMap, boxes: readonly Box[], pad: number): Uint8Array {
  const { columns, rows } = map;
  const painted = new Uint8Array(columns * rows);
  for (const box of boxes) {
    const from = Math.max(0, Math.floor(box.x * columns - pad));
    const to = Math.min(columns, Math.ceil((box.x + box.width) * columns + pad));
    const top = Math.max(0, Math.floor(box.y * rows - pad));
    const bottom = Math.min(rows, Math.ceil((box.y + box.height) * rows + pad));
    for (let y = top; y < bottom; y++) painted.fill(1, y * columns + from, y * columns + to);
  }
  return painted;
}

/** Pixels that are enough to tell ink from paper. */
const histogramSamples = 400_000;

/**
 * The gray level that parts ink from paper (Otsu: largest variance between the two classes), moved
 * halfway to the paper since cells are means. undefined for a raster without contrast.
 */
function inkThreshold(pixels: Uint8Array): number | undefined {
  const histogram = new Uint32Array(256);
  // An odd step, so that the samples of one row do not stand below those of the row above.
  const step = Math.floor(pixels.length / histogramSamples) | 1;
  let sampled = 0;
  for (let at = 0; at < pixels.length; at += step) {
    const level = pixels[at] ?? 0;
    histogram[level] = (histogram[level] ?? 0) + 1;
    sampled += 1;
  }
  const used = Array.from(histogram.keys()).filter((level) => (histogram[level] ?? 0) > 0);
  if ((used.at(-1) ?? 0) - (used[0] ?? 0) < leastContrast) return undefined;
  let sum = 0;
  for (const level of used) sum += level * (histogram[level] ?? 0);
  let dark = 0;
  let darkSum = 0;
  let best = -1;
  let threshold = 127;
  let paper = 255;
  for (const level of used.slice(0, -1)) {
    dark += histogram[level] ?? 0;
    darkSum += level * (histogram[level] ?? 0);
    const light = sampled - dark;
    const difference = (sum - darkSum) / light - darkSum / dark;
    const variance = dark * light * difference * difference;
    if (variance > best) {
      best = variance;
      threshold = level;
      paper = (sum - darkSum) / light;
    }
  }
  return (threshold + paper) / 2;
}

function inkedCells(
  image: GrayImage,
  cellPx: number,
  columns: number,
  rows: number,
  threshold: number,
): Uint8Array {
  const { pixels, width } = image;
  const cells = new Uint8Array(columns * rows);
  const sums = new Uint32Array(columns);
  const limit = threshold * cellPx * cellPx;
  for (let row = 0; row < rows; row++) {
    const first = row * cellPx * width;
    if (cellPx === 2) sumPairs(pixels, first, width, sums);
    else sumSquares(pixels, first, { width, cellPx }, sums);
    const at = row * columns;
    for (let column = 0; column < columns; column++) {
      if ((sums[column] ?? 0) < limit) cells[at + column] = 1;
    }
  }
  return cells;
}

/** The usual case, pages of 150 to 250 dpi, in half the time. */
function sumPairs(pixels: Uint8Array, first: number, width: number, sums: Uint32Array): void {
  for (let column = 0, up = first; column < sums.length; column++, up += 2) {
    const down = up + width;
    sums[column] =
      (pixels[up] ?? 0) + (pixels[up + 1] ?? 0) + (pixels[down] ?? 0) + (pixels[down + 1] ?? 0);
  }
}

function sumSquares(
  pixels: Uint8Array,
  first: number,
  { width, cellPx }: { width: number; cellPx: number },
  sums: Uint32Array,
): void {
  sums.fill(0);
  for (let dy = 0; dy < cellPx; dy++) {
    let at = first + dy * width;
    for (let column = 0; column < sums.length; column++) {
      let sum = 0;
      for (let dx = 0; dx < cellPx; dx++) sum += pixels[at++] ?? 0;
      sums[column] = (sums[column] ?? 0) + sum;
    }
  }
}

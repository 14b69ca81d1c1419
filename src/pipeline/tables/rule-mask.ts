import type { PixelPlanes } from './pixel-planes.ts';

/** Bits of a mask: a line or the edge of a fill runs along the row here; a word stands here. */
export const ruleBit = 1;
export const wordBit = 2;

/** Rules as a mask of one byte a pixel. */
export interface RuleMask {
  width: number;
  height: number;
  marked: Uint8Array;
}

/** A box in pixels. */
export interface PixelBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Gray levels. Anti-aliasing and image coding stay below, pale rules and pastel fills above. */
const leastDifference = 4;
/** A difference has to stand out of the noise by this many standard deviations. */
const surely = 4;
/** Pictures with less noise than this are drawn, not scanned. */
const drawnNoise = 0.8;
/** On scans the edge of a fill is spread over some pixels: its middle takes this part of the whole step. */
const blurredStep = 0.6;
/** The shares of an inch compared across a rule, and averaged along it on noisy pictures. */
const acrossInch = 1 / 60;
const alongInch = 1 / 8;

/**
 * Marks pixels on horizontal rules: darker or lighter than both pixels a rule's width above and below
 * (a rule, or a gap between fills), or on a step between two fills. Channels are looked at one by one,
 * since a pale fill may differ from white in one of them only. Noise is first averaged away along the
 * row, where a rule keeps its contrast; `words` are then blanked, because smeared text looks like a rule.
 * For vertical rules hand over the transposed picture.
 */
export function markRules(picture: PixelPlanes, words: readonly PixelBox[]): RuleMask {
  const { width, height, dpi } = picture;
  const marked = new Uint8Array(width * height);
  const across = Math.max(2, Math.round(dpi * acrossInch));
  const along = Math.round(dpi * alongInch) | 1;
  let smoothed = false;
  for (const plane of picture.planes) {
    const raw = { samples: plane, scale: 1 };
    const isDrawn = noiseOf(raw, width, height, across) < drawnNoise;
    const rows = isDrawn ? raw : averageAlong(plane, width, height, along);
    smoothed ||= !isDrawn;
    const noise = noiseOf(rows, width, height, across);
    const difference = Math.max(leastDifference, surely * noise) * rows.scale;
    const near = isDrawn ? difference : difference * blurredStep;
    markPlane(rows.samples, { width, height, across, difference, near }, marked);
  }
  const mask = { width, height, marked };
  if (smoothed) markWords(mask, words, { reach: along >> 1, keepRules: 0 });
  else markWords(mask, words, { reach: 0, keepRules: ruleBit });
  return mask;
}

interface Rows {
  samples: Uint8Array | Uint16Array;
  /** Steps of a sample per gray level. */
  scale: number;
}

const averageScale = 16;

function averageAlong(plane: Uint8Array, width: number, height: number, along: number): Rows {
  const samples = new Uint16Array(width * height);
  const half = along >> 1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    let first = 0;
    let next = 0;
    for (let x = 0; x < width; x++) {
      const to = Math.min(width - 1, x + half);
      const from = Math.max(0, x - half);
      while (next <= to) sum += plane[row + next++] ?? 0;
      while (first < from) sum -= plane[row + first++] ?? 0;
      samples[row + x] = (sum * averageScale) / (next - first);
    }
  }
  return { samples, scale: averageScale };
}

/** Standard deviation, in gray levels, of what is left of noise: from differences across the rows. */
function noiseOf({ samples, scale }: Rows, width: number, height: number, across: number): number {
  const histogram = new Uint32Array(256);
  const stride = across * width;
  let counted = 0;
  // A prime step walks through all columns.
  for (let at = stride; at < width * height; at += 613) {
    const difference = Math.abs((samples[at] ?? 0) - (samples[at - stride] ?? 0));
    // Quarter levels; what differs more is print.
    const bin = Math.round((difference * 4) / scale);
    if (bin >= 240) continue;
    histogram[bin] = (histogram[bin] ?? 0) + 1;
    counted++;
  }
  // Three quarters of the differences of a normal variable lie below 1.15 of its deviation.
  let seen = 0;
  let bin = 0;
  while (bin < 255 && seen < counted * 0.75) seen += histogram[bin++] ?? 0;
  return Math.max(0, bin - 1) / 4 / 1.15 / Math.SQRT2;
}

function markPlane(
  samples: Uint8Array | Uint16Array,
  size: { width: number; height: number; across: number; difference: number; near: number },
  marked: Uint8Array,
): void {
  const { width, height, across, difference, near } = size;
  const stride = across * width;
  for (let at = stride; at < width * (height - across); at++) {
    const here = samples[at] ?? 0;
    const up = samples[at - stride] ?? 0;
    const down = samples[at + stride] ?? 0;
    const aboveHere = up - here;
    const belowHere = down - here;
    if (
      (aboveHere > difference && belowHere > difference) ||
      (aboveHere < -difference && belowHere < -difference)
    ) {
      marked[at] = ruleBit;
      continue;
    }
    const overall = up - down;
    if (overall <= difference && overall >= -difference) continue;
    const step = (samples[at - width] ?? 0) - (samples[at + width] ?? 0);
    if (step > near || step < -near) marked[at] = ruleBit;
  }
}

function markWords(
  { width, height, marked }: RuleMask,
  words: readonly PixelBox[],
  { reach, keepRules }: { reach: number; keepRules: number },
): void {
  for (const word of words) {
    const left = Math.max(0, Math.floor(word.left) - reach - 1);
    const right = Math.min(width, Math.ceil(word.right) + reach + 2);
    const bottom = Math.min(height, Math.ceil(word.bottom) + 2);
    for (let y = Math.max(0, Math.floor(word.top) - 1); y < bottom; y++) {
      for (let at = y * width + left; at < y * width + right; at++) {
        marked[at] = ((marked[at] ?? 0) & keepRules) | wordBit;
      }
    }
  }
}

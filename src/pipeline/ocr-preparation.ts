import type { GrayImage } from '#engines/page-engine.ts';

export interface RasterFacts {
  /** Pixels of an image file; otherwise the raster was rendered and can be rendered again. */
  fromImageFile: boolean;
  /** Share of the page covered by images, 0..1. */
  imageCoverage: number;
  /** Standard deviation in gray levels, see estimateNoise. */
  noise: number;
  /** Whether the light falls unevenly on the page, see lightIsUneven. */
  unevenLight: boolean;
  /** Median letter height in pixels, when it could be told. */
  letterHeightPx: number | undefined;
  /** 0 when unknown. */
  dpi: number;
  /** The page is so large that it was rendered smaller than asked: rendering again would change nothing. */
  renderedSmaller: boolean;
  widthPx: number;
  heightPx: number;
}

export interface Preparation {
  /** Binarise by local threshold: sevenfold fewer errors on scans, no harm elsewhere. */
  localThreshold: boolean;
  /** Enlarge the raster by this factor first, 1 to leave it. */
  upscale: number;
  /** Render the page again at this resolution instead; undefined to take the raster as it is. */
  rerenderDpi: number | undefined;
}

/** Gray levels; a clean scan saved as JPEG has about 1. */
const noisy = 3;
const spotless = 1;
/** 10 pt at 180 dpi; below it the error rate rises steeply. */
const smallLetterPx = 12;
/** Enlarging an image costs less than rendering again, and on low scans of forms and receipts it pays up to here. */
const smallImageLetterPx = 16;
/** 10 pt at 300 dpi. */
const goodLetterPx = 20;
const lowDpi = 180;
const goodDpi = 300;
const largestFactor = 4;
const mostPixels = 40_000_000;
/** A smaller enlargement changes nothing. */
const smallestFactor = 1.25;
/** The size of letters for a second look: where the first size failed, a larger one may do. */
const largeLetterPx = 28;

/**
 * How to prepare a raster for recognition. Enlarging helps clean small type (tenfold fewer errors at
 * 100 dpi) and makes noisy pages worse, so noise decides first; then the letters themselves, and only
 * where there are too few to tell the resolution the file states, which is often invented.
 */
export function prepareForRecognition(facts: RasterFacts): Preparation {
  const scan = facts.fromImageFile || facts.imageCoverage >= 0.5;
  // Where there is neither noise nor shade, one threshold for all keeps thin and bold print better than a local one.
  const isClean = facts.fromImageFile && facts.noise < spotless && !facts.unevenLight;
  const factor = facts.noise >= noisy ? 1 : enlargement(facts);
  const again = !facts.fromImageFile && !facts.renderedSmaller && facts.dpi < goodDpi;
  const rerender = again && factor > 1;
  return {
    localThreshold: facts.noise >= noisy || (scan && !isClean),
    upscale: facts.fromImageFile ? factor : 1,
    rerenderDpi: rerender ? Math.min(goodDpi, Math.round(facts.dpi * factor)) : undefined,
  };
}

/**
 * Another way to prepare the same raster, for the parts that were read badly: the other threshold, and larger letters
 * where noise allows.
 */
export function otherPreparation(
  facts: Pick<RasterFacts, 'noise' | 'letterHeightPx' | 'widthPx' | 'heightPx'> & {
    localThreshold: boolean;
  },
): Pick<Preparation, 'localThreshold' | 'upscale'> {
  const { noise, letterHeightPx = goodLetterPx, widthPx, heightPx } = facts;
  const room = Math.sqrt(mostPixels / (widthPx * heightPx));
  const factor = Math.min(largeLetterPx / letterHeightPx, largestFactor, room);
  // With noise one threshold for all fails for sure; only the size is left to be changed.
  const localThreshold = noise >= noisy || !facts.localThreshold;
  return { localThreshold, upscale: factor >= smallestFactor ? factor : 1 };
}

function enlargement(facts: RasterFacts): number {
  const room = Math.sqrt(mostPixels / (facts.widthPx * facts.heightPx));
  const factor = Math.min(wantedFactor(facts), largestFactor, room);
  return factor >= smallestFactor ? factor : 1;
}

function wantedFactor({ letterHeightPx, dpi, fromImageFile }: RasterFacts): number {
  if (letterHeightPx !== undefined) {
    const small = fromImageFile ? smallImageLetterPx : smallLetterPx;
    return letterHeightPx < small ? goodLetterPx / letterHeightPx : 1;
  }
  return dpi > 0 && dpi < lowDpi ? goodDpi / dpi : 1;
}

/**
 * Enlarges a raster by cubic interpolation (Catmull-Rom), rows first, then columns; `factor` at least 1.
 * Edges are repeated. About 0.15 s for a page that becomes A4 at 300 dpi.
 */
export function upscaleGray(image: GrayImage, factor: number): GrayImage {
  const width = Math.round(image.width * factor);
  const height = Math.round(image.height * factor);
  const wide = stretchRows(image.pixels, image.width, image.height, width);
  const pixels = stretchColumns(wide, width, image.height, height);
  return { width, height, pixels, dpi: Math.round(image.dpi * factor) };
}

interface Taps {
  /** Four source positions for every target position. */
  at: Int32Array;
  weight: Float32Array;
}

function tapsFor(source: number, target: number): Taps {
  const at = new Int32Array(target * 4);
  const weight = new Float32Array(target * 4);
  for (let i = 0; i < target; i++) {
    const centre = ((i + 0.5) * source) / target - 0.5;
    const base = Math.floor(centre);
    for (let tap = 0; tap < 4; tap++) {
      const position = base - 1 + tap;
      at[i * 4 + tap] = Math.min(source - 1, Math.max(0, position));
      weight[i * 4 + tap] = catmullRom(centre - position);
    }
  }
  return { at, weight };
}

function catmullRom(distance: number): number {
  const d = Math.abs(distance);
  if (d < 1) return 1.5 * d ** 3 - 2.5 * d ** 2 + 1;
  return d < 2 ? -0.5 * d ** 3 + 2.5 * d ** 2 - 4 * d + 2 : 0;
}

function stretchRows(
  pixels: Uint8Array,
  width: number,
  height: number,
  target: number,
): Uint8ClampedArray {
  const { at, weight } = tapsFor(width, target);
  const out = new Uint8ClampedArray(target * height);
  for (let y = 0, o = 0; y < height; y++) {
    const row = y * width;
    for (let tap = 0; tap < at.length; tap += 4) {
      out[o++] =
        (pixels[row + (at[tap] ?? 0)] ?? 0) * (weight[tap] ?? 0) +
        (pixels[row + (at[tap + 1] ?? 0)] ?? 0) * (weight[tap + 1] ?? 0) +
        (pixels[row + (at[tap + 2] ?? 0)] ?? 0) * (weight[tap + 2] ?? 0) +
        (pixels[row + (at[tap + 3] ?? 0)] ?? 0) * (weight[tap + 3] ?? 0);
    }
  }
  return out;
}

function stretchColumns(
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
  target: number,
): Uint8Array {
  const { at, weight } = tapsFor(height, target);
  const out = new Uint8ClampedArray(width * target);
  for (let y = 0; y < target; y++) {
    const tap = y * 4;
    const [r0, r1, r2, r3] = [0, 1, 2, 3].map((i) => (at[tap + i] ?? 0) * width);
    const [w0, w1, w2, w3] = weight.subarray(tap, tap + 4);
    if (r0 === undefined || r1 === undefined || r2 === undefined || r3 === undefined) continue;
    if (w0 === undefined || w1 === undefined || w2 === undefined || w3 === undefined) continue;
    for (let x = 0, o = y * width; x < width; x++, o++) {
      out[o] =
        (pixels[r0 + x] ?? 0) * w0 +
        (pixels[r1 + x] ?? 0) * w1 +
        (pixels[r2 + x] ?? 0) * w2 +
        (pixels[r3 + x] ?? 0) * w3;
    }
  }
  return new Uint8Array(out.buffer);
}

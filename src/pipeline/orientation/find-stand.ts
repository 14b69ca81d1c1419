import type { OcrWord } from '#engines/ocr-engine.ts';
import type { GrayImage } from '#engines/page-engine.ts';
import type { InkMap } from '../ink.ts';
import { letterHeightPx } from '../ink.ts';
import { upscaleGray } from '../ocr-preparation.ts';
import { meanCharacterConfidence } from '../page-confidence.ts';
import { skewOf } from '../tables/page-skew.ts';
import { planesOfGray } from '../tables/pixel-planes.ts';
import { judgeToken } from '../word-plausibility.ts';
import { profileLines } from './line-profile.ts';
import { turnRaster, type PageStand, type QuarterTurn } from './page-stand.ts';
import { cutStrip } from './sample-strip.ts';

/** Reads a part of a page, for a look only. */
export type ReadStrip = (strip: GrayImage) => Promise<readonly OcrWord[]>;

/** Rows less sharp than this many times the columns: the lines may run down the page. Upright pages have 0.9 to 10. */
const linesRunDown = 0.75;
/** Recognition follows lines that fall by less, and turning a raster blurs it. */
const leastSlope = 1.5;
const leastDegrees = 1.7;
/** Another way up must read so much better than the one at hand. */
const clearly = 1.5;
/** In characters surely read: less is chance. */
const leastCredit = 8;
/** Mean confidence of a page read upside down or sideways is below this. */
const doubtful = 0.65;

/**
 * How a page has to be turned, told by its ink: by quarters where its lines seem to run down it, which reading a
 * strip both ways decides, and by degrees where it lies more crooked than recognition can follow.
 */
export async function findStand(
  image: GrayImage,
  map: InkMap,
  widthPt: number,
  read: ReadStrip,
): Promise<PageStand> {
  const profile = profileLines(map);
  if (profile === undefined) return { turn: 0, degrees: 0 };
  if (profile.rowsOverColumns < linesRunDown) {
    return { turn: await findTurn(image, map, [90, 270], read), degrees: 0 };
  }
  if (Math.abs(profile.slopeDegrees) < leastSlope) return { turn: 0, degrees: 0 };
  const degrees = skewOf(planesOfGray(image, widthPt), -profile.slopeDegrees);
  return { turn: 0, degrees: Math.abs(degrees) > leastDegrees ? degrees : 0 };
}

/** The one of `turns` in which a strip of the page reads clearly better than as it stands; 0 for none. */
export async function findTurn(
  image: GrayImage,
  map: InkMap,
  turns: readonly QuarterTurn[],
  read: ReadStrip,
): Promise<QuarterTurn> {
  const strip = enlarged(cutStrip(image, map), letterHeightPx(map));
  let best: QuarterTurn = 0;
  let most = Math.max(leastCredit, clearly * creditOf(await read(strip)));
  for (const turn of turns) {
    const credit = creditOf(await read(turnRaster(strip, { turn, degrees: 0 })));
    if (credit <= most) continue;
    best = turn;
    most = credit;
  }
  return best;
}

/** Whether a page may have been read the wrong way up: it holds letters, and what was made of them is doubtful. */
export function looksMisread(words: readonly OcrWord[], map: InkMap): boolean {
  if (profileLines(map) === undefined) return false;
  return meanCharacterConfidence(words) < doubtful;
}

const goodLetterPx = 20;
const smallLetterPx = 14;

function enlarged(strip: GrayImage, letterPx: number | undefined): GrayImage {
  return letterPx !== undefined && letterPx < smallLetterPx
    ? upscaleGray(strip, Math.min(4, goodLetterPx / letterPx))
    : strip;
}

/** Characters of words of three letters or more, as far as they are surer than a guess and look like words. */
function creditOf(words: readonly OcrWord[]): number {
  let credit = 0;
  for (const { text, confidence } of words) {
    if (!/[\p{L}\p{N}]{3}/u.test(text) || !judgeToken(text).plausible) continue;
    credit += text.length * Math.max(0, confidence - 0.5) * 2;
  }
  return credit;
}

import type { OcrEngine, OcrWord } from '#engines/ocr-engine.ts';
import type { EngineCall, GrayImage } from '#engines/page-engine.ts';
import { letterHeightPx, unreadInkShare, type InkMap } from '../ink.ts';
import { otherPreparation, upscaleGray } from '../ocr-preparation.ts';
import { findDoubtfulBlocks } from './doubtful-blocks.ts';
import { mergeReadings, type MergedReading } from './merge-readings.ts';

export interface FirstReading {
  words: readonly OcrWord[];
  raster: GrayImage;
  ink: InkMap;
  /** Of the raster, see estimateNoise. */
  noise: number;
  localThreshold: boolean;
}

/** Doubtful characters, and text-like ink outside of all words, that are worth a second look at the page. */
const leastDoubtful = 12;
const leastUnread = 0.1;

/**
 * Reads a page again with another preparation where parts of it are doubtful or were left unread, and takes the better
 * reading of each part. Pages that were read surely cost nothing. Throws what the recogniser throws.
 */
export async function readAgain(
  first: FirstReading,
  { ocr, languages, call }: { ocr: OcrEngine; languages: readonly string[]; call: EngineCall },
): Promise<MergedReading> {
  const words = [...first.words];
  if (!isWorthIt(first)) return { words, rejected: [] };
  const { localThreshold, upscale } = otherPreparation({
    localThreshold: first.localThreshold,
    noise: first.noise,
    letterHeightPx: letterHeightPx(first.ink),
    widthPx: first.raster.width,
    heightPx: first.raster.height,
  });
  const image = upscale > 1 ? upscaleGray(first.raster, upscale) : first.raster;
  const second = await ocr.recognise(image, { languages, localThreshold }, call);
  return mergeReadings(words, second.words);
}

function isWorthIt({ words, ink }: FirstReading): boolean {
  const doubtful = findDoubtfulBlocks(words)
    .flatMap((block) => block.words)
    .reduce((sum, { text }) => sum + text.length, 0);
  return doubtful >= leastDoubtful || unreadInkShare(ink, words) > leastUnread;
}

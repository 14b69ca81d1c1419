import type { OcrEngine, OcrWord } from '#engines/ocr-engine.ts';
import type { EngineCall, GrayImage, PageEngine } from '#engines/page-engine.ts';
import { estimateNoise, lightIsUneven } from '#engines/raster-quality.ts';
import type { SourceFile } from '#engines/source-file.ts';
import { letterHeightPx } from '../ink.ts';
import { prepareForRecognition, upscaleGray } from '../ocr-preparation.ts';
import type { ReadingSettings } from '../reading-settings.ts';
import type { RejectedReading } from '../second-reading/merge-readings.ts';
import { readAgain } from '../second-reading/read-again.ts';
import { findStand, findTurn, looksMisread, type ReadStrip } from './find-stand.ts';
import type { QuarterTurn } from './page-stand.ts';
import { standUp, turnedEngine, type UprightPage } from './upright-page.ts';

/** What is needed to recognise a page. */
export interface RecognitionSource {
  engine: PageEngine;
  file: SourceFile;
  number: number;
  settings: ReadingSettings;
  ocr: OcrEngine;
  call: EngineCall;
  /** Share of the page covered by images, 0..1. */
  coverage: number;
}

/** A page turned and recognised. */
export interface RecognisedPage extends UprightPage {
  words: readonly OcrWord[];
  /** Other readings of its doubtful parts. */
  rejected: readonly RejectedReading[];
  /** As it was recognised: the raster, or a finer one. */
  image: GrayImage;
  /** Of the raster, see estimateNoise. */
  noise: number;
  localThreshold: boolean;
}

/**
 * Turns a page as its lines tell, recognises it, and tries the other ways up where hardly anything could be read.
 * Throws what the engines throw.
 */
export async function readUpright(
  shown: Pick<UprightPage, 'raster' | 'ink' | 'frame'>,
  source: RecognitionSource,
): Promise<RecognisedPage> {
  const read = stripReader(source);
  const stand = await findStand(shown.raster, shown.ink, shown.frame.widthPt, read);
  const page = await recognise(standUp(shown, stand), source);
  if (!looksMisread(page.words, page.ink)) return withSecondReading(page, source);
  const turn = await findTurn(page.raster, page.ink, [180, 90, 270], read);
  if (turn === 0) return withSecondReading(page, source);
  const turned = standUp(shown, { turn: sumOf(stand.turn, turn), degrees: 0 });
  return withSecondReading(await recognise(turned, source), source);
}

async function withSecondReading(
  page: RecognisedPage,
  { ocr, settings, call }: RecognitionSource,
): Promise<RecognisedPage> {
  return { ...page, ...(await readAgain(page, { ocr, languages: settings.languages, call })) };
}

const quarters = [0, 90, 180, 270] as const;

function sumOf(one: QuarterTurn, other: QuarterTurn): QuarterTurn {
  return quarters[((one + other) / 90) % 4] ?? 0;
}

function stripReader({ ocr, settings, call }: RecognitionSource): ReadStrip {
  const options = {
    languages: settings.languages,
    localThreshold: true,
    segmentation: 'block',
  } as const;
  return async (strip) => (await ocr.recognise(strip, options, call)).words;
}

async function recognise(page: UprightPage, source: RecognitionSource): Promise<RecognisedPage> {
  const { ocr, settings, call } = source;
  const noise = estimateNoise(page.raster);
  const { image, localThreshold } = await prepare(page, source, noise);
  const { words } = await ocr.recognise(
    image,
    { languages: settings.languages, localThreshold },
    call,
  );
  return { ...page, words, rejected: [], image, noise, localThreshold };
}

async function prepare(
  { raster, ink, stand }: UprightPage,
  { engine, file, number, settings, call, coverage }: RecognitionSource,
  noise: number,
): Promise<{ image: GrayImage; localThreshold: boolean }> {
  const isPdf = file.mediaType === 'application/pdf';
  const { localThreshold, upscale, rerenderDpi } = prepareForRecognition({
    fromImageFile: !isPdf,
    renderedSmaller: isPdf && raster.dpi < settings.ocrDpi,
    imageCoverage: coverage,
    noise,
    // Costs milliseconds and counts for image files only.
    unevenLight: !isPdf && lightIsUneven(raster),
    letterHeightPx: letterHeightPx(ink),
    dpi: raster.dpi,
    widthPx: raster.width,
    heightPx: raster.height,
  });
  if (rerenderDpi !== undefined) {
    const finer = turnedEngine(engine, stand);
    return { image: await finer.renderGray(file, number, rerenderDpi, call), localThreshold };
  }
  return { image: upscale > 1 ? upscaleGray(raster, upscale) : raster, localThreshold };
}

import type { EngineCall, GrayImage, PageEngine, TextLayerPage } from '#engines/page-engine.ts';
import type { SourceFile } from '#engines/source-file.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Word } from '#kernel/word.ts';
import type { InkMap } from '../ink.ts';
import { findGrids, wordsLookTabular, wordsStandApart, type PageWords } from './find-grids.ts';
import { looksLikeSpeck } from './cell-debris.ts';
import { hasLongInk } from './long-ink.ts';
import { skewOf } from './page-skew.ts';
import { planesOfColour, planesOfGray, type PixelPlanes } from './pixel-planes.ts';
import type { TableGrid } from './table-grid.ts';

/** Where the picture of a page comes from. */
export interface PageSource {
  engine: PageEngine;
  file: SourceFile;
  number: number;
  call: EngineCall;
  logger: Logger;
}

interface RecognisedPage extends PageWords {
  words: readonly Word[];
}

/** Enough for rules of 0.4 pt, which are drawn at least a pixel wide. */
const drawnDpi = 120;
/** Fewer lines and boxes than this are a header rule, a frame, an underline. */
const fewestDrawnRules = 6;
/** From here on a page is a scan with words laid over it. */
const scanCoverage = 0.85;
/** Gray levels; on noisier scans pale fills are seen in colour only. */
const noisyScan = 3;
const scanDpi = 200;

/**
 * The tables of a page whose text layer is read. The page is rendered only when its words stand in a grid, or
 * enough lines are drawn on it; when that fails, the words alone decide.
 */
export async function findTextTables(
  page: TextLayerPage,
  source: PageSource,
): Promise<TableGrid[]> {
  const isTabular = wordsLookTabular(page);
  if (!isTabular && (page.drawnRules ?? 0) < fewestDrawnRules) return [];
  const { engine, file, number, call } = source;
  const picture = await orNothing(source, async () =>
    engine.renderColour === undefined
      ? planesOfGray(await engine.renderGray(file, number, drawnDpi, call), page.widthPt)
      : planesOfColour(await engine.renderColour(file, number, drawnDpi, call), page.widthPt),
  );
  const isScan = page.imageCoverage >= scanCoverage;
  const angle = isScan && picture !== undefined ? skewOf(picture) : 0;
  return findGrids(page, picture, angle);
}

/**
 * The tables of a recognised page, from its gray raster, and in colour where that shows more. `noise` is that of
 * the raster, see estimateNoise. Pages of running text without long rules cost no more than a look at their words.
 */
export async function findScannedTables(
  recognised: RecognisedPage,
  { raster, ink, noise }: { raster: GrayImage; ink: InkMap; noise: number },
  source: PageSource,
): Promise<TableGrid[]> {
  const page = { ...recognised, words: recognised.words.filter((word) => !looksLikeSpeck(word)) };
  if (page.words.length === 0 || !(wordsStandApart(page) || hasLongInk(ink))) return [];
  const gray = planesOfGray(raster, page.widthPt);
  const angle = skewOf(gray);
  if (noise < noisyScan) {
    const grids = findGrids(page, gray, angle);
    if (grids.some((grid) => grid.seenBy === 'rules')) return grids;
  }
  const colour = await orNothing(source, () => colourPlanes(page, source));
  return findGrids(page, colour ?? gray, angle);
}

async function colourPlanes(page: PageWords, source: PageSource): Promise<PixelPlanes | undefined> {
  const { engine, file, number, call } = source;
  const picture = await engine.renderColour?.(file, number, scanDpi, call);
  return picture && planesOfColour(picture, page.widthPt);
}

/** A page whose picture cannot be had was read all the same: it must not be lost for a table. */
async function orNothing<Result>(
  { number, logger }: PageSource,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isAppError(error, 'job.cancelled')) throw error;
    logger.warn({ page: number, error }, 'pipeline.no_picture_for_tables');
    return undefined;
  }
}

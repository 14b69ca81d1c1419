import type { OcrEngine, OcrWord } from '#engines/ocr-engine.ts';
import type { GrayImage } from '#engines/page-engine.ts';
import type { InkMap } from './ink.ts';
import type { PageParts } from './layout/lay-out-page.ts';
import { figuresOfInk } from './layout/page-figures.ts';
import { findScannedTables, type PageSource } from './tables/page-tables.ts';
import { rereadCells } from './tables/reread-cells.ts';

export interface ScannedPage {
  /** As the page was first rendered or decoded. */
  raster: GrayImage;
  /** As it was recognised: the same, or finer. */
  image: GrayImage;
  ink: InkMap;
  /** Of the raster, see estimateNoise. */
  noise: number;
  widthPt: number;
  heightPt: number;
  localThreshold: boolean;
  languages: readonly string[];
  ocr: OcrEngine;
  source: PageSource;
}

/**
 * The tables and figures of a recognised page, and its words, in which the doubtful cells of the tables were read
 * again. Throws what the recogniser throws.
 */
export async function findScannedStructure(
  recognised: readonly OcrWord[],
  page: ScannedPage,
): Promise<{ words: readonly OcrWord[]; parts: PageParts }> {
  const { widthPt, heightPt, image, ink, source } = page;
  if (!(widthPt > 0 && heightPt > 0)) return { words: recognised, parts: {} };
  const size = { widthPt, heightPt };
  const tables = await findScannedTables({ words: recognised, ...size }, page, source);
  const words =
    tables.length === 0
      ? recognised
      : await rereadCells(recognised, tables, image, size, { ...page, call: source.call });
  return { words, parts: { tables, figures: figuresOfInk(ink, words, tables) } };
}

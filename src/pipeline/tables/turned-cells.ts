import type { OcrWord } from '#engines/ocr-engine.ts';
import type { GrayImage } from '#engines/page-engine.ts';
import { boxAsShown, turnRaster, type QuarterTurn } from '../orientation/page-stand.ts';
import { worthOf } from '../second-reading/merge-readings.ts';
import type { CellCrop } from './cell-crop.ts';
import { withoutDebris } from './cell-debris.ts';
import { makeCellSheet, wordsOfSheet } from './cell-sheet.ts';
import { turnBox } from './turned-page.ts';

/** The page the crops were cut from. */
export interface CropSource {
  width: number;
  height: number;
  widthPt: number;
  heightPt: number;
  angle: number;
  dpi: number;
}

/** Print so many times higher than wide may stand. */
const standingRatio = 1.5;
/** Words up the page, as on the spine of a book, are more usual than down; both have to be clearly better. */
const turns: readonly QuarterTurn[] = [90, 270];
const clearly = 1.3;
const leastWorth = 2;

/** Whether what is printed in a cell may be words that run up or down the page. */
export function mayStand({ width, height }: CellCrop): boolean {
  return height >= standingRatio * width;
}

/**
 * Reads narrow cells turned to either side. Returns for each crop the words of the side that reads clearly better than
 * `upright`, in their reading order, with their boxes on the page; undefined where neither does.
 */
export async function readTurnedCells(
  crops: readonly CellCrop[],
  upright: readonly (readonly OcrWord[])[],
  source: CropSource,
  readSheet: (sheet: GrayImage) => Promise<readonly OcrWord[]>,
): Promise<(OcrWord[] | undefined)[]> {
  const best: (OcrWord[] | undefined)[] = crops.map(() => undefined);
  if (crops.length === 0) return best;
  const most = crops.map((_, index) =>
    Math.max(leastWorth, clearly * worthOf(upright[index] ?? [])),
  );
  for (const turn of turns) {
    const turned = crops.map((crop) => ({
      ...crop,
      ...turnRaster({ ...crop, dpi: source.dpi }, { turn, degrees: 0 }),
      left: 0,
      top: 0,
    }));
    const sheet = makeCellSheet(turned, source.dpi);
    // A page of one pixel a point: the boxes come back in pixels of each crop.
    const pixels = { width: 1, height: 1, widthPt: 1, heightPt: 1, angle: 0 };
    const read = wordsOfSheet(await readSheet(sheet.image), sheet, turned, pixels);
    crops.forEach((crop, index) => {
      const words = withoutDebris(read[index] ?? []);
      const worth = worthOf(words);
      if (worth <= (most[index] ?? Infinity)) return;
      most[index] = worth;
      best[index] = words.map((word) => ({ ...word, ...boxOnPage(word, crop, turn, source) }));
    });
  }
  return best;
}

function boxOnPage(word: OcrWord, crop: CellCrop, turn: QuarterTurn, source: CropSource) {
  // 90 and 270 both swap the sides.
  const inTurned = {
    x: word.x / crop.height,
    y: word.y / crop.width,
    width: word.width / crop.height,
    height: word.height / crop.width,
  };
  const inCrop = boxAsShown(inTurned, { turn, degrees: 0 }, crop);
  const upright = {
    x: (crop.left + inCrop.x * crop.width) / source.width,
    y: (crop.top + inCrop.y * crop.height) / source.height,
    width: (inCrop.width * crop.width) / source.width,
    height: (inCrop.height * crop.height) / source.height,
  };
  return turnBox(upright, -source.angle, source);
}

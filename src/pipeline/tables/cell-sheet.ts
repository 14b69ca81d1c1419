import type { OcrWord } from '#engines/ocr-engine.ts';
import type { GrayImage } from '#engines/page-engine.ts';
import type { Box } from '#kernel/word.ts';
import type { CellCrop } from './cell-crop.ts';
import { turnBox } from './turned-page.ts';

/** Cells one below the other on white, so that one call of the recogniser reads them all. */
export interface CellSheet {
  image: GrayImage;
  /** Row of pixels at which each crop begins. */
  tops: number[];
}

const border = 24;
/** White between two cells, in pixels: more than between two lines of a cell. */
const gap = 40;

/** Sets crops of an image of `dpi` on a sheet. */
export function makeCellSheet(crops: readonly CellCrop[], dpi: number): CellSheet {
  const width = Math.max(...crops.map((crop) => crop.width)) + 2 * border;
  const tops: number[] = [];
  let height = border;
  for (const crop of crops) {
    tops.push(height);
    height += crop.height + gap;
  }
  const pixels = new Uint8Array(width * height).fill(255);
  crops.forEach((crop, index) => {
    for (let y = 0; y < crop.height; y++) {
      const row = crop.pixels.subarray(y * crop.width, (y + 1) * crop.width);
      pixels.set(row, ((tops[index] ?? 0) + y) * width + border);
    }
  });
  return { image: { width, height, pixels, dpi }, tops };
}

/**
 * Gives the words that were read of a sheet back to its cells, with their boxes on the page as it lies.
 * Returns a list per crop; `image` is what the crops were cut from.
 */
export function wordsOfSheet(
  words: readonly OcrWord[],
  sheet: CellSheet,
  crops: readonly CellCrop[],
  image: { width: number; height: number; widthPt: number; heightPt: number; angle: number },
): OcrWord[][] {
  const found = crops.map((): OcrWord[] => []);
  for (const word of words) {
    const left = word.x * sheet.image.width;
    const top = word.y * sheet.image.height;
    const middle = top + (word.height * sheet.image.height) / 2;
    const index = sheet.tops.findLastIndex((from) => middle >= from - gap / 2);
    const crop = crops[index];
    if (crop === undefined) continue;
    const upright: Box = {
      x: (crop.left + left - border) / image.width,
      y: (crop.top + top - (sheet.tops[index] ?? 0)) / image.height,
      width: (word.width * sheet.image.width) / image.width,
      height: (word.height * sheet.image.height) / image.height,
    };
    found[index]?.push({ ...word, ...turnBox(upright, -image.angle, image) });
  }
  return found;
}

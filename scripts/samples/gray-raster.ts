import { PDFiumLibrary } from '@hyzyla/pdfium';
import sharp, { type Sharp } from 'sharp';

/** One byte a pixel, row by row without padding; 0 is black, 255 white. */
export interface GrayRaster {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** Draws every page of a PDF in gray at `dpi`. */
export async function renderGrayPages(pdf: Uint8Array, dpi: number): Promise<GrayRaster[]> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(pdf);
    const rasters: GrayRaster[] = [];
    for (const page of document.pages()) {
      const drawn = await page.render({ scale: dpi / 72, render: 'bitmap' });
      // Four bytes a pixel in, one out: PDFium pads gray rows, colour rows never.
      const pixels = await sharp(drawn.data, {
        raw: { width: drawn.width, height: drawn.height, channels: 4 },
      })
        .removeAlpha()
        .toColourspace('b-w')
        .raw()
        .toBuffer();
      rasters.push({ width: drawn.width, height: drawn.height, pixels: new Uint8Array(pixels) });
    }
    document.destroy();
    return rasters;
  } finally {
    library.destroy();
  }
}

/** A sharp pipeline that starts from the raster. */
export function openRaster(raster: GrayRaster): Sharp {
  return sharp(raster.pixels, { raw: { width: raster.width, height: raster.height, channels: 1 } });
}

/** The gray value at a point between pixels; outside of the raster it is white. */
export function sampleGray(raster: GrayRaster, x: number, y: number): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const at = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= raster.width || row >= raster.height
      ? 255
      : (raster.pixels[row * raster.width + column] ?? 255);
  const across = x - left;
  const upper = at(left, top) * (1 - across) + at(left + 1, top) * across;
  const lower = at(left, top + 1) * (1 - across) + at(left + 1, top + 1) * across;
  return upper + (lower - upper) * (y - top);
}

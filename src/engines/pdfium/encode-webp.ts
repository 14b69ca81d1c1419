import sharp from 'sharp';
import { webpDrawing, webpPhoto } from '../raster/webp-picture.ts';
import type { ColourRaster } from './page-raster.ts';

sharp.concurrency(1);
sharp.cache(false);
// Pictures are only written here: no image file is ever parsed in this process.
sharp.block({ operation: ['VipsForeignLoad'] });

/** Codes a raster as WebP. */
export async function encodeWebp({
  width,
  height,
  pixels,
  isDrawing,
}: ColourRaster): Promise<{ width: number; height: number; bytes: Uint8Array }> {
  const bytes = await sharp(pixels, {
    raw: { width, height, channels: 3 },
    limitInputPixels: width * height,
  })
    .webp(isDrawing ? webpDrawing : webpPhoto)
    .toBuffer();
  return { width, height, bytes };
}

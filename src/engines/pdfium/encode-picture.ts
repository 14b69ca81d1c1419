import sharp from 'sharp';
import { pngPicture, webpDrawing, webpPhoto } from '../raster/picture-coding.ts';
import type { ColourRaster } from './page-raster.ts';

sharp.concurrency(1);
sharp.cache(false);
// Pictures are only written here: no image file is ever parsed in this process.
sharp.block({ operation: ['VipsForeignLoad'] });

/** Codes a raster as PNG or WebP. */
export async function encodePicture(
  { width, height, pixels, isDrawing }: ColourRaster,
  isPng: boolean,
): Promise<{ width: number; height: number; bytes: Uint8Array }> {
  const image = sharp(pixels, {
    raw: { width, height, channels: 3 },
    limitInputPixels: width * height,
  });
  const coded = isPng ? image.png(pngPicture) : image.webp(isDrawing ? webpDrawing : webpPhoto);
  const bytes = await coded.toBuffer();
  return { width, height, bytes };
}

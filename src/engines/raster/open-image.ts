import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { decodeBmp, looksLikeBmp, readBmpHeader } from './bmp-decoder.ts';

/**
 * An image is decoded in strips and reduced on the way, so it may hold more pixels than a raster
 * that leaves here; a scan of A3 at 600 dpi does.
 */
const decodedPerRasterPixel = 4;

/** Lets libvips open the formats that Docmill reads, and nothing else: the rest is an attack surface. */
export function allowOnlyOurFormats(): void {
  sharp.concurrency(1);
  sharp.cache(false);
  // SVG, PDF, raw dumps, scientific formats.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpegFile',
      'VipsForeignLoadPngFile',
      'VipsForeignLoadTiffFile',
      'VipsForeignLoadWebpFile',
      'VipsForeignLoadNsgifFile',
    ],
  });
}

/**
 * One page (1-based) of an image file. libvips does not know Windows bitmaps; they are decoded here.
 * Throws as readBmpHeader does.
 */
export function openImage(path: string, page: number, maxPixels: number): Sharp {
  if (!isBmp(path)) {
    return sharp(path, {
      limitInputPixels: maxPixels * decodedPerRasterPixel,
      // Cut files are refused; small sins that every viewer forgives are not.
      failOn: 'truncated',
      sequentialRead: true,
      // Only TIFF has pages; for a moving WebP or GIF this means its first frame.
      page: page - 1,
    });
  }
  const file = readFileSync(path);
  const header = readBmpHeader(file, maxPixels);
  const { width, height } = header;
  return sharp(decodeBmp(file, header), { raw: { width, height, channels: 3 } });
}

/** What the header of a page says. Throws as openImage does. */
export async function readImageHeader(
  path: string,
  page: number,
  maxPixels: number,
): Promise<Metadata> {
  if (!isBmp(path)) return openImage(path, page, maxPixels).metadata();
  const { width, height, dpi } = readBmpHeader(readFileSync(path), maxPixels);
  // Of a picture of one pixel, so that nothing is decoded for its header.
  const form = await sharp(Buffer.alloc(3), {
    raw: { width: 1, height: 1, channels: 3 },
  }).metadata();
  return {
    ...form,
    width,
    height,
    autoOrient: { width, height },
    ...(dpi > 0 && { density: dpi }),
  };
}

function isBmp(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(2);
    readSync(file, head, 0, 2, 0);
    return looksLikeBmp(head);
  } finally {
    closeSync(file);
  }
}

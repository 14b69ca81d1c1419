import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp';
import { AppError } from '#kernel/app-error.ts';
import { damaged, pageUnreadable } from '../sandbox/engine-failures.ts';
import { statedDpi } from './image-dpi.ts';
import { webpPhoto, webpSideAtMost } from './webp-picture.ts';

/**
 * An image is decoded in strips and reduced on the way, so it may hold more pixels than a raster
 * that leaves here; a scan of A3 at 600 dpi does.
 */
const decodedPerRasterPixel = 4;

export interface ImageFacts {
  pageCount: number;
  /** Of one page, upright. */
  width: number;
  height: number;
  /** 0 when the file does not say. */
  dpi: number;
  metadata: Record<string, string>;
}

/** Facts of one page (1-based) from its header. Throws `file.damaged`, `file.too_many_pixels`, `file.page_unreadable`. */
export async function readFacts(
  path: string,
  page: number,
  maxPixels: number,
): Promise<ImageFacts> {
  const found = await orExplain(open(path, page, maxPixels).metadata(), page);
  const { width, height } = found.autoOrient;
  const dpi = statedDpi(found.density, width, height);
  const pageCount = found.format === 'tiff' ? (found.pages ?? 1) : 1;
  if (page > pageCount) throw noSuchPage(page);
  return { pageCount, width, height, dpi, metadata: describe(found) };
}

interface Raster {
  width: number;
  height: number;
  pixels: Uint8Array;
  dpi: number;
}

/** One page upright, on white, as 8-bit gray; reduced when it holds more than `maxPixels`. Throws as readFacts does. */
export function decodeGray(path: string, page: number, maxPixels: number): Promise<Raster> {
  return decode(path, page, maxPixels, (image) => image.toColourspace('b-w').extractChannel(0));
}

/** The same as three bytes per pixel: red, green and blue. */
export function decodeColour(path: string, page: number, maxPixels: number): Promise<Raster> {
  return decode(path, page, maxPixels, (image) => image.toColourspace('srgb').removeAlpha());
}

async function decode(
  path: string,
  page: number,
  maxPixels: number,
  toChannels: (image: Sharp) => Sharp,
): Promise<Raster> {
  const facts = await readFacts(path, page, maxPixels);
  const scale = Math.min(1, Math.sqrt(maxPixels / (facts.width * facts.height)));
  const width = Math.max(1, Math.floor(facts.width * scale));
  const whole = open(path, page, maxPixels).autoOrient().flatten({ background: '#ffffff' });
  const sized = scale < 1 ? whole.resize({ width }) : whole;
  const raw = toChannels(sized).raw({ depth: 'uchar' });
  const { data, info } = await orExplain(raw.toBuffer({ resolveWithObject: true }), page);
  return { width: info.width, height: info.height, pixels: data, dpi: facts.dpi * scale };
}

/** One page upright in colour as WebP, at most `widthPx` wide and never enlarged. Throws as readFacts does. */
export async function decodePicture(
  path: string,
  page: number,
  { widthPx, maxPixels }: { widthPx: number; maxPixels: number },
): Promise<{ width: number; height: number; bytes: Uint8Array }> {
  await readFacts(path, page, maxPixels);
  const picture = open(path, page, maxPixels)
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize({
      width: Math.min(widthPx, webpSideAtMost),
      height: webpSideAtMost,
      fit: 'inside',
      withoutEnlargement: true,
    })
    .toColourspace('srgb')
    .webp(webpPhoto);
  const { data, info } = await orExplain(picture.toBuffer({ resolveWithObject: true }), page);
  return { width: info.width, height: info.height, bytes: data };
}

function open(path: string, page: number, maxPixels: number): Sharp {
  const options: SharpOptions = {
    limitInputPixels: maxPixels * decodedPerRasterPixel,
    // Cut files are refused; small sins that every viewer forgives are not.
    failOn: 'truncated',
    sequentialRead: true,
    // Only TIFF has pages; for a moving WebP this means its first frame.
    page: page - 1,
  };
  return sharp(path, options);
}

async function orExplain<Result>(work: Promise<Result>, page: number): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw explain(error instanceof Error ? error.message : String(error), page);
  }
}

/** libvips says what went wrong in its message only. */
function explain(message: string, page: number): AppError {
  if (/exceeds pixel limit/i.test(message)) {
    return new AppError('file.too_many_pixels', 'The image holds more pixels than can be read.', {
      details: { page },
    });
  }
  if (/does not contain page/i.test(message)) return noSuchPage(page);
  return damaged(`the image cannot be decoded (${message.split('\n')[0]?.slice(0, 120) ?? ''})`);
}

function noSuchPage(page: number): AppError {
  return pageUnreadable(page, 'the file has no such page');
}

function describe(found: Metadata): Record<string, string> {
  return {
    format: found.format,
    colourSpace: found.space,
    width: String(found.width),
    height: String(found.height),
    ...(found.density === undefined ? {} : { statedDpi: String(found.density) }),
  };
}

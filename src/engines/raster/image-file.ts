import type { Metadata, Sharp } from 'sharp';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { damaged, pageUnreadable } from '../sandbox/engine-failures.ts';
import { statedDpi } from './image-dpi.ts';
import { openImage, readImageHeader } from './open-image.ts';
import { pngPicture, webpPhoto, webpSideAtMost } from './picture-coding.ts';

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
  const found = await orExplain(() => readImageHeader(path, page, maxPixels), page);
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
  const { data, info } = await orExplain(async () => {
    const image = openImage(path, page, maxPixels);
    const whole = image.autoOrient().flatten({ background: '#ffffff' });
    const sized = scale < 1 ? whole.resize({ width }) : whole;
    return toChannels(sized).raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  }, page);
  return { width: info.width, height: info.height, pixels: data, dpi: facts.dpi * scale };
}

interface CodedPicture {
  width: number;
  height: number;
  bytes: Uint8Array;
}

/** One page upright in colour as WebP or PNG, at most `widthPx` wide and never enlarged. Throws as readFacts does. */
export function decodePicture(
  path: string,
  page: number,
  { widthPx, isPng, maxPixels }: { widthPx: number; isPng: boolean; maxPixels: number },
): Promise<CodedPicture> {
  const size = {
    width: Math.min(widthPx, webpSideAtMost),
    height: webpSideAtMost,
    fit: 'inside',
    withoutEnlargement: true,
  } as const;
  return recode(path, page, maxPixels, (image) => {
    const sized = image.resize(size).toColourspace('srgb');
    return isPng ? sized.png(pngPicture) : sized.webp(webpPhoto);
  });
}

/** The middle of one page upright as a square WebP of `sidePx` a side, whatever its size. Throws as readFacts does. */
export function decodeSquare(
  path: string,
  page: number,
  { sidePx, maxPixels }: { sidePx: number; maxPixels: number },
): Promise<CodedPicture> {
  const size = { width: sidePx, height: sidePx, fit: 'cover', position: 'centre' } as const;
  return recode(path, page, maxPixels, (image) =>
    image.resize(size).toColourspace('srgb').webp(webpPhoto),
  );
}

/** Only pixels go over, on white: what a camera or a program wrote beside them stays behind. */
async function recode(
  path: string,
  page: number,
  maxPixels: number,
  code: (image: Sharp) => Sharp,
): Promise<CodedPicture> {
  await readFacts(path, page, maxPixels);
  const { data, info } = await orExplain(() => {
    const image = openImage(path, page, maxPixels).autoOrient().flatten({ background: '#ffffff' });
    return code(image).toBuffer({ resolveWithObject: true });
  }, page);
  return { width: info.width, height: info.height, bytes: data };
}

async function orExplain<Result>(work: () => Promise<Result>, page: number): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isAppError(error)) throw error;
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

/** Only our own decoder hands out pixels as they are. */
function isBitmap({ format }: Metadata): boolean {
  return format === 'raw';
}

function describe(found: Metadata): Record<string, string> {
  return {
    format: isBitmap(found) ? 'bmp' : found.format,
    colourSpace: found.space,
    width: String(found.width),
    height: String(found.height),
    ...(found.density === undefined ? {} : { statedDpi: String(found.density) }),
  };
}

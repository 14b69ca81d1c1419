import { readFileSync, statSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import type { Metadata, Sharp } from 'sharp';
import { FileWindow } from '../pdfium/file-window.ts';
import { openImage } from '../raster/open-image.ts';
import { encodeFax } from './fax-encoder.ts';
import { readJpegHeader } from './jpeg-header.ts';
import { isLossyTiff, isLossyWebp } from './lossy-source.ts';
import type { PagePicture } from './page-picture.ts';
import { readPngHeader } from './png-header.ts';
import { textNotAddable } from './text-not-addable.ts';

export interface PictureRequest {
  path: string;
  /** 1-based. */
  page: number;
  maxPixels: number;
}

/**
 * The picture of a page in the form that hurts it least: the bytes of a JPEG file and the data of a PNG
 * file as they are; black and white as fax, what else was stored without loss without loss, and what was
 * stored with loss as a JPEG of about its size. Transparent parts become white, as on paper.
 * Throws AppError `file.text_not_addable` when the picture cannot be decoded.
 */
export async function choosePicture({
  path,
  page,
  maxPixels,
}: PictureRequest): Promise<PagePicture> {
  const open = (): Sharp => openImage(path, page, maxPixels);
  try {
    const facts = await open().metadata();
    const taken = takeJpeg(path, facts) ?? takePng(path, facts);
    if (taken !== undefined) return taken;
    const image = open().autoOrient();
    if (isLossy(path, facts, page)) {
      return await codeAsJpeg(image, facts, statSync(path).size / (facts.pages ?? 1));
    }
    if (facts.bitsPerSample === 1) return await codeBlackAndWhite(image);
    return await codeAsPng(image, facts);
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'no picture';
    throw textNotAddable('damaged', `a page cannot be decoded (${why.slice(0, 120)})`);
  }
}

function isLossy(path: string, { format }: Metadata, page: number): boolean {
  if (format === 'jpeg') return true;
  if (format === 'webp') return isLossyWebp(readFileSync(path));
  if (format !== 'tiff') return false;
  // A TIFF file may be large and is asked for page by page.
  const file = new FileWindow(path);
  try {
    return isLossyTiff(file, page);
  } finally {
    file.close();
  }
}

function takeJpeg(path: string, facts: Metadata): PagePicture | undefined {
  if (facts.format !== 'jpeg') return undefined;
  const file = readFileSync(path);
  const header = readJpegHeader(file);
  if (header === undefined || !header.isCommon || header.bits !== 8) return undefined;
  const { width, height, channels } = header;
  if (channels !== 1 && channels !== 3 && channels !== 4) return undefined;
  const profile = profileFor(facts, channels);
  return {
    coding: 'jpeg',
    width,
    height,
    channels,
    bits: 8,
    orientation: facts.orientation ?? 1,
    isInverted: channels === 4 && header.isAdobe,
    ...(profile && { profile }),
    source: { ranges: profile ? header.withoutProfile : [{ from: 0, to: file.length }] },
  };
}

function takePng(path: string, facts: Metadata): PagePicture | undefined {
  const header = facts.format === 'png' ? readPngHeader(readFileSync(path)) : undefined;
  if (header === undefined || header.isInterlaced || header.hasTransparency) return undefined;
  const { width, height, bits, colourType, palette, data } = header;
  if (colourType !== 0 && colourType !== 2 && colourType !== 3) return undefined;
  if (colourType === 3 && palette === undefined) return undefined;
  const channels = colourType === 2 ? 3 : 1;
  const profile = profileFor(facts, colourType === 0 ? 1 : 3);
  return {
    coding: 'png',
    width,
    height,
    channels,
    bits,
    orientation: facts.orientation ?? 1,
    isInverted: false,
    ...(colourType === 3 && palette && { palette }),
    ...(profile && { profile }),
    source: { ranges: data },
  };
}

const profileSpaces = { 1: 'GRAY', 3: 'RGB ', 4: 'CMYK' } as const;

/** The colour profile of a file when it is one for so many channels (ICC.1, data colour space). */
function profileFor({ icc }: Metadata, channels: 1 | 3 | 4): Buffer | undefined {
  if (icc === undefined || icc.length < 128) return undefined;
  return icc.toString('latin1', 16, 20) === profileSpaces[channels] ? icc : undefined;
}

const upright = { orientation: 1, isInverted: false } as const;
/** From hardly visible loss to what is still good on a scan. */
const qualities = [92, 85, 75, 60] as const;
const growthAtMost = 1.3;

async function codeAsJpeg(
  image: Sharp,
  facts: Metadata,
  sourceBytes: number,
): Promise<PagePicture> {
  const isGray = facts.channels <= 2;
  const plain = image.flatten({ background: '#ffffff' }).toColourspace(isGray ? 'b-w' : 'srgb');
  for (const quality of qualities) {
    const coded = plain.clone().jpeg({ quality, mozjpeg: false });
    const { data, info } = await coded.toBuffer({ resolveWithObject: true });
    if (data.length > sourceBytes * growthAtMost && quality !== qualities.at(-1)) continue;
    return {
      ...upright,
      coding: 'jpeg',
      width: info.width,
      height: info.height,
      channels: isGray ? 1 : 3,
      bits: 8,
      source: { bytes: data },
    };
  }
  throw new Error('the picture cannot be coded');
}

async function codeBlackAndWhite(image: Sharp): Promise<PagePicture> {
  const gray = image.toColourspace('b-w').extractChannel(0).raw({ depth: 'uchar' });
  const { data, info } = await gray.toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const form = { ...upright, width, height, channels: 1, bits: 1 } as const;
  const fax = encodeFax(data, width, height);
  // Screened pictures change colour at every pixel, for which fax has no short code.
  const rows = deflateSync(packBits(data, width, height), { level: 9 });
  return fax.length <= rows.length
    ? { ...form, coding: 'fax', source: { bytes: fax } }
    : { ...form, coding: 'deflate', source: { bytes: rows } };
}

/** A bit for each pixel, 1 for white; rows start at whole bytes. */
function packBits(pixels: Buffer, width: number, height: number): Uint8Array {
  const rowBytes = Math.ceil(width / 8);
  const packed = new Uint8Array(rowBytes * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      if (pixels[row * width + column] === 0) continue;
      const at = row * rowBytes + (column >> 3);
      packed[at] = (packed[at] ?? 0) | (0x80 >> (column & 7));
    }
  }
  return packed;
}

async function codeAsPng(image: Sharp, facts: Metadata): Promise<PagePicture> {
  const isGray = facts.channels <= 2;
  const isDeep = facts.depth === 'ushort';
  const space = isGray ? (isDeep ? 'grey16' : 'b-w') : isDeep ? 'rgb16' : 'srgb';
  const opaque = facts.hasAlpha ? image.flatten({ background: '#ffffff' }) : image;
  const whole = opaque.toColourspace(space);
  const coded = [];
  // Which filter is better depends on whether the page is drawn or photographed.
  for (const adaptiveFiltering of [false, true]) {
    coded.push(await whole.clone().png({ compressionLevel: 9, adaptiveFiltering }).toBuffer());
  }
  const [one, other] = coded;
  const file = one !== undefined && other !== undefined && other.length < one.length ? other : one;
  const header = file && readPngHeader(file);
  if (file === undefined || header === undefined) throw new Error('the picture cannot be coded');
  return {
    ...upright,
    coding: 'png',
    width: header.width,
    height: header.height,
    channels: header.colourType === 2 ? 3 : 1,
    bits: header.bits,
    source: { bytes: Buffer.concat(header.data.map(({ from, to }) => file.subarray(from, to))) },
  };
}

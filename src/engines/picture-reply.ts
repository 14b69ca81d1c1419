import type { ColourImage, GrayImage, Inspection, Picture, PictureType } from './page-engine.ts';
import { crashed } from './sandbox/engine-failures.ts';
import { readBytes, readFields, readNumber, readStringRecord } from './sandbox/reply-fields.ts';

/** Reads a raster from a child's reply. Throws AppError `engine.crashed` when size and pixels do not fit. */
export function parseGrayImage(value: unknown): GrayImage {
  return parseRaster(value, 1);
}

/** The same for a raster of three bytes a pixel. */
export function parseColourImage(value: unknown): ColourImage {
  return parseRaster(value, 3);
}

function parseRaster(value: unknown, channels: 1 | 3): GrayImage {
  const fields = readFields(value);
  const width = readNumber(fields, 'width');
  const height = readNumber(fields, 'height');
  const pixels = readBytes(fields, 'pixels');
  if (pixels.length !== width * height * channels) {
    throw crashed('page', 'a raster of a wrong size');
  }
  return { width, height, pixels, dpi: readNumber(fields, 'dpi') };
}

/** Reads a picture of the asked type from a child's reply. Throws AppError `engine.crashed` on a wrong shape. */
export function parsePicture(value: unknown, mediaType: PictureType = 'image/webp'): Picture {
  const fields = readFields(value);
  return {
    mediaType,
    bytes: readBytes(fields, 'bytes'),
    width: readNumber(fields, 'width'),
    height: readNumber(fields, 'height'),
  };
}

/** Reads page count and metadata from a child's reply. Throws AppError `engine.crashed` on a wrong shape. */
export function parseInspection(value: unknown): Inspection {
  const fields = readFields(value);
  return {
    pageCount: readNumber(fields, 'pageCount'),
    metadata: readStringRecord(fields, 'metadata'),
  };
}

import { AppError } from '#kernel/app-error.ts';
import { memoryExceeded } from '../sandbox/engine-failures.ts';
import { webpSideAtMost } from '../raster/picture-coding.ts';
import { imageCoverage } from './image-coverage.ts';
import { allocate } from './pdf-document.ts';
import { listObjects } from './page-objects.ts';
import { type PageGeometry, readGeometry } from './page-geometry.ts';
import type { PdfiumModule } from './pdfium-module.ts';

/** The largest side that PDF readers agree on (ISO 32000-1, annex C): 200 inches. */
const sideAtMostPt = 14_400;
const pointsPerInch = 72;
const drawingCoverageAtMost = 0.05;

const grayFormat = 1;
const rgbFormat = 2;
const drawAnnotations = 0x01;
const drawGray = 0x08;
/** PDFium's own order is blue, green, red. */
const reverseBytes = 0x10;
const white = 0xffffffff;

export interface RasterMessage {
  width: number;
  height: number;
  pixels: Uint8Array;
  dpi: number;
}

/** Red, green and blue bytes. */
export interface ColourRaster {
  width: number;
  height: number;
  pixels: Uint8Array;
  /** True when images cover hardly any of the page. */
  isDrawing: boolean;
}

/**
 * Renders an open page in gray (one channel) or colour (three: red, green, blue) at `dpi`, or at the highest
 * dpi that keeps it under `maxPixels`. Throws `file.page_too_large`, `file.page_unreadable`, `engine.memory_exceeded`.
 */
export function renderAtDpi(
  pdfium: PdfiumModule,
  page: number,
  options: { number: number; dpi: number; maxPixels: number; channels: 1 | 3 },
): RasterMessage {
  const geometry = checkedGeometry(pdfium, page, options.number);
  const scale = fitScale(geometry, options.dpi / pointsPerInch, options.maxPixels);
  const { width, height } = pixelSize(geometry, scale);
  const pixels = drawPage(pdfium, page, { width, height, channels: options.channels });
  return { width, height, pixels, dpi: scale * pointsPerInch };
}

/** Renders an open page in colour, `widthPx` wide unless that breaks a limit. Throws as renderAtDpi does. */
export function renderColour(
  pdfium: PdfiumModule,
  page: number,
  options: { number: number; widthPx: number; maxPixels: number },
): ColourRaster {
  const geometry = checkedGeometry(pdfium, page, options.number);
  const longest = Math.max(geometry.widthPt, geometry.heightPt);
  const wanted = Math.min(options.widthPx / geometry.widthPt, webpSideAtMost / longest);
  const { width, height } = pixelSize(geometry, fitScale(geometry, wanted, options.maxPixels));
  const pixels = drawPage(pdfium, page, { width, height, channels: 3 });
  const { images } = listObjects(pdfium, page, geometry);
  const isDrawing = imageCoverage(images) < drawingCoverageAtMost;
  return { width, height, pixels, isDrawing };
}

function checkedGeometry(pdfium: PdfiumModule, page: number, number: number): PageGeometry {
  const geometry = readGeometry(pdfium, page, number);
  if (Math.max(geometry.widthPt, geometry.heightPt) > sideAtMostPt) {
    throw new AppError(
      'file.page_too_large',
      `Page ${number} is ${Math.round(geometry.widthPt)} x ${Math.round(geometry.heightPt)} points; a side may have ${sideAtMostPt}.`,
      { details: { page: number } },
    );
  }
  return geometry;
}

/** Pixels per point: the wanted scale, or less so that the raster has at most `maxPixels`. */
function fitScale(geometry: PageGeometry, wanted: number, maxPixels: number): number {
  const area = geometry.widthPt * geometry.heightPt;
  return Math.min(wanted, Math.sqrt(maxPixels / area));
}

function pixelSize(geometry: PageGeometry, scale: number): { width: number; height: number } {
  return {
    width: Math.max(1, Math.floor(geometry.widthPt * scale + 1e-3)),
    height: Math.max(1, Math.floor(geometry.heightPt * scale + 1e-3)),
  };
}

/** Draws straight into one (gray) or three (red, green, blue) bytes per pixel and copies them out without padding. */
function drawPage(
  pdfium: PdfiumModule,
  page: number,
  { width, height, channels }: { width: number; height: number; channels: 1 | 3 },
): Uint8Array {
  const { exports } = pdfium;
  const rowBytes = width * channels;
  // PDFium wants rows that start at multiples of four.
  const stride = Math.ceil(rowBytes / 4) * 4;
  const buffer = allocate(pdfium, stride * height);
  const format = channels === 1 ? grayFormat : rgbFormat;
  const bitmap = exports.FPDFBitmap_CreateEx(width, height, format, buffer, stride);
  if (bitmap === 0) throw memoryExceeded('pdfium', pdfium.memoryMb);
  const flags = drawAnnotations | (channels === 1 ? drawGray : reverseBytes);
  exports.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, white);
  exports.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags);
  const pixels = copyRows(pdfium.bytes(), buffer, { rowBytes, stride, height });
  exports.FPDFBitmap_Destroy(bitmap);
  exports.free(buffer);
  return pixels;
}

function copyRows(
  memory: Uint8Array,
  from: number,
  { rowBytes, stride, height }: { rowBytes: number; stride: number; height: number },
): Uint8Array {
  if (rowBytes === stride) return memory.slice(from, from + rowBytes * height);
  const pixels = new Uint8Array(rowBytes * height);
  for (let row = 0; row < height; row += 1) {
    const start = from + row * stride;
    pixels.set(memory.subarray(start, start + rowBytes), row * rowBytes);
  }
  return pixels;
}

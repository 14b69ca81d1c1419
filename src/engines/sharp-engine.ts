import type { Logger } from '#kernel/logger.ts';
import { defaultEngineLimits, type EngineLimits } from './engine-limits.ts';
import { installedVersion } from './installed-version.ts';
import type { EngineCall, PageEngine, TextLayerPage } from './page-engine.ts';
import {
  parseColourImage,
  parseGrayImage,
  parseInspection,
  parsePicture,
} from './picture-reply.ts';
import { ChildPool } from './sandbox/child-pool.ts';
import { isAppError } from '#kernel/app-error.ts';
import { pageUnreadable } from './sandbox/engine-failures.ts';
import { readFields, readNumber } from './sandbox/reply-fields.ts';
import type { SourceFile } from './source-file.ts';

export interface SharpEngineOptions {
  limits?: EngineLimits;
  /** Processes, and so images that are decoded at once. */
  children?: number;
  logger: Logger;
}

const pointsPerInch = 72;
/** What an image of unknown resolution is taken for: the usual one of office scanners. */
const assumedDpi = 200;

/** PNG, JPEG, TIFF, WebP and GIF through sharp (libvips), and BMP by our own decoder, in sandboxed child processes. A file page is an image page. */
export function createSharpEngine(options: SharpEngineOptions): PageEngine {
  const limits = options.limits ?? defaultEngineLimits;
  const { maxPixels } = limits;
  const pool = new ChildPool({
    engine: 'sharp',
    entry: new URL('./raster/raster-child.ts', import.meta.url),
    children: options.children ?? 1,
    limits,
    logger: options.logger,
    addons: true,
  });
  const page1 = { page: 1, maxPixels };
  return {
    name: 'sharp',
    version: `sharp ${installedVersion('sharp')}`,
    accepts: (mediaType) => mediaType.startsWith('image/'),
    inspect: async (file, call) =>
      parseInspection(await pool.call('facts', page1, { ...call, file })),
    readText: (file, from, to, call) => readPages(pool, maxPixels, { file, from, to, call }),
    renderGray: async (file, page, _dpi, call) =>
      parseGrayImage(
        await pool.call('gray', { page: checkPage(page), maxPixels }, { ...call, file }),
      ),
    renderColour: async (file, page, _dpi, call) =>
      parseColourImage(
        await pool.call('colour', { page: checkPage(page), maxPixels }, { ...call, file }),
      ),
    renderPicture: async (file, page, { widthPx, mediaType = 'image/webp' }, call) =>
      parsePicture(
        await pool.call(
          'picture',
          { page: checkPage(page), maxPixels, widthPx, mediaType },
          { ...call, file },
        ),
        mediaType,
      ),
    renderSquare: async (file, page, sidePx, call) =>
      parsePicture(
        await pool.call('square', { page: checkPage(page), maxPixels, sidePx }, { ...call, file }),
      ),
    close: () => pool.close(),
  };
}

interface PageRange {
  file: SourceFile;
  from: number;
  to: number;
  call: EngineCall | undefined;
}

async function readPages(
  pool: ChildPool,
  maxPixels: number,
  { file, from, to, call }: PageRange,
): Promise<TextLayerPage[]> {
  const pages: TextLayerPage[] = [];
  for (let page = from; page <= to; page += 1) {
    const size = await readSize(pool, { page: checkPage(page), maxPixels }, { file, call });
    pages.push({
      number: page,
      widthPt: 0,
      heightPt: 0,
      rotation: 0,
      words: [],
      unmappedCharacters: 0,
      characters: 0,
      imageCoverage: 'unreadable' in size ? 0 : 1,
      ...size,
    });
  }
  return pages;
}

/** Size of one page, or why it cannot be opened; the first page speaks for the file, so it throws. */
async function readSize(
  pool: ChildPool,
  request: { page: number; maxPixels: number },
  { file, call }: { file: SourceFile; call: EngineCall | undefined },
): Promise<{ widthPt: number; heightPt: number } | { unreadable: string }> {
  try {
    const facts = readFields(await pool.call('facts', request, { ...call, file }));
    const dpi = readNumber(facts, 'dpi') || assumedDpi;
    return {
      widthPt: (readNumber(facts, 'width') / dpi) * pointsPerInch,
      heightPt: (readNumber(facts, 'height') / dpi) * pointsPerInch,
    };
  } catch (error) {
    const isAboutPage = isAppError(error) && error.code.startsWith('file.') && request.page > 1;
    if (isAboutPage) return { unreadable: error.message };
    throw error;
  }
}

function checkPage(page: number): number {
  if (!Number.isInteger(page) || page < 1) throw pageUnreadable(page, 'pages count from 1');
  return page;
}

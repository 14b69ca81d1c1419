import type { Logger } from '#kernel/logger.ts';
import { defaultEngineLimits, type EngineLimits } from './engine-limits.ts';
import { installedVersion } from './installed-version.ts';
import type { EngineCall, PageEngine, TextLayerPage } from './page-engine.ts';
import { unpackPage, unreadablePage } from './pdfium/packed-words.ts';
import {
  parseColourImage,
  parseGrayImage,
  parseInspection,
  parsePicture,
} from './picture-reply.ts';
import { ChildPool } from './sandbox/child-pool.ts';
import { crashed } from './sandbox/engine-failures.ts';
import { readFields, readList, readString } from './sandbox/reply-fields.ts';
import type { SourceFile } from './source-file.ts';

export interface PdfiumEngineOptions {
  limits?: EngineLimits;
  /** Processes, and so documents that are read at once. */
  children?: number;
  logger: Logger;
}

/** Keeps one message small and the child's time limit meaningful, however long the range is. */
const pagesPerCall = 32;
const wasmMemoryAtMostMb = 512;

/** PDFium (WASM) in sandboxed child processes; each keeps the document open that it read last. */
export function createPdfiumEngine(
  options: PdfiumEngineOptions,
): Required<Omit<PageEngine, 'readContents' | 'renderSquare'>> {
  const limits = options.limits ?? defaultEngineLimits;
  const pool = new ChildPool({
    engine: 'pdfium',
    entry: new URL('./pdfium/pdfium-child.ts', import.meta.url),
    children: options.children ?? 1,
    limits,
    logger: options.logger,
    addons: true,
    workers: true,
  });
  const bounds = {
    // The rest of the process needs about as much again: pixels on their way out, and Node itself.
    wasmMemoryMb: Math.max(64, Math.min(wasmMemoryAtMostMb, Math.floor(limits.memoryMb / 2))),
    maxPixels: limits.maxPixels,
  };
  return {
    name: 'pdfium',
    version: `pdfium ${installedVersion('@hyzyla/pdfium')}`,
    accepts: (mediaType) => mediaType === 'application/pdf',
    inspect: async (file, call) =>
      parseInspection(await pool.call('inspect', bounds, { ...call, file })),
    readText: (file, from, to, call) => readPages(pool, bounds, { file, from, to, call }),
    renderGray: async (file, page, dpi, call) =>
      parseGrayImage(await pool.call('renderGray', { ...bounds, page, dpi }, { ...call, file })),
    renderColour: async (file, page, dpi, call) =>
      parseColourImage(
        await pool.call('renderColour', { ...bounds, page, dpi }, { ...call, file }),
      ),
    renderPicture: async (file, page, { widthPx, mediaType = 'image/webp' }, call) =>
      parsePicture(
        await pool.call(
          'renderPicture',
          { ...bounds, page, widthPx, mediaType },
          { ...call, file },
        ),
        mediaType,
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

/**
 * Reads a range in small calls. When a page takes PDFium down, a fresh child tries it once more,
 * since memory may only have been short; if it falls again the page is unreadable and the rest goes on.
 */
async function readPages(
  pool: ChildPool,
  bounds: Readonly<Record<string, unknown>>,
  { file, from, to, call }: PageRange,
): Promise<TextLayerPage[]> {
  const pages: TextLayerPage[] = [];
  let triedAgain = 0;
  for (let next = from; next <= to; next = from + pages.length) {
    const last = Math.min(to, next + pagesPerCall - 1);
    const reply = await pool.call(
      'readText',
      { ...bounds, from: next, to: last },
      { ...call, file },
    );
    const { read, stoppedBy } = parseTextReply(reply, next, last);
    pages.push(...read);
    if (stoppedBy === undefined) continue;
    const stoppedAt = next + read.length;
    if (triedAgain === stoppedAt) pages.push(unpackPage(unreadablePage(stoppedAt, stoppedBy)));
    triedAgain = stoppedAt;
  }
  return pages;
}

function parseTextReply(
  reply: unknown,
  from: number,
  to: number,
): { read: TextLayerPage[]; stoppedBy: string | undefined } {
  const fields = readFields(reply);
  const read = readList(fields, 'pages').map(unpackPage);
  const stopped = fields['stopped'];
  const expected = to - from + 1;
  const isWhole = stopped === undefined ? read.length === expected : read.length < expected;
  if (!isWhole) throw crashed('pdfium', 'a wrong number of pages');
  return {
    read,
    stoppedBy: stopped === undefined ? undefined : readString(readFields(stopped), 'message'),
  };
}

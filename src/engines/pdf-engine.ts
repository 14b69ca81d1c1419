import { isAppError } from '#kernel/app-error.ts';
import { isEmptyContents } from './document-contents.ts';
import type { EngineCall, Inspection, PageEngine, TextLayerPage } from './page-engine.ts';
import { createPdfiumEngine, type PdfiumEngineOptions } from './pdfium-engine.ts';
import { createPdfjsReader, type PdfjsReader } from './pdfjs-reader.ts';
import { isEngineFailure, pageUnreadable } from './sandbox/engine-failures.ts';
import type { SourceFile } from './source-file.ts';

/**
 * PDF files: PDFium, and pdf.js as second opinion where PDFium refuses a file or a page, or falls over it. What pdf.js
 * has read says so in `readBy`; such pages have words and no picture.
 */
export function createPdfEngine(options: PdfiumEngineOptions): PageEngine {
  const pdfium = createPdfiumEngine(options);
  const pdfjs = createPdfjsReader(options);
  const drawing = async <Result>(
    file: SourceFile,
    page: number,
    call: EngineCall | undefined,
    draw: () => Promise<Result>,
  ): Promise<Result> => {
    try {
      return await draw();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await orThrow(error, () => pdfjs.inspect(file, call));
      throw pageUnreadable(page, 'its words can be read, but it cannot be drawn');
    }
  };
  return {
    ...pdfium,
    inspect: (file, call) => inspect(pdfium, pdfjs, file, call),
    async readContents(file, call) {
      // The lists are a service: a file is not worth less because they cannot be had.
      const contents = await orNothing(() => pdfjs.readContents(file, call));
      return contents === undefined || isEmptyContents(contents) ? undefined : contents;
    },
    readText: (file, from, to, call) => readPages(pdfium, pdfjs, { file, from, to, call }),
    renderGray: (file, page, dpi, call) =>
      drawing(file, page, call, () => pdfium.renderGray(file, page, dpi, call)),
    renderColour: (file, page, dpi, call) =>
      drawing(file, page, call, () => pdfium.renderColour(file, page, dpi, call)),
    renderPicture: (file, page, wish, call) =>
      drawing(file, page, call, () => pdfium.renderPicture(file, page, wish, call)),
    async close() {
      await Promise.all([pdfium.close(), pdfjs.close()]);
    },
  };
}

async function inspect(
  pdfium: PageEngine,
  pdfjs: PdfjsReader,
  file: SourceFile,
  call: EngineCall | undefined,
): Promise<Inspection> {
  try {
    return await pdfium.inspect(file, call);
  } catch (error) {
    if (!isRefusal(error) && !isEngineFailure(error)) throw error;
    return orThrow(error, () => pdfjs.inspect(file, call));
  }
}

interface PageRange {
  file: SourceFile;
  from: number;
  to: number;
  call: EngineCall | undefined;
}

async function readPages(
  pdfium: PageEngine,
  pdfjs: PdfjsReader,
  { file, from, to, call }: PageRange,
): Promise<TextLayerPage[]> {
  let pages: TextLayerPage[];
  try {
    pages = await pdfium.readText(file, from, to, call);
  } catch (error) {
    // A range that PDFium falls over is halved by the caller until one page is left.
    const isLast = isRefusal(error) || (isEngineFailure(error) && from === to);
    if (!isLast) throw error;
    return orThrow(error, () => pdfjs.readText(file, from, to, call));
  }
  const broken = pages.filter((page) => page.unreadable !== undefined).map(({ number }) => number);
  const [first] = broken;
  const last = broken.at(-1);
  if (first === undefined || last === undefined) return pages;
  const second = await orNothing(() => pdfjs.readText(file, first, last, call));
  const byNumber = new Map(second?.map((page) => [page.number, page]));
  return pages.map((page) => {
    const other = page.unreadable === undefined ? undefined : byNumber.get(page.number);
    return other !== undefined && other.words.length > 0 ? other : page;
  });
}

/** What PDFium says of files that it does not understand. */
function isRefusal(error: unknown): boolean {
  return isAppError(error, 'file.damaged') || isAppError(error, 'file.empty');
}

/** The second opinion; where it fails too, the first one is thrown. */
async function orThrow<Result>(first: unknown, second: () => Promise<Result>): Promise<Result> {
  try {
    return await second();
  } catch (error) {
    throw isAppError(error, 'job.cancelled') ? error : first;
  }
}

/** The second opinion; undefined where there is none. */
async function orNothing<Result>(second: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await second();
  } catch (error) {
    if (isAppError(error, 'job.cancelled')) throw error;
    return undefined;
  }
}

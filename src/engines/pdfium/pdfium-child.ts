/** The process in which PDFium runs. It serves one host and never outlives it. */
import { isAppError } from '#kernel/app-error.ts';
import { type CallContext, endWithParent, serveCalls } from '../sandbox/call-server.ts';
import { crashed, isEngineFailure, memoryExceeded } from '../sandbox/engine-failures.ts';
import { outcomeOf } from '../sandbox/child-protocol.ts';
import { readFields, readNumber, readString } from '../sandbox/reply-fields.ts';
import { type PackedPage, unreadablePage } from './packed-words.ts';
import { type RasterMessage, renderAtDpi, renderColour } from './page-raster.ts';
import { PdfDocument } from './pdf-document.ts';
import { loadPdfium, type PdfiumModule } from './pdfium-module.ts';
import { readTextLayer } from './text-layer.ts';

let pdfium: PdfiumModule | undefined;
let opened: PdfDocument | undefined;

endWithParent();

serveCalls({
  inspect: (payload) =>
    guarded(payload, (document) => ({
      pageCount: document.pageCount,
      metadata: document.metadata(),
    })),
  readText: (payload, context) => readText(payload, context),
  renderGray: (payload) => renderRaster(payload, 1),
  renderColour: (payload) => renderRaster(payload, 3),
  renderPicture: (payload) =>
    guarded(payload, async (document, module, fields) => {
      const number = readNumber(fields, 'page');
      const widthPx = readNumber(fields, 'widthPx');
      const maxPixels = readNumber(fields, 'maxPixels');
      const raster = document.withPage(number, (page) =>
        renderColour(module, page, { number, widthPx, maxPixels }),
      );
      // Loaded late: most of these processes never make a picture, and sharp is half of the start-up.
      const { encodePicture } = await import('./encode-picture.ts');
      return encodePicture(raster, readString(fields, 'mediaType') === 'image/png');
    }),
});

function renderRaster(payload: unknown, channels: 1 | 3): Promise<RasterMessage> {
  return guarded(payload, (document, module, fields) => {
    const number = readNumber(fields, 'page');
    const dpi = readNumber(fields, 'dpi');
    const maxPixels = readNumber(fields, 'maxPixels');
    return document.withPage(number, (page) =>
      renderAtDpi(module, page, { number, dpi, maxPixels, channels }),
    );
  });
}

/**
 * Pages from..to. A page that cannot be opened is reported as such. When PDFium traps, its state is
 * lost: what was read so far goes back with the page it stopped at, and the host goes on elsewhere.
 */
async function readText(payload: unknown, context: CallContext): Promise<unknown> {
  const pages: PackedPage[] = [];
  return guarded(payload, (document, module, fields) => {
    const to = readNumber(fields, 'to');
    for (let number = readNumber(fields, 'from'); number <= to; number += 1) {
      try {
        pages.push(document.withPage(number, (page) => readTextLayer(module, page, number)));
      } catch (error) {
        if (isAppError(error) && !isEngineFailure(error)) {
          pages.push(unreadablePage(number, error.message));
        } else {
          context.retire();
          return { pages, stopped: outcomeOf(asFailure(error)) };
        }
      }
    }
    return { pages };
  });
}

type Fields = ReturnType<typeof readFields>;

async function guarded<Result>(
  payload: unknown,
  use: (document: PdfDocument, module: PdfiumModule, fields: Fields) => Result,
): Promise<Awaited<Result>> {
  const fields = readFields(payload);
  try {
    pdfium ??= await loadPdfium(readNumber(fields, 'wasmMemoryMb'));
    pdfium.growth.wasRefused = false;
    return await use(openDocument(pdfium, readString(fields, 'path')), pdfium, fields);
  } catch (error) {
    throw asFailure(error);
  }
}

/** The open document when it is the wanted one: consecutive calls are mostly about one file. */
function openDocument(module: PdfiumModule, path: string): PdfDocument {
  if (opened?.path === path) return opened;
  const previous = opened;
  opened = undefined;
  previous?.close();
  opened = new PdfDocument(module, path);
  return opened;
}

function asFailure(error: unknown): Error {
  if (isAppError(error)) return error;
  if (pdfium?.growth.wasRefused === true) return memoryExceeded('pdfium', pdfium.memoryMb);
  return crashed('pdfium', error instanceof Error ? error.message.slice(0, 300) : String(error));
}

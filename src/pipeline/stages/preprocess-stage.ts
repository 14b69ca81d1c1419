import { setImmediate } from 'node:timers/promises';
import type { PageEngine, TextLayerPage } from '#engines/page-engine.ts';
import { isAppError } from '#kernel/app-error.ts';
import { isFlowType } from '#kernel/media-type.ts';
import { readingOfBlank, readingOfTextLayer, readingOfUnreadable } from '../build-reading.ts';
import { readingOfFlowPage } from '../flow-reading.ts';
import { isBlank, mapInk } from '../ink.ts';
import { figuresOfImages } from '../layout/page-figures.ts';
import { trackRasters } from '../page-rasters.ts';
import type { PageReading } from '../page-reading.ts';
import type { Stage, StageContext, StageInput, StageOutput } from '../stage.ts';
import { findTextTables } from '../tables/page-tables.ts';
import { type Trust, trustTextLayer } from '../text-layer-trust.ts';

/** Enough to see whether anything is printed, for a few milliseconds. */
const glanceDpi = 50;

/**
 * Reads the text layer of a range of PDF pages. Pages whose layer can be trusted are finished; the others
 * become `ocr` items of their own, unless a glance at the page shows that it is blank.
 */
export const preprocessStage: Stage = {
  name: 'preprocess',
  version: 1,
  async run(input, context) {
    const { file, pageFrom, pageTo } = input;
    if (isFlowType(file.mediaType)) return readFlowPages(input, context);
    const engine = context.engines.pageEngineFor(file.mediaType);
    const output: StageOutput = { pages: [], next: [] };
    let pages: TextLayerPage[];
    try {
      pages = await engine.readText(file, pageFrom, pageTo, { signal: context.signal });
    } catch (error) {
      if (!diedOfAPage(error) || pageFrom === pageTo) throw error;
      context.logger.warn({ pageFrom, pageTo, error }, 'pipeline.range_halved');
      return { pages: [], next: halves(pageFrom, pageTo) };
    }
    for (const page of pages) {
      // Laying out a page takes milliseconds of this thread: in between, engines get their next call
      // and the server answers.
      await setImmediate();
      const rasters = trackRasters(engine);
      const reading = await readPage(page, rasters.engine, input, context);
      rasters.release();
      if (reading !== undefined) output.pages.push(reading);
      else output.next.push({ stage: 'ocr', pageFrom: page.number, pageTo: page.number });
    }
    return output;
  },
};

/** Pages of a Word or text file: complete as they come, whatever is asked of recognition. */
async function readFlowPages(
  { file, pageFrom, pageTo }: StageInput,
  { engines, signal }: StageContext,
): Promise<StageOutput> {
  const engine = engines.flowEngineFor(file.mediaType);
  const pages = await engine.readPages(file, pageFrom, pageTo, { signal });
  return { pages: pages.map((page) => readingOfFlowPage(page, engine.version)), next: [] };
}

/** One page that kills the engine must not take its neighbours with it: the range is cut around it. */
function diedOfAPage(error: unknown): boolean {
  return (
    isAppError(error, 'engine.crashed') ||
    isAppError(error, 'engine.timeout') ||
    isAppError(error, 'engine.memory_exceeded')
  );
}

function halves(pageFrom: number, pageTo: number): StageOutput['next'] {
  const middle = Math.floor((pageFrom + pageTo) / 2);
  return [
    { stage: 'preprocess', pageFrom, pageTo: middle },
    { stage: 'preprocess', pageFrom: middle + 1, pageTo },
  ];
}

/** The finished page, or undefined when it has to be recognised. */
async function readPage(
  page: TextLayerPage,
  engine: PageEngine,
  { file, settings }: StageInput,
  { signal, logger }: StageContext,
): Promise<PageReading | undefined> {
  const trust = trustTextLayer(page);
  if (trust.reason === 'unreadable') {
    logger.warn({ page: page.number, reason: page.unreadable }, 'pipeline.page_unreadable');
    return readingOfUnreadable(page, 'text_layer', engine.version);
  }
  // Only PDFium draws: what pdf.js has read is all that can be had.
  if (page.readBy !== undefined) return readUndrawable(page, trust);
  if (settings.forceOcr) return undefined;
  if (trust.trusted) {
    const tables = await findTextTables(page, {
      engine,
      file,
      number: page.number,
      call: { signal },
      logger,
    });
    const figures = figuresOfImages(page.images ?? [], page.words);
    return readingOfTextLayer(page, trust, engine.version, { tables, figures });
  }
  logger.debug({ page: page.number, reason: trust.reason }, 'pipeline.page_needs_ocr');
  // Without words or images the page may still hold text drawn as curves; only its picture can tell.
  if (trust.reason !== 'no_text' || page.imageCoverage > 0) return undefined;
  const glance = await engine.renderGray(file, page.number, glanceDpi, { signal });
  return isBlank(mapInk(glance)) ? readingOfBlank(page, 'text_layer', engine.version) : undefined;
}

function readUndrawable(page: TextLayerPage, trust: Trust): PageReading {
  const tool = page.readBy ?? '';
  return trust.trusted
    ? readingOfTextLayer(page, trust, tool)
    : readingOfUnreadable(page, 'text_layer', tool);
}

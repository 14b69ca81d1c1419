import type { GrayImage, PageEngine, TextLayerPage } from '#engines/page-engine.ts';
import { isAppError } from '#kernel/app-error.ts';
import {
  readingOfBlank,
  readingOfRecognition,
  readingOfTextLayer,
  readingOfUnreadable,
  type PageFrame,
} from '../build-reading.ts';
import { isBlank, mapInk, unreadInkShare } from '../ink.ts';
import { readUpright } from '../orientation/read-upright.ts';
import { withAlternatives } from '../second-reading/keep-alternatives.ts';
import { readingAsShown, turnedEngine } from '../orientation/upright-page.ts';
import { trackRasters } from '../page-rasters.ts';
import type { PageReading } from '../page-reading.ts';
import { findScannedStructure } from '../scanned-structure.ts';
import type { Stage, StageContext, StageInput } from '../stage.ts';
import { trustTextLayer } from '../text-layer-trust.ts';

/** Recognises pages from their raster; an item holds one page. */
export const ocrStage: Stage = {
  name: 'ocr',
  version: 2,
  async run(input, context) {
    const engine = context.engines.pageEngineFor(input.file.mediaType);
    const pages: PageReading[] = [];
    for (let number = input.pageFrom; number <= input.pageTo; number++) {
      const rasters = trackRasters(engine);
      pages.push(await recognisePage(number, rasters.engine, input, context));
      rasters.release();
    }
    return { pages, next: [] };
  },
};

async function recognisePage(
  number: number,
  engine: PageEngine,
  { file, settings }: StageInput,
  context: StageContext,
): Promise<PageReading> {
  const { ocr } = context.engines;
  const call = { signal: context.signal };
  const isPdf = file.mediaType === 'application/pdf';
  const layer = isPdf ? (await engine.readText(file, number, number, call))[0] : undefined;
  let raster: GrayImage;
  try {
    raster = await engine.renderGray(file, number, settings.ocrDpi, call);
  } catch (error) {
    // One bad page of a PDF file is no reason to lose the others; a bad image is the whole document.
    if (!isPdf || !concernsPageAlone(error)) throw error;
    context.logger.warn({ page: number, error }, 'pipeline.page_unreadable');
    return readingOfUnreadable(
      layer ?? { number, widthPt: 0, heightPt: 0, rotation: 0 },
      'local_ocr',
      engine.version,
    );
  }
  const frame = layer ?? frameOfRaster(number, raster);
  const ink = mapInk(raster);
  if (isBlank(ink))
    return keepLayer(layer, engine, readingOfBlank(frame, 'local_ocr', ocr.version));
  const coverage = isPdf ? (layer?.imageCoverage ?? 0) : 1;
  const page = await readUpright(
    { raster, ink, frame },
    { engine, file, number, settings, ocr, call, coverage },
  );
  const structure = await findScannedStructure(page.words, {
    ...page,
    widthPt: page.frame.widthPt,
    heightPt: page.frame.heightPt,
    languages: settings.languages,
    ocr,
    source: {
      engine: turnedEngine(engine, page.stand),
      file,
      number,
      call,
      logger: context.logger,
    },
  });
  const reading = readingOfRecognition(
    page.frame,
    structure.words,
    ocr.version,
    (read) => unreadInkShare(page.ink, read),
    structure.parts,
  );
  const complete = withAlternatives(reading, page.rejected);
  const shown = readingAsShown(complete, page.stand, frame);
  return settings.forceOcr ? shown : keepLayer(layer, engine, shown);
}

/** The few words of a stamp or page number are kept where recognition found fewer. */
function keepLayer(
  layer: TextLayerPage | undefined,
  engine: PageEngine,
  reading: PageReading,
): PageReading {
  if (layer === undefined || layer.words.length <= reading.words.length) return reading;
  const trust = trustTextLayer(layer);
  if (trust.reason !== 'sparse_text_on_image') return reading;
  const kept = readingOfTextLayer(layer, trust, engine.version);
  return { ...kept, confidence: reading.confidence, warnings: reading.warnings };
}

function concernsPageAlone(error: unknown): boolean {
  return (
    isAppError(error, 'file.page_unreadable') ||
    isAppError(error, 'file.page_too_large') ||
    isAppError(error, 'file.too_many_pixels')
  );
}

const pointsPerInch = 72;
/** What a photo or screenshot of unknown resolution is taken for, so that a page has a size at all. */
const assumedDpi = 150;

function frameOfRaster(number: number, raster: GrayImage): PageFrame {
  const scale = pointsPerInch / (raster.dpi > 0 ? raster.dpi : assumedDpi);
  return { number, widthPt: raster.width * scale, heightPt: raster.height * scale, rotation: 0 };
}

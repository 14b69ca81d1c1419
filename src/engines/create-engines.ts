import type { Logger } from '#kernel/logger.ts';
import type { MediaType } from '#kernel/media-type.ts';
import type { EngineLimits } from './engine-limits.ts';
import { createDocxEngine } from './docx-engine.ts';
import { findTesseract } from './find-tesseract.ts';
import type { FlowEngine } from './flow-engine.ts';
import type { OcrEngine } from './ocr-engine.ts';
import type { PageEngine } from './page-engine.ts';
import { createPdfEngine } from './pdf-engine.ts';
import { unavailable } from './sandbox/engine-failures.ts';
import { createSearchablePdfEngine, type SearchablePdfEngine } from './searchable-pdf.ts';
import { createSharpEngine } from './sharp-engine.ts';
import { createNativeTesseract } from './tesseract-native.ts';
import { createWasmTesseract } from './tesseract-wasm.ts';
import { createTextEngine } from './text-engine.ts';

export type OcrChoice = 'auto' | 'native' | 'wasm';

export interface EnginesOptions {
  limits: EngineLimits;
  /** `auto` takes the tesseract of this machine when there is one. */
  ocr: OcrChoice;
  /** Pages that are worked on at once, per kind of engine. */
  concurrency: number;
  logger: Logger;
}

export interface Engines {
  pages: PageEngine[];
  /** For files without pages of their own: Word documents and texts. */
  flow: FlowEngine[];
  ocr: OcrEngine;
  /** For pages that someone waits to see: processes of their own, so they never queue behind a batch. */
  viewer: PageEngine[];
  flowViewer: FlowEngine[];
  /** Someone waits for its file as well, so it has processes of its own. */
  searchablePdf: SearchablePdfEngine;
  /** Throws AppError `engine.unavailable` when no engine reads this type. */
  pageEngineFor(mediaType: MediaType): PageEngine;
  viewerFor(mediaType: MediaType): PageEngine;
  flowEngineFor(mediaType: MediaType): FlowEngine;
  flowViewerFor(mediaType: MediaType): FlowEngine;
  /** Ends every process and waits until all are gone. */
  close(): Promise<void>;
}

/**
 * All engines of one process. Children start when they are first needed, so this is cheap.
 * Throws AppError `engine.unavailable` when `native` is asked for and there is no tesseract.
 */
export async function createEngines(options: EnginesOptions): Promise<Engines> {
  const { limits, logger, concurrency } = options;
  const ocr = await chooseOcr(options);
  const pages = createPageEngines({ limits, logger, children: concurrency });
  const viewer = createPageEngines({ limits, logger, children: 1 });
  const flow = createFlowEngines({ limits, logger, children: concurrency });
  const flowViewer = createFlowEngines({ limits, logger, children: 1 });
  const searchablePdf = createSearchablePdfEngine({ limits, logger, children: 1 });
  return {
    pages,
    flow,
    ocr,
    viewer,
    flowViewer,
    searchablePdf,
    pageEngineFor: (mediaType) => pick(pages, mediaType),
    viewerFor: (mediaType) => pick(viewer, mediaType),
    flowEngineFor: (mediaType) => pick(flow, mediaType),
    flowViewerFor: (mediaType) => pick(flowViewer, mediaType),
    async close() {
      const all = [...pages, ...viewer, ...flow, ...flowViewer, ocr, searchablePdf];
      await Promise.all(all.map((engine) => engine.close()));
    },
  };
}

type ChildOptions = Pick<EnginesOptions, 'limits' | 'logger'> & { children: number };

function createPageEngines(options: ChildOptions): PageEngine[] {
  return [createPdfEngine(options), createSharpEngine(options)];
}

function createFlowEngines(options: ChildOptions): FlowEngine[] {
  return [createDocxEngine(options), createTextEngine(options)];
}

async function chooseOcr({ ocr, limits, concurrency, logger }: EnginesOptions): Promise<OcrEngine> {
  const found = ocr === 'wasm' ? null : await findTesseract();
  if (found !== null) return createNativeTesseract({ ...found, limits, concurrency, logger });
  if (ocr === 'native') {
    throw unavailable('tesseract-native', 'there is no tesseract program on this machine');
  }
  return createWasmTesseract({ limits, concurrency, logger });
}

function pick<Engine extends { accepts(mediaType: MediaType): boolean }>(
  engines: readonly Engine[],
  mediaType: MediaType,
): Engine {
  const engine = engines.find((candidate) => candidate.accepts(mediaType));
  if (engine === undefined) throw unavailable('page', `no engine reads ${mediaType}`);
  return engine;
}

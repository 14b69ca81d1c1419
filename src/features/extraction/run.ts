import type { JobOptions } from '#features/jobs/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { MediaType } from '#kernel/media-type.ts';
import { isFlowType } from '#kernel/media-type.ts';
import type { ReadingSettings } from '#pipeline/reading-settings.ts';
import type { NextItem, StageName } from '#pipeline/stage.ts';

/** Stages that may be run again by themselves. */
export const rerunStages = ['preprocess', 'ocr', 'validate'] as const satisfies StageName[];

/** How a document is to be read again. Without stage and pages: from the beginning. */
export interface RunWish {
  stage?: (typeof rerunStages)[number] | undefined;
  /** 1-based, inclusive. */
  pages?: { from: number; to: number } | undefined;
  /** Over the settings of the server. */
  settings?: Partial<Pick<ReadingSettings, 'languages' | 'ocrDpi' | 'forceOcr'>> | undefined;
  /** Pages that a person has worked on are kept as they are, unless this is true. */
  replaceCorrections?: boolean | undefined;
}

/** The work items a run starts with; null for all that a first run does. */
export interface RunPlan {
  items: NextItem[] | null;
  /** Null for all pages of the version. */
  pagesPlanned: number | null;
  options: JobOptions;
}

interface ReadVersion {
  mediaType: MediaType;
  /** Null until it was classified. */
  pageCount: number | null;
}

/**
 * What has to be done for a wish: text pages in ranges, pages to be recognised one by one. Throws
 * `document.not_ready` when the pages are not counted yet, `page.not_found` for pages that do not exist, and
 * `run.invalid` for a stage that such a file has not.
 */
export function planRun(wish: RunWish, version: ReadVersion, rangePages: number): RunPlan {
  const options: JobOptions = {
    ...(wish.settings && { settings: wish.settings }),
    ...(wish.stage && { stage: wish.stage }),
    ...(wish.pages && { pages: wish.pages }),
    ...(wish.replaceCorrections && { replaceCorrections: true }),
  };
  if (wish.stage === undefined && wish.pages === undefined) {
    return { items: null, pagesPlanned: null, options };
  }
  const { pageCount, mediaType } = version;
  if (pageCount === null) {
    throw new AppError(
      'document.not_ready',
      'The pages of the document are not counted yet, so only the whole of it can be run.',
    );
  }
  const stage = wish.stage ?? stageOfPages(mediaType, wish.settings?.forceOcr === true);
  if (stage === 'ocr' && isFlowType(mediaType)) {
    throw new AppError('run.invalid', 'A Word or text file has nothing that could be recognised.');
  }
  if (stage === 'preprocess' && !hasTextLayer(mediaType)) {
    throw new AppError('run.invalid', 'A picture has no text layer; run its stage "ocr" instead.');
  }
  const { from, to } = wish.pages ?? { from: 1, to: pageCount };
  if (from > to || to > pageCount) {
    throw new AppError(
      'page.not_found',
      `There are no pages ${from} to ${to}; the document has ${pageCount}.`,
      { details: { pageCount } },
    );
  }
  if (stage === 'validate') {
    const last = { stage, pageFrom: 1, pageTo: Math.max(1, pageCount) };
    return { items: [last], pagesPlanned: 0, options };
  }
  const size = stage === 'ocr' ? 1 : rangePages;
  const items: NextItem[] = [];
  for (let first = from; first <= to; first += size) {
    items.push({ stage, pageFrom: first, pageTo: Math.min(to, first + size - 1) });
  }
  return { items, pagesPlanned: to - from + 1, options };
}

function stageOfPages(mediaType: MediaType, forceOcr: boolean): 'preprocess' | 'ocr' {
  if (isFlowType(mediaType)) return 'preprocess';
  return forceOcr || !hasTextLayer(mediaType) ? 'ocr' : 'preprocess';
}

function hasTextLayer(mediaType: MediaType): boolean {
  return mediaType === 'application/pdf' || isFlowType(mediaType);
}

import type { DocumentContents } from '#engines/document-contents.ts';
import type { FlowEngine } from '#engines/flow-engine.ts';
import type { OcrEngine } from '#engines/ocr-engine.ts';
import type { PageEngine } from '#engines/page-engine.ts';
import type { SourceFile } from '#engines/source-file.ts';
import type { Logger } from '#kernel/logger.ts';
import type { MediaType } from '#kernel/media-type.ts';
import type { DocumentFacts, PageFacts } from './document-facts.ts';
import type { PageSample } from './document-type/page-sample.ts';
import type { PageReading } from './page-reading.ts';
import type { ReadingSettings } from './reading-settings.ts';
import type { EdgeZone, RunningZone } from './running-titles.ts';

export const stageNames = ['classify', 'preprocess', 'ocr', 'validate'] as const;

export type StageName = (typeof stageNames)[number];

/** A work item to be: a stage over pages from..to, 1-based and inclusive. */
export interface NextItem {
  stage: StageName;
  pageFrom: number;
  pageTo: number;
}

export interface StageInput {
  file: SourceFile;
  pageFrom: number;
  pageTo: number;
  settings: ReadingSettings;
  /** What the finished stages of this job found; only `validate` looks at it, and needs it. */
  soFar?: {
    metadata: Record<string, string>;
    pages: readonly PageFacts[];
    /** Whole pages, those that sampledRanges names. */
    samples: readonly PageSample[];
    /** Short zones at the edges of all pages. */
    edges?: readonly EdgeZone[];
  };
}

export interface StageContext {
  engines: StageEngines;
  signal?: AbortSignal | undefined;
  logger: Logger;
}

export interface StageEngines {
  /** The engine that opens files of this type. Throws `engine.unavailable` when there is none. */
  pageEngineFor(mediaType: MediaType): PageEngine;
  /** The same for files without pages of their own, see `isFlowType`. */
  flowEngineFor(mediaType: MediaType): FlowEngine;
  ocr: OcrEngine;
}

/** What a stage made. The caller stores it in the transaction that removes the work item. */
export interface StageOutput {
  /** Finished pages; together the items of a job finish every page exactly once. */
  pages: PageReading[];
  next: NextItem[];
  /** From classify. */
  document?: {
    pageCount: number;
    metadata: Record<string, string>;
    /** What the file lists of itself, where it does. */
    contents?: DocumentContents;
  };
  /** From validate, with how the pages were to be read. */
  facts?: DocumentFacts & { settings: ReadingSettings };
  /** From validate: zones of finished pages that are headers and footers. */
  running?: RunningZone[];
}

/**
 * A step of reading a document: pure of storage, so it may run anywhere and be run again. The same input
 * gives the same output. Throws AppError of the engines (`file.*`, `engine.*`), `job.cancelled` when the
 * signal aborts; anything else is a bug.
 */
export interface Stage {
  readonly name: StageName;
  /** Raised when the output for the same input changes, so that results can be told apart. */
  readonly version: number;
  run(input: StageInput, context: StageContext): Promise<StageOutput>;
}

import type { DocumentContents } from '#engines/document-contents.ts';
import type { SourceFile } from '#engines/source-file.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { silentLogger, type Logger } from '#kernel/logger.ts';
import { factsOfPage, type DocumentFacts } from './document-facts.ts';
import { isSampled } from './document-type/page-sample.ts';
import type { PageReading } from './page-reading.ts';
import { defaultReadingSettings, type ReadingSettings } from './reading-settings.ts';
import type { NextItem, StageContext, StageEngines, StageOutput } from './stage.ts';
import { edgeZonesOf, withRunningZones } from './running-titles.ts';
import { firstItem, lastItem, stages } from './stages/stage-table.ts';

export interface PipelineOptions {
  engines: StageEngines;
  settings?: Partial<ReadingSettings>;
  signal?: AbortSignal | undefined;
  /** Work items under way at once; default: one more than the recogniser takes, so that it never waits. */
  concurrency?: number;
  onProgress?: (progress: Progress) => void;
  logger?: Logger;
}

export interface Progress {
  pagesDone: number;
  pagesTotal: number;
}

/** A document read from its first to its last page. */
export interface DocumentReading {
  pageCount: number;
  metadata: Record<string, string>;
  /** What the file lists of itself, where it does. */
  contents?: DocumentContents;
  /** By number. */
  pages: PageReading[];
  facts: DocumentFacts & { settings: ReadingSettings };
}

/**
 * Reads one file in memory through the same stages a job runs through, for one-off commands.
 * The first error ends the other items and is thrown: AppError of the engines (`file.*`, `engine.*`), or
 * `job.cancelled` when the signal aborts.
 */
export async function runPipeline(
  file: SourceFile,
  options: PipelineOptions,
): Promise<DocumentReading> {
  const settings = { ...defaultReadingSettings, ...options.settings };
  const failure = new AbortController();
  const signal = AbortSignal.any([failure.signal, ...(options.signal ? [options.signal] : [])]);
  const context = { engines: options.engines, signal, logger: options.logger ?? silentLogger };
  const state: RunState = {
    waiting: [firstItem],
    pages: [],
    document: undefined,
    failed: undefined,
  };
  const runItem = async (item: NextItem): Promise<void> => {
    throwIfCancelled(options.signal);
    const output = await stages[item.stage].run({ file, settings, ...item }, context);
    absorb(state, output);
    const pagesTotal = state.document?.pageCount ?? 0;
    options.onProgress?.({ pagesDone: state.pages.length, pagesTotal });
  };
  const concurrency = options.concurrency ?? options.engines.ocr.concurrency + 1;
  await drain(state, Math.max(1, concurrency), runItem, failure);
  throwIfCancelled(options.signal);
  return finish(file, settings, state, context);
}

interface RunState {
  waiting: NextItem[];
  pages: PageReading[];
  document: StageOutput['document'];
  failed: { error: unknown } | undefined;
}

function absorb(state: RunState, output: StageOutput): void {
  state.document ??= output.document;
  for (const page of output.pages) state.pages.push(page);
  for (const item of output.next) state.waiting.push(item);
}

/** Runs items, and what they lead to, until none is left. The first failure stops the rest and is thrown. */
async function drain(
  state: RunState,
  concurrency: number,
  runItem: (item: NextItem) => Promise<void>,
  failure: AbortController,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const start = (item: NextItem): void => {
    const run = runItem(item)
      .catch((error: unknown) => {
        // What fails after the first failure was cancelled by it.
        state.failed ??= { error };
        failure.abort();
      })
      .finally(() => running.delete(run));
    running.add(run);
  };
  for (;;) {
    while (state.failed === undefined && running.size < concurrency) {
      const item = state.waiting.shift();
      if (item === undefined) break;
      start(item);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  if (state.failed !== undefined) throw state.failed.error;
}

async function finish(
  file: SourceFile,
  settings: ReadingSettings,
  { pages, document }: RunState,
  context: StageContext,
): Promise<DocumentReading> {
  if (document === undefined) throw new Error('classify gave no document');
  const soFar = {
    metadata: document.metadata,
    pages: pages.map(factsOfPage),
    samples: pages.filter(({ number }) => isSampled(number, document.pageCount)),
    edges: pages.flatMap(edgeZonesOf),
  };
  const item = lastItem(document.pageCount);
  const { facts, running } = await stages.validate.run({ file, settings, soFar, ...item }, context);
  if (facts === undefined) throw new Error('validate gave no facts');
  const sorted = pages.sort((a, b) => a.number - b.number);
  return { ...document, pages: withRunningZones(sorted, running ?? []), facts };
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  const { reason } = signal;
  throw isAppError(reason, 'job.cancelled')
    ? reason
    : new AppError('job.cancelled', 'Reading was cancelled.', { cause: reason });
}

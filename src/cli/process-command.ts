import { Command, Option } from 'commander';
import { createEngines } from '#engines/create-engines.ts';
import type { Engines } from '#engines/create-engines.ts';
import { requireLanguages } from '#engines/ocr-languages.ts';
import { isAppError } from '#kernel/app-error.ts';
import { loadConfig, readEnvironment } from '../config.ts';
import type { Config } from '../config.ts';
import { createLogger } from '../create-logger.ts';
import { processorCount } from '../processor-count.ts';
import { exitCode } from './exit-code.ts';
import { languagesOption } from './languages-option.ts';
import type { FoundFile } from './find-files.ts';
import { findFiles } from './find-files.ts';
import { prepareOutputFolder } from './output-folder.ts';
import type { FileOutcome, ReadDocument } from './process-file.ts';
import { processFile } from './process-file.ts';
import { ProgressLine } from './progress-line.ts';
import type { ReadingFormat } from './write-reading.ts';
import { readingFormats, writeReading } from './write-reading.ts';
import { printJson, printMessage } from './terminal.ts';

interface ProcessOptions {
  format: ReadingFormat;
  out?: string;
  json?: true;
  lang?: string;
}

export function processCommand(): Command {
  return new Command('process')
    .description(
      'Read files or whole folders now, without a server; the same pipeline as a one-off.',
    )
    .argument('<file...>', 'files or folders')
    .addOption(
      new Option('--format <format>', 'what to write').choices(readingFormats).default('text'),
    )
    .option('--out <folder>', 'write one result per file into this folder')
    .option('--json', 'print one JSON line per file about how it went')
    .addOption(languagesOption())
    .action(runProcess);
}

async function runProcess(paths: string[], options: ProcessOptions): Promise<void> {
  const config = loadConfig(readEnvironment());
  const files = await findFiles(paths);
  if (options.out !== undefined) await prepareOutputFolder(options.out, files);
  const engines = await openEngines(config);
  if (options.lang !== undefined) requireLanguages(engines.ocr, options.lang.split('+'));
  const abort = new AbortController();
  const onSignal = (): void => abort.abort(new Error('interrupted'));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    let failed = 0;
    for (const file of files) {
      if (abort.signal.aborted) break;
      const outcome = await readOne(file, files.length, {
        config,
        engines,
        options,
        signal: abort.signal,
      });
      if (outcome.status === 'failed') failed += 1;
    }
    if (files.length > 1 && !options.json) {
      printMessage(`${files.length - failed} of ${files.length} files read`);
    }
    const complete = failed === 0 && !abort.signal.aborted;
    process.exitCode = complete ? exitCode.ok : exitCode.failed;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await engines.close();
  }
}

interface Run {
  config: Config;
  engines: Engines;
  options: ProcessOptions;
  signal: AbortSignal;
}

async function readOne(file: FoundFile, fileCount: number, run: Run): Promise<FileOutcome> {
  const progress = new ProgressLine();
  const { config, engines, options, signal } = run;
  const { outcome: read, document } = await processFile(file, {
    engines,
    settings: {
      languages: options.lang?.split('+') ?? config.DOCMILL_OCR_LANGUAGES,
      maxPages: config.DOCMILL_MAX_PAGES,
    },
    signal,
    onProgress: (state) => progress.draw({ ...state, label: file.relative }),
  });
  progress.clear();
  // Standard output carries the text of a single file, or the JSON lines, never both.
  const toStdout = fileCount === 1 && options.out === undefined && !options.json;
  const isWanted = toStdout || options.out !== undefined;
  const outcome = document && isWanted ? await writeOutcome(document, file, read, run) : read;
  if (options.json) printJson(outcome);
  else if (outcome.status === 'failed') {
    printMessage(`${file.path}: ${outcome.message} (${outcome.code})`);
  } else if (fileCount > 1) {
    printMessage(
      `${file.path}: ${outcome.pages} pages, ${outcome.words} words, ${outcome.seconds} s`,
    );
  }
  return outcome;
}

/** A file that was read but cannot be written in the wanted form has failed; the others go on. */
async function writeOutcome(
  document: ReadDocument,
  file: FoundFile,
  outcome: FileOutcome,
  { engines, options, signal }: Run,
): Promise<FileOutcome> {
  try {
    const { format, out: folder } = options;
    await writeReading(document, file, { format, folder, engines, signal });
    return outcome;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ...outcome, status: 'failed', code: error.code, message: error.message };
  }
}

async function openEngines(config: Config): Promise<Engines> {
  try {
    return await createEngines({
      limits: {
        memoryMb: config.DOCMILL_ENGINE_MEMORY_MB,
        timeoutMs: config.DOCMILL_ENGINE_TIMEOUT_SECONDS * 1_000,
        maxPixels: config.DOCMILL_MAX_PIXELS,
      },
      ocr: config.DOCMILL_OCR_ENGINE,
      concurrency: config.DOCMILL_WORKER_CONCURRENCY ?? processorCount(),
      logger: createLogger(config.DOCMILL_LOG_LEVEL === 'debug' ? 'debug' : 'silent'),
    });
  } catch (error) {
    if (isAppError(error)) throw error;
    throw new Error('the engines could not be started', { cause: error });
  }
}

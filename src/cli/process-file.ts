import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Engines } from '#engines/create-engines.ts';
import { refusalSentence, sniffMediaType } from '#engines/sniff-media-type.ts';
import type { SourceFile } from '#engines/source-file.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import type { ReadingSettings } from '#pipeline/reading-settings.ts';
import type { DocumentReading } from '#pipeline/run-pipeline.ts';
import { runPipeline } from '#pipeline/run-pipeline.ts';
import type { FoundFile } from './find-files.ts';

/** How one file went: the line of `docmill process --json`. */
export interface FileOutcome {
  file: string;
  sha256: string | null;
  status: 'completed' | 'failed';
  code: string | null;
  message: string | null;
  pages: number;
  words: number;
  /** Mean page confidence, 0..1. */
  confidence: number | null;
  seconds: number;
  /** What the document is (see document-type.ts) … */
  type: string | null;
  /** … and its language, ISO 639-1 or `und`. */
  language: string | null;
  /** Every engine that read a page. */
  engine: string;
}

export interface ReadDocument {
  source: SourceFile;
  reading: DocumentReading;
}

export interface ProcessFileOptions {
  engines: Engines;
  settings: Partial<ReadingSettings>;
  signal: AbortSignal;
  onProgress(state: { pagesDone: number; pagesTotal: number; seconds: number }): void;
}

/** Reads one file; a refusal of the file is an outcome, a bug is thrown. */
export async function processFile(
  file: FoundFile,
  options: ProcessFileOptions,
): Promise<{ outcome: FileOutcome; document: ReadDocument | null }> {
  const startedAt = performance.now();
  const secondsSince = (): number => Math.round(performance.now() - startedAt) / 1000;
  let sha256: string | null = null;
  try {
    const source = await openSource(file);
    sha256 = source.sha256;
    const reading = await runPipeline(source, {
      engines: options.engines,
      settings: options.settings,
      signal: options.signal,
      onProgress: (progress) => options.onProgress({ ...progress, seconds: secondsSince() }),
    });
    const outcome = { ...describe(file, reading), sha256, seconds: secondsSince() };
    return { outcome, document: { source, reading } };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const outcome = failedOutcome(file, error, sha256, secondsSince());
    return { outcome, document: null };
  }
}

async function openSource(file: FoundFile): Promise<SourceFile> {
  const { size } = await stat(file.path);
  if (size === 0) throw new AppError('upload.empty', 'The file is empty: it holds no bytes.');
  const sniffed = await sniffMediaType(await readHead(file.path), file.name);
  if ('refused' in sniffed) {
    throw new AppError('upload.type_unsupported', refusalSentence('This', sniffed));
  }
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file.path)) hash.update(chunk);
  return {
    path: path.resolve(file.path),
    mediaType: sniffed.mediaType,
    sha256: hash.digest('hex'),
  };
}

async function readHead(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4_100), 0, 4_100, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function describe(file: FoundFile, { pages, facts }: DocumentReading) {
  return {
    file: file.path,
    status: 'completed' as const,
    code: null,
    message: null,
    pages: pages.length,
    words: facts.wordCount,
    confidence: Math.round(facts.confidence * 10_000) / 10_000,
    type: facts.documentType.type,
    language: facts.language.code,
    engine: [...new Set(pages.map((page) => page.tool))].join(', '),
  };
}

function failedOutcome(
  file: FoundFile,
  error: AppError,
  sha256: string | null,
  seconds: number,
): FileOutcome {
  return {
    file: file.path,
    sha256,
    status: 'failed',
    code: error.code,
    message: error.message,
    pages: 0,
    words: 0,
    confidence: null,
    type: null,
    language: null,
    seconds,
    engine: '',
  };
}

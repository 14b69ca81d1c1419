import type { Logger } from '#kernel/logger.ts';
import { defaultEngineLimits, type EngineLimits } from './engine-limits.ts';
import { installedVersion } from './installed-version.ts';
import type { OcrEngine } from './ocr-engine.ts';
import { requireLanguages } from './ocr-languages.ts';
import { ChildPool } from './sandbox/child-pool.ts';
import { readFields, readString } from './sandbox/reply-fields.ts';
import { gatherLanguageData } from './tesseract/language-data.ts';
import { parseTsvWords } from './tesseract/tsv-words.ts';

export interface WasmTesseractOptions {
  limits?: EngineLimits;
  /** Pages that are recognised at once, each in its own process. */
  concurrency?: number;
  logger: Logger;
}

/** Its memory never shrinks, so a process is replaced after this many pages. */
const pagesPerChild = 50;

/** Tesseract compiled to WASM (tesseract.js) in sandboxed child processes. Never downloads anything. */
export function createWasmTesseract(options: WasmTesseractOptions): OcrEngine {
  const name = 'tesseract-wasm';
  const concurrency = Math.max(1, options.concurrency ?? 1);
  const data = gatherLanguageData();
  const installed = {
    languages: data.languages,
    languagePackage: (language: string) => `@tesseract.js-data/${language}`,
  };
  const pool = new ChildPool({
    engine: name,
    entry: new URL('./tesseract/wasm-child.ts', import.meta.url),
    children: concurrency,
    limits: options.limits ?? defaultEngineLimits,
    logger: options.logger,
    workers: true,
    readable: [data.folder],
    callsPerChild: pagesPerChild,
  });
  return {
    name,
    version: `tesseract.js ${installedVersion('tesseract.js')}`,
    concurrency,
    ...installed,
    async recognise(image, { languages, localThreshold, segmentation = 'page' }, call) {
      requireLanguages(installed, languages);
      const { width, height, pixels, dpi } = image;
      const request = {
        width,
        height,
        pixels,
        dpi,
        localThreshold,
        segmentation,
        dataFolder: data.folder,
      };
      const reply = await pool.call('recognise', { ...request, languages: [...languages] }, call);
      return { words: parseTsvWords(readString(readFields(reply), 'tsv'), width, height) };
    },
    async close() {
      await pool.close();
      data.remove();
    },
  };
}

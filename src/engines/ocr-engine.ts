import type { Word } from '#kernel/word.ts';
import type { EngineCall, GrayImage } from './page-engine.ts';

export interface OcrOptions {
  /** Tesseract language codes in order of weight, such as `['eng']`. */
  languages: readonly string[];
  /** Binarise with a local threshold (Sauvola): right for scans and photos, needless for fresh renders. */
  localThreshold: boolean;
  /** What the image holds; default `page`, whose layout is found first. */
  segmentation?: Segmentation;
}

/** `page`: anything. `block`: one block of lines of text, read as they stand. */
export type Segmentation = 'page' | 'block';

/** A recognised word with its place in the recogniser's own hierarchy (block > paragraph > line). */
export interface OcrWord extends Word {
  block: number;
  paragraph: number;
  line: number;
}

export interface OcrPage {
  /** In the recogniser's reading order; empty words are left out. */
  words: OcrWord[];
}

/**
 * Recognises the text of one upright gray page.
 * Throws AppError `engine.timeout`, `engine.memory_exceeded`, `engine.crashed`,
 * `ocr.language_unavailable`, or `job.cancelled` when the signal aborts.
 */
export interface OcrEngine {
  readonly name: string;
  /** Engine and version, such as `tesseract 5.3.0`; stored as provenance. */
  readonly version: string;
  /** How many pages it recognises at once; further calls wait their turn. */
  readonly concurrency: number;
  /** Codes of the languages that are installed. */
  readonly languages: readonly string[];
  /** Name of the package that brings the data of a language, for messages. */
  languagePackage(language: string): string;
  recognise(image: GrayImage, options: OcrOptions, call?: EngineCall): Promise<OcrPage>;
  close(): Promise<void>;
}

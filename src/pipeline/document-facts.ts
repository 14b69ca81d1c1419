import type { DocumentTypeVerdict } from './document-type/document-type.ts';
import { findDocumentType } from './document-type/find-document-type.ts';
import type { PageSample } from './document-type/page-sample.ts';
import { detectLanguage, type LanguageVerdict } from './language/detect-language.ts';
import type { PageReading, TextSource } from './page-reading.ts';

/** What the document-level checks need of a page; can be read from storage without its words. */
export interface PageFacts {
  number: number;
  confidence: number;
  textSource: TextSource;
  wordCount: number;
  warnings: readonly string[];
  /** Headings in reading order. */
  headings: readonly { level: number; text: string }[];
}

type DocumentWarning =
  | 'pages_missing'
  | 'pages_unreadable'
  | 'pages_without_text'
  | 'text_left_unread'
  | 'hidden_text_layer'
  | 'second_reader';

/** What holds for the document as a whole. Page numbers are 1-based and ascending. */
export interface DocumentFacts {
  pageCount: number;
  /** Pages no stage has finished; empty for a complete reading. */
  missingPages: number[];
  unreadablePages: number[];
  /** Pages without a word, blank ones included. */
  pagesWithoutText: number[];
  pagesByTextSource: Record<TextSource, number>;
  wordCount: number;
  /** Mean of the page confidences, blank pages left out; 0..1. 0 when nothing could be read. */
  confidence: number;
  /** The least sure page; undefined when there is none with words. */
  weakestPage?: { number: number; confidence: number };
  /** From the file's own title or the first large heading; at most 255 characters. */
  titleSuggestion?: string;
  documentType: DocumentTypeVerdict;
  language: LanguageVerdict;
  warnings: DocumentWarning[];
}

/** The facts of one page as it was read. */
export function factsOfPage(page: PageReading): PageFacts {
  return {
    number: page.number,
    confidence: page.confidence,
    textSource: page.textSource,
    wordCount: page.words.length,
    warnings: page.warnings,
    headings: page.zones
      .filter((zone) => zone.kind === 'heading')
      .map((zone) => ({ level: zone.data?.headingLevel ?? 3, text: zone.content })),
  };
}

/**
 * Checks and sums up the pages of a document of `pageCount` pages; `pages` in any order. Type and language
 * are found by `samples`, whole pages of those that sampledRanges names.
 */
export function factsOfDocument(
  pageCount: number,
  metadata: Readonly<Record<string, string>>,
  pages: readonly PageFacts[],
  samples: readonly PageSample[],
): DocumentFacts {
  const sorted = [...pages].sort((a, b) => a.number - b.number);
  const numbersWhere = (holds: (page: PageFacts) => boolean): number[] =>
    sorted.filter(holds).map((page) => page.number);
  const judged = sorted.filter((page) => !page.warnings.includes('blank_page'));
  const [weakest] = judged.toSorted((a, b) => a.confidence - b.confidence);
  const title = suggestTitle(metadata, sorted);
  const ordered = [...samples].sort((a, b) => a.number - b.number);
  const facts = {
    pageCount,
    missingPages: missingNumbers(pageCount, sorted),
    unreadablePages: numbersWhere((page) => page.warnings.includes('page_unreadable')),
    pagesWithoutText: numbersWhere((page) => page.wordCount === 0),
    pagesByTextSource: {
      text_layer: numbersWhere((page) => page.textSource === 'text_layer').length,
      local_ocr: numbersWhere((page) => page.textSource === 'local_ocr').length,
    },
    wordCount: sorted.reduce((sum, page) => sum + page.wordCount, 0),
    confidence: meanConfidence(judged, sorted.length),
    ...(weakest && { weakestPage: { number: weakest.number, confidence: weakest.confidence } }),
    ...(title !== undefined && { titleSuggestion: title }),
    documentType: findDocumentType(ordered, pageCount),
    language: detectLanguage(ordered.map((page) => page.text).join('\n')),
  };
  return { ...facts, warnings: warningsOf(facts, sorted) };
}

function meanConfidence(judged: readonly PageFacts[], read: number): number {
  // Only blank pages: there was nothing to misread.
  if (judged.length === 0) return read > 0 ? 1 : 0;
  return judged.reduce((sum, page) => sum + page.confidence, 0) / judged.length;
}

function missingNumbers(pageCount: number, pages: readonly PageFacts[]): number[] {
  const read = new Set(pages.map((page) => page.number));
  return Array.from({ length: pageCount }, (_, i) => i + 1).filter((number) => !read.has(number));
}

function warningsOf(
  facts: Omit<DocumentFacts, 'warnings'>,
  pages: readonly PageFacts[],
): DocumentWarning[] {
  const anyPage = (warning: string): boolean =>
    pages.some((page) => page.warnings.includes(warning));
  const checks: [DocumentWarning, boolean][] = [
    ['pages_missing', facts.missingPages.length > 0],
    ['pages_unreadable', facts.unreadablePages.length > 0],
    ['pages_without_text', facts.pagesWithoutText.length > 0],
    ['text_left_unread', anyPage('text_left_unread')],
    ['hidden_text_layer', anyPage('hidden_text_layer')],
    ['second_reader', anyPage('second_reader')],
  ];
  return checks.filter(([, holds]) => holds).map(([warning]) => warning);
}

const longestTitle = 255;
/** Headings further on title a chapter, not the document … */
const titlePages = 2;
/** … and on a page read so unsurely they may be debris. */
const leastTitleConfidence = 0.6;

/** A file's title that is a program's default or a file name says nothing. */
const emptyTitles =
  /^(?:untitled|unbenannt|sans titre|title|document|scan|adobe photoshop pdf|microsoft (?:word|powerpoint|excel)\b.*|.*\.(?:docx?|xlsx?|pptx?|pdf|indd|qxd|tex|dvi|rtf|txt|html?|jpe?g|png|tiff?))\s*\d*$/i;

function suggestTitle(
  metadata: Readonly<Record<string, string>>,
  pages: readonly PageFacts[],
): string | undefined {
  const stated = asTitle(metadata['title'] ?? metadata['Title'] ?? '');
  if (stated.length > 2 && /\p{L}{2}/u.test(stated) && !emptyTitles.test(stated)) return stated;
  const headings = pages
    .filter((page) => page.number <= titlePages && page.confidence >= leastTitleConfidence)
    .flatMap((page) => page.headings);
  const largest = Math.min(...headings.map((heading) => heading.level));
  const heading = headings.find(({ level }) => level === largest);
  return heading && asTitle(heading.text);
}

function asTitle(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return line
    .slice(0, longestTitle)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trim();
}

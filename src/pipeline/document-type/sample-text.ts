import type { PageSample } from './page-sample.ts';
import { visualRows, type VisualRow } from './visual-rows.ts';

/** The sampled pages of a document, laid out once for all rules. */
export interface SampleText {
  rows: readonly VisualRow[];
  /** Rows of the first page: its head says what the document is. */
  firstRows: readonly VisualRow[];
  wordCount: number;
  pageCount: number;
  /** Share of the words that stand in paragraphs, 0..1. */
  proseShare: number;
  /** Share of the words that stand in zones of the kind `table`, 0..1. */
  tableShare: number;
  headings: readonly string[];
}

/** A label and its value, or a line of an address, is shorter; so is a cell. */
const leastParagraphWords = 25;
const leastWordsPerLine = 6;

/** Lays out sampled pages; `pageCount` counts all pages of the document. */
export function laySampleOut(pages: readonly PageSample[], pageCount: number): SampleText {
  const rowsOfPages = pages.map(visualRows);
  const zones = pages.flatMap((page) => page.zones);
  const wordCount = pages.reduce((sum, page) => sum + page.words.length, 0);
  const shareOf = (holds: (zone: PageSample['zones'][number]) => boolean): number => {
    const words = zones.filter(holds).reduce((sum, zone) => sum + countWords(zone.content), 0);
    return wordCount === 0 ? 0 : Math.min(1, words / wordCount);
  };
  return {
    rows: rowsOfPages.flat(),
    firstRows: rowsOfPages[0] ?? [],
    wordCount,
    pageCount,
    proseShare: shareOf((zone) => zone.kind === 'text' && isParagraph(zone.content)),
    tableShare: shareOf((zone) => zone.kind === 'table'),
    headings: zones.filter((zone) => zone.kind === 'heading').map((zone) => zone.content),
  };
}

function isParagraph(content: string): boolean {
  const words = countWords(content);
  const lines = content.split('\n').length;
  // Figures and blanks are not prose, however many stand together.
  const plain = content.match(/(?<!\S)[\p{P}]*\p{L}[\p{Ll}\p{Lo}\p{M}'’-]*[\p{P}]*(?!\S)/gu) ?? [];
  return (
    words >= leastParagraphWords && words / lines >= leastWordsPerLine && plain.length > words * 0.7
  );
}

function countWords(content: string): number {
  return content.match(/\S+/g)?.length ?? 0;
}

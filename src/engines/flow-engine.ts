import type { MediaType } from '#kernel/media-type.ts';
import type { Box, Word } from '#kernel/word.ts';
import type { EngineCall, Inspection } from './page-engine.ts';
import type { SourceFile } from './source-file.ts';

/** One entry of a list. `marker` is what stands before it on paper, such as `2.` or `•`. */
export interface FlowListItem {
  /** Depth, from 0. */
  level: number;
  ordered: boolean;
  marker: string;
  text: string;
}

/** A cell; row and column count from 0, the word range from the first word of the page. Empty cells have no range. */
interface FlowCell extends Box {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  /** Lines by `\n`. */
  text: string;
  wordFrom?: number;
  wordTo?: number;
}

export interface FlowTable {
  rows: number;
  columns: number;
  /** Rows at the top that name the columns. */
  headerRows: number;
  /** By row, then column. */
  cells: FlowCell[];
}

/** A part of a page as the file itself marks it. Its words stand together in the words of the page. */
export interface FlowZone extends Box {
  kind: 'text' | 'heading' | 'table' | 'header' | 'footer';
  /** Splitting it on white space gives its words. Cells of a table by `\t`, rows by `\n`. */
  content: string;
  wordFrom: number;
  wordTo: number;
  headingLevel?: number;
  list?: FlowListItem[];
  table?: FlowTable;
}

/** A page of the plain layout that Docmill gives to files without pages of their own. */
export interface FlowPage {
  /** 1-based. */
  number: number;
  widthPt: number;
  heightPt: number;
  words: Word[];
  /** In reading order; every word lies in exactly one. */
  zones: FlowZone[];
}

interface Drawing {
  mediaType: 'image/svg+xml';
  bytes: Uint8Array;
}

/**
 * Opens files that hold text and structure but no pages: office documents, plain text, tables, markup.
 * The words, their order and the structure are the file's. Where they stand is not: every adapter sets them
 * in the same plain layout (docs/reference/formats.md), and `drawPage` draws exactly that layout. Parsers run
 * in child processes with a memory cap and a time limit.
 *
 * All methods throw AppError: `file.password_protected`, `file.damaged`, `file.empty`, `file.type_mismatch`,
 * `file.too_many_pages`, `file.page_too_large`, `engine.timeout`, `engine.memory_exceeded`, `engine.crashed`,
 * or `job.cancelled` when the signal aborts.
 */
export interface FlowEngine {
  readonly name: string;
  /** Reader and its version, such as `docmill-docx 1`; stored as provenance. */
  readonly version: string;
  accepts(mediaType: MediaType): boolean;
  /** Counts pages and reads file facts. A file without a word has one empty page. */
  inspect(file: SourceFile, call?: EngineCall): Promise<Inspection>;
  /** Pages from..to (1-based, inclusive). A page that does not exist throws `file.page_unreadable`. */
  readPages(file: SourceFile, from: number, to: number, call?: EngineCall): Promise<FlowPage[]>;
  /** The page as SVG without scripts or references, in the fonts of whoever shows it. */
  drawPage(file: SourceFile, page: number, call?: EngineCall): Promise<Drawing>;
  /** Ends every child. Calls under way fail with `engine.crashed`. */
  close(): Promise<void>;
}

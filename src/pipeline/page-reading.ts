import type { Box, Word } from '#kernel/word.ts';
import type { ZoneData } from './zone-data.ts';

/**
 * Every kind of region the data model knows. Reading makes `text`, `heading`, `table`, `figure`, `header` and
 * `footer`; people may set the rest.
 */
type ZoneKind =
  | 'text'
  | 'heading'
  | 'table'
  | 'figure'
  | 'diagram'
  | 'image'
  | 'header'
  | 'footer'
  | 'handwriting'
  | 'unknown';

export type TextSource = 'text_layer' | 'local_ocr';

/** What a person should know about a page; the names are stable, since they are stored. */
export type PageWarning =
  /** Nothing is printed on the page. */
  | 'blank_page'
  /** There is ink, but nothing was recognised: a picture, or a failure of the recogniser. */
  | 'no_text_found'
  /** Ink that looks like text lies outside all words. */
  | 'text_left_unread'
  /** A scan whose words come from the hidden text another recogniser left in the file. */
  | 'hidden_text_layer'
  /** The page lies on its side or on its head: it was read after so many clockwise degrees. */
  | 'turned_90'
  | 'turned_180'
  | 'turned_270'
  /** PDFium could not open the page; pdf.js read its words, and there is no picture of it. */
  | 'second_reader'
  /** The page could not be opened; the rest of the document was read. */
  | 'page_unreadable';

/** A region of a page. The box is in fractions of the page and contains the boxes of its words. */
export interface ZoneReading extends Box {
  kind: ZoneKind;
  /** 1..n in reading order on the page. */
  position: number;
  /**
   * Words joined by a space inside a line, lines by `\n`. A table has a line per row, its cells parted by
   * `\t`; a place that a cell from above or from the left covers is empty.
   */
  content: string;
  /** 0..1, the mean of its words weighted by their length; for want of words, that it is what its kind says. */
  confidence: number;
  /** Engine and version the words came from. */
  tool: string;
  /** Index of the first word in the words of the page. */
  wordFrom: number;
  /** Index of the last word, inclusive; wordFrom - 1 for a zone without words, such as a bare figure. */
  wordTo: number;
  data?: ZoneData;
}

/** What was read from one page. Every word lies in exactly one zone; zones follow each other in `words`. */
export interface PageReading {
  /** 1-based. */
  number: number;
  /** Size in points (1/72 inch) as shown. */
  widthPt: number;
  heightPt: number;
  /** Clockwise quarter turns the file asked for: 0, 90, 180 or 270. Boxes are already turned. */
  rotation: number;
  /** In reading order. Splitting `text` on white space gives exactly the texts of these words, in order. */
  words: Word[];
  /** The contents of the zones that have words, '\n\n' between them. */
  text: string;
  textSource: TextSource;
  /** Engine and version, such as `pdfium 2.1.13`. */
  tool: string;
  /** 0..1; see page-confidence.ts. */
  confidence: number;
  zones: ZoneReading[];
  warnings: PageWarning[];
}

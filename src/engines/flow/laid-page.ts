import type { FlowListItem, FlowZone } from '../flow-engine.ts';
import type { SetLine } from './break-lines.ts';

/** A cell with its place in points and how many words it holds. */
export interface LaidCell {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  text: string;
  words: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface LaidTable {
  rows: number;
  columns: number;
  headerRows: number;
  cells: LaidCell[];
}

/** A zone set on a page, small enough to keep a whole document of them. */
export interface LaidZone {
  kind: FlowZone['kind'];
  /** Splitting it on white space gives its words. */
  content: string;
  /** x, y, width and height in points of each word; the height is the type size. */
  boxes: Float32Array;
  face: 'plain' | 'bold' | 'fixed';
  headingLevel?: number;
  list?: FlowListItem[];
  table?: LaidTable;
}

export interface LaidPage {
  widthPt: number;
  /** As tall as its content; what is stated of a page is at most `tallestStated`. */
  heightPt: number;
  zones: LaidZone[];
}

/** A parsed file, whose pages can be asked for in any order. */
export interface FlowDocument {
  pageCount: number;
  metadata: Record<string, string>;
  /** The page of a number in 1..pageCount. */
  page(number: number): LaidPage;
}

/** A document of pages that are all set already. */
export function documentOf(
  pages: readonly LaidPage[],
  metadata: Record<string, string>,
): FlowDocument {
  return {
    pageCount: pages.length,
    metadata,
    page(number) {
      const page = pages[number - 1];
      if (page === undefined) throw new RangeError(`there is no page ${number}`);
      return page;
    },
  };
}

/** Collects set lines into the content and the boxes of a zone. */
export class LineCollector {
  readonly #texts: string[] = [];
  readonly #boxes: number[] = [];
  #words = 0;

  get words(): number {
    return this.#words;
  }

  /** Adds a line whose left upper corner is at x, y. */
  add(line: SetLine, x: number, y: number, size: number): void {
    if (line.words.length === 0) return;
    this.#texts.push(line.words.map((word) => word.text).join(' '), line.end);
    for (const word of line.words) this.#boxes.push(x + word.x, y, word.width, size);
    this.#words += line.words.length;
  }

  finish(): Pick<LaidZone, 'content' | 'boxes'> {
    return { content: this.#texts.slice(0, -1).join(''), boxes: Float32Array.from(this.#boxes) };
  }
}

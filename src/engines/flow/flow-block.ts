import type { FlowListItem } from '../flow-engine.ts';

/** A cell before it has a place. Lines by `\n`. */
export interface BlockCell {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  text: string;
}

export interface BlockTable {
  rows: number;
  columns: number;
  headerRows: number;
  cells: BlockCell[];
  /** Rows before which the program that wrote the file saw a page end. */
  breaksBefore?: readonly number[];
}

/** Text at the top and bottom of the pages of a section; `pageMark` stands for the number of the page. */
export interface PageFurniture {
  header: string;
  footer: string;
}

export interface FlowSection {
  ordinary: PageFurniture;
  /** Of its first page, where that differs. */
  first?: PageFurniture;
  /** Of even pages, where they differ. */
  even?: PageFurniture;
}

/**
 * Why a page ends. `author`: by hand; two in a row leave an empty page. `section`: what follows starts on a new
 * page, which it may do already. `noted`: the program that wrote the file saw its page end here.
 */
type BreakCause = 'author' | 'section' | 'noted';

/** What a file says, in order, before it is set on pages. Texts are clean (see clean-text.ts), lines by `\n`. */
export type FlowBlock =
  | { kind: 'heading'; level: number; text: string; notes?: string[] }
  | { kind: 'text'; text: string; notes?: string[] }
  | { kind: 'list'; items: FlowListItem[]; notes?: string[] }
  /** Lines in which spaces count. */
  | { kind: 'fixed'; lines: readonly string[] }
  | { kind: 'table'; table: BlockTable; notes?: string[] }
  | { kind: 'break'; cause: BreakCause }
  /** What follows has this furniture, from the next page on. */
  | { kind: 'section'; section: FlowSection };

/** Stands in furniture for the number of the page. */
export const pageMark = '\u0001';

/** More columns or rows in one span than any table has. */
export const longestSpan = 1_000;

/** The words of blocks as lines; tables row by row, their cells parted by spaces. For text inside cells and furniture. */
export function linesOfBlocks(blocks: readonly FlowBlock[]): string {
  return blocks
    .flatMap((block): readonly string[] => {
      switch (block.kind) {
        case 'heading':
        case 'text':
          return [block.text];
        case 'list':
          return block.items.map((item) => `${item.marker} ${item.text}`.trim());
        case 'fixed':
          return block.lines;
        case 'table':
          return linesOfTable(block.table);
        case 'break':
        case 'section':
          return [];
      }
    })
    .join('\n')
    .trim();
}

function linesOfTable({ cells }: BlockTable): string[] {
  const rows = Map.groupBy(cells, (cell) => cell.row);
  return [...rows.values()].map((row) =>
    row
      .map((cell) => cell.text)
      .filter((text) => text !== '')
      .join(' '),
  );
}

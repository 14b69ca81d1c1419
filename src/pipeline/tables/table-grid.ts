import type { Box } from '#kernel/word.ts';

/** A cell of a grid; row and column count from 0. The box is in fractions of the page. */
export interface GridCell extends Box {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  /** Nothing but white was seen to join it with its neighbours: rules say nothing of this span. */
  inferredSpan?: true;
}

/**
 * Where a table stands and how it is parted, before words are put into it. Every place of the grid
 * belongs to exactly one cell. Boxes are those of the page turned upright by `angle`.
 */
export interface TableGrid extends Box {
  /** What showed the grid: rules or fills, or only the alignment of words. */
  seenBy: 'rules' | 'alignment';
  rows: number;
  columns: number;
  /** By row, then column. */
  cells: GridCell[];
  /** Degrees by which the page was turned clockwise to make the table upright; 0 for a straight page. */
  angle: number;
}

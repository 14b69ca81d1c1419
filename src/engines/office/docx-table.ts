import {
  linesOfBlocks,
  longestSpan,
  type BlockCell,
  type BlockTable,
  type FlowBlock,
} from '../flow/flow-block.ts';

interface RawCell {
  column: number;
  columnSpan: number;
  /** `start` opens a merged cell, `continue` goes on with the one above, or the one to the left. */
  down: 'start' | 'continue' | undefined;
  across: 'start' | 'continue' | undefined;
  blocks: FlowBlock[];
}

interface RawRow {
  cells: RawCell[];
  /** Grid columns passed so far. */
  column: number;
  isHeader: boolean;
  isDeleted: boolean;
  breaksBefore: boolean;
}

/** Puts a table together while its rows and cells are walked through. */
export class DocxTable {
  readonly #rows: RawRow[] = [];
  #cell: RawCell | undefined;
  #notes: string[] = [];

  /** The blocks of the open cell, to which its text goes. */
  get cellBlocks(): FlowBlock[] | undefined {
    return this.#cell?.blocks;
  }

  addNotes(notes: readonly string[]): void {
    this.#notes.push(...notes);
  }

  startRow(): void {
    this.#rows.push({
      cells: [],
      column: 0,
      isHeader: false,
      isDeleted: false,
      breaksBefore: false,
    });
  }

  startCell(): void {
    const row = this.#rows.at(-1);
    if (row === undefined) return;
    this.#cell = {
      column: row.column,
      columnSpan: 1,
      down: undefined,
      across: undefined,
      blocks: [],
    };
  }

  endCell(): void {
    const row = this.#rows.at(-1);
    const cell = this.#cell;
    this.#cell = undefined;
    if (row === undefined || cell === undefined) return;
    row.cells.push(cell);
    row.column += cell.columnSpan;
  }

  skipColumns(count: number): void {
    const row = this.#rows.at(-1);
    if (row !== undefined) row.column += spanOf(count, 0);
  }

  spanColumns(count: number): void {
    if (this.#cell !== undefined) this.#cell.columnSpan = spanOf(count, 1);
  }

  merge(direction: 'down' | 'across', value: string | undefined): void {
    if (this.#cell !== undefined)
      this.#cell[direction] = value === 'restart' ? 'start' : 'continue';
  }

  markHeader(): void {
    const row = this.#rows.at(-1);
    if (row !== undefined) row.isHeader = true;
  }

  markDeleted(): void {
    const row = this.#rows.at(-1);
    if (row !== undefined) row.isDeleted = true;
  }

  /** Another program's page ended inside this row, or before it. */
  markBreak(): void {
    const row = this.#rows.at(-1);
    if (row !== undefined) row.breaksBefore = true;
  }

  /** The finished table; undefined when it has no cells. */
  finish(): FlowBlock | undefined {
    const rows = this.#rows.filter((row) => !row.isDeleted && row.cells.length > 0);
    const cells = rows.flatMap((row) => joinAcross(row.cells)).length === 0 ? [] : mergeCells(rows);
    if (cells.length === 0) return undefined;
    const headerEnd = rows.findIndex((row) => !row.isHeader);
    const table: BlockTable = {
      rows: rows.length,
      columns: cells.reduce((most, cell) => Math.max(most, cell.column + cell.columnSpan), 0),
      headerRows: headerEnd < 0 ? rows.length : headerEnd,
      cells,
    };
    const breaksBefore = rows.flatMap((row, index) => (row.breaksBefore ? [index] : []));
    if (breaksBefore.length > 0) table.breaksBefore = breaksBefore;
    return { kind: 'table', table, notes: this.#notes };
  }
}

/** Cells with their row spans: a continued cell lengthens the one above that has its columns. */
function mergeCells(rows: readonly RawRow[]): BlockCell[] {
  const cells: BlockCell[] = [];
  let above = new Map<number, BlockCell>();
  for (const [row, { cells: raw }] of rows.entries()) {
    const open = new Map<number, BlockCell>();
    for (const { column, columnSpan, down, blocks } of joinAcross(raw)) {
      const upper = above.get(column);
      if (down === 'continue' && upper?.columnSpan === columnSpan) {
        upper.rowSpan += 1;
        open.set(column, upper);
        continue;
      }
      const cell = { row, column, rowSpan: 1, columnSpan, text: linesOfBlocks(blocks) };
      cells.push(cell);
      if (down !== undefined) open.set(column, cell);
    }
    above = open;
  }
  return cells;
}

/** Old files merge cells of a row one by one. */
function joinAcross(cells: readonly RawCell[]): RawCell[] {
  const joined: RawCell[] = [];
  for (const cell of cells) {
    const left = joined.at(-1);
    if (cell.across === 'continue' && left !== undefined) left.columnSpan += cell.columnSpan;
    else joined.push({ ...cell });
  }
  return joined;
}

function spanOf(count: number, least: number): number {
  return Number.isFinite(count) ? Math.min(longestSpan, Math.max(least, Math.floor(count))) : least;
}

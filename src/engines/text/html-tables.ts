import { linesOfBlocks, longestSpan, type BlockCell, type FlowBlock } from '../flow/flow-block.ts';
import type { FlowListItem } from '../flow-engine.ts';
import { htmlAttribute } from './html-tokens.ts';

/** Tables deeper in each other are read as the text of the cell they stand in. */
const deepestTable = 20;
/** More places than any table on a page has; what lies further on is read as text. */
const mostPlaces = 1_000_000;

interface OpenTable {
  cells: BlockCell[];
  row: number;
  column: number;
  /** For each column the first row below the cells that reach into it. */
  taken: number[];
  headerRows: number;
  isHeaderRow: boolean;
  places: number;
  cell: { place: BlockCell; blocks: FlowBlock[] } | undefined;
}

/** Takes blocks in, into the open cell where there is one, and puts tables together. */
export class HtmlTables {
  readonly #blocks: FlowBlock[] = [];
  readonly #open: OpenTable[] = [];

  push(block: FlowBlock): void {
    this.#target().push(block);
  }

  /** Adds an item to the list that was added last, or begins one. */
  pushItem(item: FlowListItem): void {
    const last = this.#target().at(-1);
    if (last?.kind === 'list') last.items.push(item);
    else this.push({ kind: 'list', items: [item] });
  }

  open(name: string, attributes: string): void {
    if (name === 'table') {
      if (this.#open.length < deepestTable) this.#open.push(newTable());
      return;
    }
    const table = this.#open.at(-1);
    if (table === undefined) return;
    if (name === 'tr') startRow(table);
    else if (name === 'td' || name === 'th') startCell(table, name, attributes);
  }

  close(name: string): void {
    const table = this.#open.at(-1);
    if (table === undefined) return;
    if (name === 'table') this.#closeTable();
    else if (name === 'td' || name === 'th') endCell(table);
    else if (name === 'tr') endRow(table);
  }

  finish(): FlowBlock[] {
    while (this.#open.length > 0) this.#closeTable();
    return this.#blocks;
  }

  #target(): FlowBlock[] {
    // Text between the cells stands before the table, as browsers show it.
    return this.#open.findLast((table) => table.cell !== undefined)?.cell?.blocks ?? this.#blocks;
  }

  #closeTable(): void {
    const table = this.#open.pop();
    if (table === undefined) return;
    endRow(table);
    const rows = table.row;
    const columns = table.cells.reduce((most, c) => Math.max(most, c.column + c.columnSpan), 0);
    if (rows === 0 || columns === 0) return;
    const cells = table.cells.map((cell) =>
      Object.assign(cell, { rowSpan: Math.min(cell.rowSpan, rows - cell.row) }),
    );
    const headerRows = Math.min(table.headerRows, rows);
    this.push({ kind: 'table', table: { rows, columns, headerRows, cells } });
  }
}

function newTable(): OpenTable {
  return {
    cells: [],
    row: 0,
    column: 0,
    taken: [],
    headerRows: 0,
    isHeaderRow: true,
    places: 0,
    cell: undefined,
  };
}

function startRow(table: OpenTable): void {
  endRow(table);
}

/** Puts the cell into the first free places of its row (HTML standard, 4.9.12). */
function startCell(table: OpenTable, name: string, attributes: string): void {
  endCell(table);
  if (name === 'td') table.isHeaderRow = false;
  while ((table.taken[table.column] ?? 0) > table.row) table.column += 1;
  const wanted = {
    columnSpan: spanOf(htmlAttribute(attributes, 'colspan')),
    rowSpan: spanOf(htmlAttribute(attributes, 'rowspan')),
  };
  // Spans over nothing must not fill the memory.
  const fits = table.places + wanted.columnSpan * wanted.rowSpan <= mostPlaces;
  const { columnSpan, rowSpan } = fits ? wanted : { columnSpan: 1, rowSpan: 1 };
  table.places += columnSpan * rowSpan;
  const place = { row: table.row, column: table.column, rowSpan, columnSpan, text: '' };
  for (let column = table.column; column < table.column + columnSpan; column += 1) {
    table.taken[column] = Math.max(table.taken[column] ?? 0, table.row + rowSpan);
  }
  table.column += columnSpan;
  table.cell = { place, blocks: [] };
}

function endCell(table: OpenTable): void {
  const { cell } = table;
  if (cell === undefined) return;
  table.cell = undefined;
  cell.place.text = linesOfBlocks(cell.blocks);
  table.cells.push(cell.place);
}

function endRow(table: OpenTable): void {
  endCell(table);
  if (table.column === 0) return;
  if (table.isHeaderRow && table.headerRows === table.row) table.headerRows += 1;
  table.row += 1;
  table.column = 0;
  table.isHeaderRow = true;
}

function spanOf(text: string | undefined): number {
  const value = Number.parseInt(text ?? '1', 10);
  return Number.isNaN(value) ? 1 : Math.min(longestSpan, Math.max(1, value));
}

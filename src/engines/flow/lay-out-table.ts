import { AppError } from '#kernel/app-error.ts';
import { breakLines, type SetLine } from './break-lines.ts';
import type { BlockCell, BlockTable } from './flow-block.ts';
import { LineCollector, type LaidCell, type LaidZone } from './laid-page.ts';
import { cellPadding, lineFactor, tableSize } from './sheet.ts';

/** A page with more words could be neither stored nor shown. */
const mostWords = 100_000;

/** The lines of a cell, broken for its columns. */
interface FilledCell extends BlockCell {
  lines: SetLine[];
}

/** Rows of a table with their heights, before they have a place on a page. */
export interface FilledTable {
  table: BlockTable;
  cells: FilledCell[];
  widths: readonly number[];
  /** In points, by row. */
  heights: number[];
}

/**
 * Breaks the text of all cells and finds the heights of the rows.
 * Throws `file.page_too_large` when the cells hold more than 100,000 words.
 */
export function fillTable(table: BlockTable, widths: readonly number[]): FilledTable {
  const lineHeight = tableSize * lineFactor;
  const heights = Array.from({ length: table.rows }, () => lineHeight + 2 * cellPadding);
  let words = 0;
  const cells = table.cells.map((cell) => {
    const width = spanSize(widths, cell.column, cell.columnSpan) - 2 * cellPadding;
    const isBold = cell.row < table.headerRows;
    const lines = breakLines(cell.text, Math.max(1, width), { size: tableSize, isBold });
    for (const line of lines) words += line.words.length;
    if (words > mostWords) throw pageTooLarge();
    return { ...cell, lines };
  });
  for (const cell of cells.toSorted((a, b) => a.rowSpan - b.rowSpan)) {
    const last = Math.min(table.rows, cell.row + cell.rowSpan) - 1;
    const has = spanSize(heights, cell.row, last - cell.row + 1);
    const needs = cell.lines.length * lineHeight + 2 * cellPadding;
    if (needs > has) heights[last] = (heights[last] ?? 0) + needs - has;
  }
  return { table, cells, widths, heights };
}

/**
 * Rows from..to (to exclusive) of a table as a zone at x, y in points. A cell that reaches in from the rows
 * before goes on as an empty one, so that the part is a table of its own.
 */
export function placeRows(
  { table, cells, widths, heights }: FilledTable,
  rows: { from: number; to: number },
  place: { x: number; y: number },
): LaidZone {
  const { from, to } = rows;
  const collector = new LineCollector();
  const laid: LaidCell[] = [];
  const contents = Array.from({ length: to - from }, () =>
    Array.from({ length: table.columns }, () => ''),
  );
  for (const cell of cells) {
    const start = Math.max(from, cell.row);
    const end = Math.min(to, cell.row + cell.rowSpan);
    if (start >= end) continue;
    const isCarried = cell.row < from;
    const box = {
      x: place.x + spanSize(widths, 0, cell.column),
      y: place.y + spanSize(heights, from, start - from),
      width: spanSize(widths, cell.column, cell.columnSpan),
      height: spanSize(heights, start, end - start),
    };
    const before = collector.words;
    if (!isCarried) placeLines(cell.lines, box, collector);
    const text = isCarried ? '' : textOf(cell.lines);
    const { column, columnSpan } = cell;
    contents[start - from]?.splice(column, 1, text.replace(/\s+/g, ' '));
    const words = collector.words - before;
    laid.push({ row: start - from, column, rowSpan: end - start, columnSpan, text, words, ...box });
  }
  return {
    kind: 'table',
    content: contents.map((row) => row.join('\t')).join('\n'),
    boxes: collector.finish().boxes,
    face: 'plain',
    table: {
      rows: to - from,
      columns: table.columns,
      headerRows: Math.max(0, Math.min(table.headerRows, to) - from),
      // Carried cells came first.
      cells: laid.sort((a, b) => a.row - b.row || a.column - b.column),
    },
  };
}

function placeLines(
  lines: readonly SetLine[],
  box: { x: number; y: number },
  collector: LineCollector,
): void {
  const lineHeight = tableSize * lineFactor;
  for (const [index, line] of lines.entries()) {
    collector.add(line, box.x + cellPadding, box.y + cellPadding + index * lineHeight, tableSize);
  }
}

function textOf(lines: readonly SetLine[]): string {
  const pieces = lines.flatMap((line) => [line.words.map((word) => word.text).join(' '), line.end]);
  return pieces.slice(0, -1).join('');
}

function spanSize(sizes: readonly number[], from: number, count: number): number {
  let sum = 0;
  for (let at = from; at < from + count && at < sizes.length; at += 1) sum += sizes[at] ?? 0;
  return sum;
}

function pageTooLarge(): AppError {
  return new AppError(
    'file.page_too_large',
    `A table holds more than ${mostWords} words in rows that cannot be parted. Split it.`,
  );
}

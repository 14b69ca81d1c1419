import type { TableData } from '#pipeline/zone-data.ts';
import type { MadeCell, MadeTimetable } from './made-timetable.ts';

/**
 * What differs between a table that was made and what was read of it, in words: its shape, every span, the text of
 * every cell. Kinds of dashes and of white space do not count.
 */
export function faultsOf(made: MadeTimetable, read: TableData): string[] {
  if (made.rows !== read.rows || made.columns !== read.columns) {
    return [`${read.rows} x ${read.columns} instead of ${made.rows} x ${made.columns}`];
  }
  const cells = new Map(read.cells.map((cell) => [placeOf(cell), plain(cell.text)]));
  return made.cells
    .filter((cell) => cells.get(placeOf(cell)) !== plain(cell.text))
    .map(
      (cell) => `${placeOf(cell)}: "${plain(cell.text)}" is "${cells.get(placeOf(cell)) ?? ''}"`,
    );
}

function placeOf({ row, column, rowSpan, columnSpan }: Omit<MadeCell, 'text'>): string {
  return `${row},${column} ${rowSpan}x${columnSpan}`;
}

function plain(text: string): string {
  return text.replace(/[–—]/g, '-').replace(/\s+/g, ' ').trim();
}

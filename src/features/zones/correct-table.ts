import type { Word } from '#kernel/word.ts';
import { type TableCell, type TableData, tableOf } from '#pipeline/zone-data.ts';
import type { EditableZone } from './editable-page.ts';
import { layWords } from './lay-words.ts';
import { contentInvalid, pageTextOf } from './zone-content.ts';

export interface CellText {
  row: number;
  column: number;
  text: string;
}

/** What a corrected table holds. */
type CorrectedTable = Pick<EditableZone, 'content' | 'data' | 'words' | 'text'>;

/**
 * A table with other texts in some of its cells; each is named by its own row and column, from 0.
 * Throws `zone.invalid` for a place where no cell begins.
 */
export function correctCells(zone: EditableZone, changes: readonly CellText[]): CorrectedTable {
  const table = tableOf(zone.data);
  if (table === undefined) throw contentInvalid('has no cells: it is not a table');
  const wanted = new Map(changes.map(({ row, column, text }) => [`${row} ${column}`, text]));
  const words: Word[] = [];
  const cells = table.cells.map((cell): TableCell => {
    const key = `${cell.row} ${cell.column}`;
    const text = wanted.get(key) ?? cell.text;
    wanted.delete(key);
    const own = layCell(zone, cell, text);
    const from = words.length;
    words.push(...own);
    const { wordFrom: _from, wordTo: _to, ...place } = cell;
    const range = own.length > 0 && { wordFrom: from, wordTo: words.length - 1 };
    return { ...place, text, ...range };
  });
  const [stray] = wanted.keys();
  if (stray !== undefined) throw contentInvalid(`has no cell at row and column ${stray}`);
  const corrected = { ...table, cells };
  const content = tableContent(corrected);
  return { content, data: { ...zone.data, ...corrected }, words, text: pageTextOf(content) };
}

/** The words of a cell; those of a cell that did not change stay as they are. */
function layCell(zone: EditableZone, cell: TableCell, text: string): readonly Word[] {
  const { wordFrom = 0, wordTo = -1 } = cell;
  const before = zone.words.slice(wordFrom, wordTo + 1);
  return text === cell.text ? before : layWords(before, pageTextOf(text), cell);
}

/**
 * A table whose whole text was written anew: a line per row, cells parted by tabs, as the text of a table is.
 * Throws `zone.invalid` when rows or columns do not fit, or a place that another cell covers has text.
 */
export function correctTableText(zone: EditableZone, content: string): CorrectedTable {
  const table = tableOf(zone.data);
  if (table === undefined) throw contentInvalid('has no cells: it is not a table');
  const rows = content.split('\n').map((line) => line.split('\t'));
  if (rows.length !== table.rows || rows.some((row) => row.length !== table.columns)) {
    throw contentInvalid(
      `is a table of ${table.rows} rows and ${table.columns} columns: a line per row, cells parted by tabs`,
    );
  }
  const starts = new Map(table.cells.map((cell) => [`${cell.row} ${cell.column}`, cell]));
  const changes: CellText[] = [];
  for (const [row, texts] of rows.entries()) {
    for (const [column, text] of texts.entries()) {
      const cell = starts.get(`${row} ${column}`);
      if (cell === undefined) {
        if (text !== '') throw contentInvalid(`has text where another cell lies: row ${row + 1}`);
      } else if (text !== oneLine(cell.text)) changes.push({ row, column, text });
    }
  }
  return correctCells(zone, changes);
}

/** A line per row, cells parted by tabs; cells stand by row and column, so its words stand in their order. */
function tableContent(table: TableData): string {
  const rows = Array.from({ length: table.rows }, () =>
    Array.from({ length: table.columns }, () => ''),
  );
  for (const cell of table.cells) {
    const row = rows[cell.row];
    if (row !== undefined) row[cell.column] = oneLine(cell.text);
  }
  return rows.map((row) => row.join('\t')).join('\n');
}

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}

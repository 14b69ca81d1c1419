import type { Word } from '#kernel/word.ts';
import { countHeaderRows } from '../tables/header-rows.ts';
import type { FilledCell, FilledTable } from '../tables/fill-cells.ts';
import { turnBox } from '../tables/turned-page.ts';
import type { TableCell, TableData } from '../zone-data.ts';
import type { PageExtent, PlacedWord } from './placed-word.ts';

export interface TableContent {
  /** Cell by cell, each line from the left. */
  words: Word[];
  /** Rows by `\n`, columns by `\t`. */
  content: string;
  data: TableData;
}

/**
 * The words, text and data of a table. `placed` are the words of the page by their indexes, `wordFrom` is the
 * place its first word will have.
 */
export function describeTable(
  table: FilledTable,
  placed: readonly PlacedWord[],
  page: PageExtent,
  wordFrom: number,
): TableContent {
  const words: Word[] = [];
  const rows = Array.from({ length: table.rows }, () =>
    Array.from({ length: table.columns }, () => ''),
  );
  const looks: { bold: boolean }[] = [];
  const cells = table.cells.map((cell): TableCell => {
    const lines = cell.lines.map((line) => line.flatMap((index) => placed[index] ?? []));
    const own = lines.flat();
    const from = wordFrom + words.length;
    for (const { word } of own) words.push(word);
    const texts = lines.map((line) => line.map(({ word }) => word.text).join(' '));
    const row = rows[cell.row];
    if (row !== undefined) row[cell.column] = texts.join(' ');
    looks.push({ bold: own.length > 0 && own.every((word) => word.bold) });
    return {
      ...placeOf(cell, table.angle, page),
      text: texts.join('\n'),
      ...(own.length > 0 && { wordFrom: from, wordTo: from + own.length - 1 }),
    };
  });
  const headerRows = countHeaderRows(
    table.rows,
    table.columns,
    cells.map((cell, index) => ({ ...cell, bold: looks[index]?.bold ?? false })),
  );
  const content = rows.map((row) => row.join('\t')).join('\n');
  return { words, content, data: { rows: table.rows, columns: table.columns, headerRows, cells } };
}

/** The cell on the page as it lies; on a crooked one its box is that of the upright cell, moved. */
function placeOf(
  cell: FilledCell,
  angle: number,
  page: PageExtent,
): Omit<TableCell, 'text' | 'wordFrom' | 'wordTo'> {
  const { row, column, rowSpan, columnSpan } = cell;
  const { x, y, width, height } = turnBox(cell, -angle, page);
  return { row, column, rowSpan, columnSpan, x, y, width, height };
}

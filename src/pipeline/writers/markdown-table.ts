import type { TableData } from '../zone-data.ts';
import { escapeInline } from './markdown-escape.ts';

/**
 * A table in GitHub's dialect. Its first header row becomes the head; a table without one gets an empty head,
 * since the dialect knows no other. The text of a cell over several rows or columns stands in its first place, the
 * other places stay empty. Lines inside a cell are parted by `<br>`; pipes are escaped.
 */
export function markdownTable({ rows, columns, headerRows, cells }: TableData): string {
  const grid = Array.from({ length: rows }, () => Array.from({ length: columns }, () => ''));
  for (const { row, column, text } of cells) {
    const line = grid[row];
    if (line !== undefined) line[column] = text.split('\n').map(escapeInline).join('<br>');
  }
  const head = headerRows > 0 ? (grid.shift() ?? []) : Array.from({ length: columns }, () => '');
  const rule = Array.from({ length: columns }, () => '---');
  return [head, rule, ...grid].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

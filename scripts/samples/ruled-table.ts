import { rgb, type PDFPage } from '@cantoo/pdf-lib';
import { drawLine, drawRule, type SheetFonts } from './pdf-sheet.ts';

/** A table whose first row is a heading and whose last row is a total; lengths in points. */
export interface RuledTable {
  x: number;
  top: number;
  widths: readonly number[];
  rows: readonly (readonly string[])[];
}

const rowHeight = 22;

/** Draws the cells and every rule between them; returns the lower edge. */
export function drawRuledTable(page: PDFPage, fonts: SheetFonts, table: RuledTable): number {
  const width = table.widths.reduce((all, one) => all + one, 0);
  const bottom = table.top - rowHeight * table.rows.length;
  page.drawRectangle({
    x: table.x,
    y: table.top - rowHeight,
    width,
    height: rowHeight,
    color: rgb(0.89, 0.92, 0.94),
  });
  for (const [index, cells] of table.rows.entries()) {
    const bold = index === 0 || index === table.rows.length - 1;
    const face = { font: bold ? fonts.sansBold : fonts.sans, size: 9.5, leading: 12 };
    const y = table.top - rowHeight * index - 14.5;
    let left = table.x;
    for (const [column, text] of cells.entries()) {
      const right = left + (table.widths[column] ?? 0);
      // Words stand at the left edge, figures at the right one.
      if (column === 0) drawLine(page, text, { x: left + 6, y }, face);
      else drawLine(page, text, { x: right - 6, y, align: 'right' }, face);
      left = right;
    }
  }
  for (let row = 0; row <= table.rows.length; row += 1) {
    const y = table.top - rowHeight * row;
    drawRule(page, [table.x, y], [table.x + width, y], 0.7);
  }
  let x = table.x;
  for (const step of [0, ...table.widths]) {
    x += step;
    drawRule(page, [x, table.top], [x, bottom], 0.7);
  }
  return bottom;
}

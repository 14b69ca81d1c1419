import type { BlockTable } from './flow-block.ts';
import { widthOf } from './glyph-width.ts';
import { cellPadding, widestSheet } from './sheet.ts';

/** A column is not made wider than this for the sake of one long text. */
const widestText = 220;
/** Nor is a longer word given a column that holds it. */
const widestWord = 110;
const narrowest = 14;

interface ColumnWish {
  /** So that no word is narrowed. */
  least: number;
  /** So that no line is broken. */
  most: number;
}

/**
 * Widths of the columns in points. They fit into `available` where no word has to be narrowed for it, else
 * the table is wider, up to the widest sheet.
 */
export function columnWidths(table: BlockTable, available: number, size: number): number[] {
  const wishes = wishesOf(table, size);
  const least = wishes.reduce((sum, wish) => sum + wish.least, 0);
  const most = wishes.reduce((sum, wish) => sum + wish.most, 0);
  if (most <= available) return wishes.map((wish) => wish.most);
  if (least < available) {
    const share = (available - least) / (most - least);
    return wishes.map((wish) => wish.least + (wish.most - wish.least) * share);
  }
  const shrink = Math.min(1, widestSheet / least);
  return wishes.map((wish) => wish.least * shrink);
}

function wishesOf({ columns, cells }: BlockTable, size: number): ColumnWish[] {
  const wishes = Array.from({ length: columns }, () => ({ least: narrowest, most: narrowest }));
  const spanning = [];
  for (const cell of cells) {
    const wish = wishes[cell.column];
    if (cell.columnSpan > 1) spanning.push(cell);
    else if (wish !== undefined) widen([wish], cell.text, size);
  }
  for (const cell of spanning) {
    widen(wishes.slice(cell.column, cell.column + cell.columnSpan), cell.text, size);
  }
  return wishes;
}

/** Shares out what a cell needs beyond what its columns have. */
function widen(wishes: readonly ColumnWish[], text: string, size: number): void {
  const padding = 2 * cellPadding;
  // What lies further on cannot widen the column any more.
  const lines = text.slice(0, 2_000).split('\n', 50);
  const line = Math.max(0, ...lines.map((part) => widthOf(part, size, true)));
  const words = lines.flatMap((part) => part.split(/\s+/));
  const word = Math.max(0, ...words.map((part) => widthOf(part, size, true)));
  const needs = {
    least: Math.min(widestWord, word) + padding,
    most: Math.min(widestText, line) + padding,
  };
  for (const which of ['least', 'most'] as const) {
    const has = wishes.reduce((sum, wish) => sum + wish[which], 0);
    const more = (needs[which] - has) / wishes.length;
    if (more > 0) for (const wish of wishes) wish[which] += more;
  }
}

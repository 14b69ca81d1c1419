import type { Band } from './column-bands.ts';
import type { Line } from './lines.ts';

/** A column of running text has lines of at least this many characters on average … */
const proseCharacters = 15;
/** … that fill this share of the column's width … */
const proseFill = 0.65;
/** … and at least this many of them. */
const proseLines = 3;
const fewestRows = 3;

/**
 * The columns of a band from left to right when it is to be read column by column, else undefined
 * (one column, a table, a form: read row by row).
 *
 * Running text on every side of the white decides by itself, whatever order the file draws it in.
 * Otherwise (bullets, line numbers, marginal notes, table cells) the file's own order decides:
 * a band drawn column by column is read so.
 */
export function columnsOf(band: Band): Line[][] | undefined {
  if (band.gutters.length === 0 || band.rows < fewestRows) return undefined;
  const columns = splitAt(band);
  const prose = columns.map(isProse);
  if (prose.every(Boolean)) return columns;
  const groups = prose.filter(Boolean).length >= 2 ? joinToProse(columns, prose) : columns;
  return isDrawnByColumn(groups) ? groups : undefined;
}

function splitAt({ lines, gutters }: Band): Line[][] {
  const columns: Line[][] = Array.from({ length: gutters.length + 1 }, () => []);
  let column = 0;
  for (const line of [...lines].sort((a, b) => a.left - b.left)) {
    while (line.left > (gutters[column] ?? Infinity)) column++;
    columns[column]?.push(line);
  }
  return columns.filter((group) => group.length > 0);
}

function isProse(column: readonly Line[]): boolean {
  if (column.length < proseLines) return false;
  let left = Infinity;
  let right = -Infinity;
  let filled = 0;
  let characters = 0;
  for (const line of column) {
    left = Math.min(left, line.left);
    right = Math.max(right, line.right);
    filled += line.right - line.left;
    characters += charactersOf(line);
  }
  return (
    characters >= proseCharacters * column.length &&
    filled >= proseFill * column.length * (right - left)
  );
}

const wideScript = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]/;

/** East Asian characters count twice: they carry as much as two letters. */
function charactersOf(line: Line): number {
  let count = line.words.length - 1;
  for (const { word } of line.words) {
    count += wideScript.test(word.text) ? 2 * word.text.length : word.text.length;
  }
  return count;
}

/** A narrow column of marks belongs to the running text on its right, the last one to its left. */
function joinToProse(columns: readonly Line[][], prose: readonly boolean[]): Line[][] {
  const groups: Line[][] = [];
  let marks: Line[] = [];
  columns.forEach((column, index) => {
    marks = [...marks, ...column];
    if (prose[index] === true) {
      groups.push(marks);
      marks = [];
    }
  });
  groups.at(-1)?.push(...marks);
  return groups;
}

function isDrawnByColumn(columns: readonly Line[][]): boolean {
  const drawn = columns
    .flatMap((column, side) => column.map((line) => ({ side, index: line.words[0]?.index ?? 0 })))
    .sort((a, b) => a.index - b.index);
  let changes = 0;
  for (let i = 1; i < drawn.length; i++) if (drawn[i]?.side !== drawn[i - 1]?.side) changes++;
  return changes <= columns.length - 1 + 0.1 * drawn.length;
}

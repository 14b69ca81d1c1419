import type { Box } from '#kernel/word.ts';

/** One entry of a list. `marker` is what stands before it on paper, such as `2.` or `•`. */
export interface ListItem {
  /** Depth, from 0. */
  level: number;
  ordered: boolean;
  marker: string;
  /** Without the marker, lines by `\n`. */
  text: string;
}

/**
 * A cell of a table; row and column count from 0, the box is in fractions of the page. The word range counts
 * from the first word of the page and is inclusive; empty cells have none.
 */
export interface TableCell extends Box {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  /** Lines by `\n`. */
  text: string;
  wordFrom?: number;
  wordTo?: number;
}

/** A table; every place of its rows and columns belongs to exactly one cell. */
export interface TableData {
  rows: number;
  columns: number;
  /** Rows at the top that name the columns. */
  headerRows: number;
  /** By row, then column. */
  cells: TableCell[];
}

/** A reading of a part of a zone that was not taken. */
export interface AlternativeReading extends Box {
  text: string;
  /** 0..1, the mean of its words weighted by their length. */
  confidence: number;
}

/** What is known of a zone besides its text, by its kind. */
export interface ZoneData extends Partial<TableData> {
  /** Of a heading: 1 (largest) to 3. */
  headingLevel?: number;
  /** Of a text that is a list. */
  list?: ListItem[];
  /** Of a figure: the picture itself, without its caption. */
  image?: Box;
  /** Other readings of recognised parts of the zone that were less sure than the one taken. */
  alternatives?: AlternativeReading[];
}

/** The table in the data of a zone, or undefined when there is none. */
export function tableOf(data: ZoneData | undefined): TableData | undefined {
  if (data === undefined) return undefined;
  const { rows, columns, headerRows, cells } = data;
  if (rows === undefined || columns === undefined || cells === undefined) return undefined;
  return { rows, columns, headerRows: headerRows ?? 0, cells };
}

/**
 * Reads stored zone data back; undefined when there is none. Fields of another shape are left out: a person or a
 * later version may have written them.
 */
export function parseZoneData(value: unknown): ZoneData | undefined {
  if (!isRecord(value)) return undefined;
  const { headingLevel, list, image, alternatives, rows, columns, headerRows, cells } = value;
  const data: ZoneData = {};
  if (typeof headingLevel === 'number') data.headingLevel = headingLevel;
  if (Array.isArray(list) && list.every(isListItem)) data.list = list;
  if (isBox(image)) data.image = image;
  if (Array.isArray(alternatives) && alternatives.every(isAlternative)) {
    data.alternatives = alternatives;
  }
  if (isCount(rows) && isCount(columns) && Array.isArray(cells) && cells.every(isCell)) {
    Object.assign(data, { rows, columns, headerRows: isCount(headerRows) ? headerRows : 0, cells });
  }
  return Object.keys(data).length === 0 ? undefined : data;
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function isListItem(value: unknown): value is ListItem {
  return (
    isRecord(value) &&
    isCount(value['level']) &&
    typeof value['ordered'] === 'boolean' &&
    typeof value['marker'] === 'string' &&
    typeof value['text'] === 'string'
  );
}

function isBox(value: unknown): value is Box {
  if (!isRecord(value)) return false;
  return ['x', 'y', 'width', 'height'].every((side) => typeof value[side] === 'number');
}

function isAlternative(value: unknown): value is AlternativeReading {
  return (
    isRecord(value) &&
    isBox(value) &&
    typeof value['text'] === 'string' &&
    typeof value['confidence'] === 'number'
  );
}

function isCell(value: unknown): value is TableCell {
  return (
    isRecord(value) &&
    isBox(value) &&
    typeof value['text'] === 'string' &&
    ['row', 'column', 'rowSpan', 'columnSpan'].every((name) => isCount(value[name])) &&
    ['wordFrom', 'wordTo'].every((name) => value[name] === undefined || isCount(value[name]))
  );
}

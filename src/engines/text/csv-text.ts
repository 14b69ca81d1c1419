import { fillTable, placeRows } from '../flow/lay-out-table.ts';
import type { FlowDocument, LaidPage } from '../flow/laid-page.ts';
import { sheet, tableSize } from '../flow/sheet.ts';
import { columnWidths } from '../flow/table-columns.ts';
import { tableOfRows } from './table-of-rows.ts';

const delimiters = [',', ';', '\t', '|'] as const;
/** Records by which the delimiter is chosen. */
const sampleRecords = 20;
const numeric = /^[-+\d.,:/ %€$£]+$/;
const rowsPerPage = 40;

/** Records of a CSV text (RFC 4180, any line end), their delimiter found by how evenly it parts the first ones. */
export function parseCsv(text: string): string[][] {
  const stated = /^sep=(.)\n/i.exec(text);
  const body = stated === null ? text : text.slice(stated[0].length);
  const delimiter = stated?.[1] ?? chooseDelimiter(body);
  return parseRecords(body, delimiter, Infinity).filter((record) =>
    record.some((field) => /\S/.test(field)),
  );
}

/** A document of one table a page, 40 records each; a row that is too tall makes its page taller. */
export function csvDocument(text: string): FlowDocument {
  const records = parseCsv(text.replaceAll('\f', '\n'));
  const headerRows = hasHeader(records) ? 1 : 0;
  return {
    pageCount: Math.max(1, Math.ceil(records.length / rowsPerPage)),
    metadata: {},
    page(number) {
      const from = (number - 1) * rowsPerPage;
      const rows = records.slice(from, from + rowsPerPage);
      return layOutRows(rows, number === 1 ? headerRows : 0);
    },
  };
}

function layOutRows(rows: readonly string[][], headerRows: number): LaidPage {
  const table = tableOfRows(rows, headerRows);
  const widths = columnWidths(table, sheet.width - 2 * sheet.margin, tableSize);
  const filled = fillTable(table, widths);
  const { margin } = sheet;
  const tableWidth = widths.reduce((sum, width) => sum + width, 0);
  const tableHeight = filled.heights.reduce((sum, height) => sum + height, 0);
  return {
    widthPt: Math.max(sheet.width, tableWidth + 2 * margin),
    heightPt: Math.max(sheet.height, tableHeight + 2 * margin),
    zones:
      rows.length === 0
        ? []
        : [placeRows(filled, { from: 0, to: rows.length }, { x: margin, y: margin })],
  };
}

/** The delimiter that gives most records the same number of fields, more than one; a comma when none does. */
function chooseDelimiter(text: string): string {
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const records = parseRecords(text, delimiter, sampleRecords).filter((r) => r.join('') !== '');
    const counts = records.map((record) => record.length);
    const usual = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 1;
    if (usual < 2) continue;
    const share = counts.filter((count) => count === usual).length / counts.length;
    const score = share * share * Math.log2(usual + 1);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** At most `most` records. A quote inside an unquoted field is a letter; one that never closes is, too. */
function parseRecords(text: string, delimiter: string, most: number): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let lineEnd = -1;
  for (let at = 0; at < text.length && records.length < most; at += 1) {
    // Looked for once a line: a line of a million fields must not be searched a million times.
    if (lineEnd < at) lineEnd = endOfLine(text, at);
    const quoted = text[at] === '"' ? readQuoted(text, at, delimiter) : undefined;
    const field = quoted ?? readPlain(text, at, lineEnd, delimiter);
    record.push(field.value);
    at = field.end;
    if (text[at] === delimiter) {
      if (at + 1 < text.length) continue;
      record.push('');
    }
    records.push(record);
    record = [];
  }
  return records;
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

interface Field {
  value: string;
  /** Where the delimiter or line end behind it stands. */
  end: number;
}

function readPlain(text: string, from: number, lineEnd: number, delimiter: string): Field {
  const line = text.slice(from, lineEnd);
  const cut = line.indexOf(delimiter);
  const value = cut < 0 ? line : line.slice(0, cut);
  return { value: value.trim(), end: from + value.length };
}

/** A field in quotes; undefined when its quote does not close before a delimiter, a line end or the end. */
function readQuoted(text: string, from: number, delimiter: string): Field | undefined {
  const pieces: string[] = [];
  for (let at = from + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return undefined;
    pieces.push(text.slice(at, quote));
    if (text[quote + 1] !== '"') {
      const next = text[quote + 1];
      if (next !== undefined && next !== delimiter && next !== '\n') return undefined;
      return { value: pieces.join('"').trim(), end: quote + 1 };
    }
    at = quote + 2;
  }
}

function isNumber(field: string): boolean {
  return numeric.test(field) && /\d/.test(field);
}

/** The first record names the columns when its fields differ, none is empty or a number, and later ones are. */
function hasHeader(records: readonly string[][]): boolean {
  const [first, ...rest] = records;
  if (first === undefined || rest.length === 0) return false;
  if (!first.every((field) => field !== '' && !isNumber(field))) return false;
  if (new Set(first).size !== first.length) return false;
  return rest.slice(0, 50).some((record) => record.some(isNumber));
}

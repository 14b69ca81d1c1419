import type { Box, Word } from '#kernel/word.ts';
import { boundingBox, clampBox } from '#kernel/word.ts';
import type { FlowListItem, FlowPage, FlowTable, FlowZone } from '../flow-engine.ts';
import { crashed } from '../sandbox/engine-failures.ts';
import {
  readFields,
  readFloats,
  readList,
  readNumber,
  readOptionalString,
  readString,
} from '../sandbox/reply-fields.ts';
import { cleanText } from './clean-text.ts';
import type { LaidPage } from './laid-page.ts';
import { tallestStated } from './sheet.ts';

/** A page as the child sends it: what was laid out, still in points, with its number. */
export function packPage(page: LaidPage, number: number): unknown {
  return { number, ...page };
}

/**
 * Reads a page from a child's reply. Words are taken from the contents of the zones, so that the two cannot
 * differ; there must be as many boxes. Zones without a word are left out. A word with a character that could
 * not be decoded (U+FFFD) is not sure at all, every other one is.
 * Throws AppError `engine.crashed` on a wrong shape.
 */
export function parsePage(value: unknown): FlowPage {
  const fields = readFields(value);
  const size = { width: readNumber(fields, 'widthPt'), height: readNumber(fields, 'heightPt') };
  if (!(size.width > 0 && size.height > 0)) throw malformed('a page without a size');
  const words: Word[] = [];
  const zones: FlowZone[] = [];
  for (const entry of readList(fields, 'zones')) {
    const zone = readFields(entry);
    const content = cleanText(readString(zone, 'content'));
    const own = placeWords(content, readFloats(zone, 'boxes'), size);
    const box = boundingBox(own);
    if (box === undefined) continue;
    const wordFrom = words.length;
    for (const word of own) words.push(word);
    const found = { ...box, content, wordFrom, wordTo: words.length - 1 };
    zones.push(describeZone(zone, found, size));
  }
  return {
    number: readNumber(fields, 'number'),
    widthPt: size.width,
    heightPt: Math.min(size.height, tallestStated),
    words,
    zones,
  };
}

type Fields = ReturnType<typeof readFields>;
type Size = Pick<Box, 'width' | 'height'>;
type Placed = Omit<FlowZone, 'kind'>;

function describeZone(zone: Fields, placed: Placed, size: Size): FlowZone {
  const kind = parseKind(readString(zone, 'kind'));
  if (kind === 'table') {
    const table = parseTable(readFields(zone['table']), placed, size);
    return { ...placed, ...(boundingBox(table.cells) ?? placed), kind, table };
  }
  return {
    ...placed,
    kind,
    ...(kind === 'heading' && { headingLevel: readNumber(zone, 'headingLevel') }),
    ...(zone['list'] !== undefined && { list: readList(zone, 'list').map(parseListItem) }),
  };
}

function placeWords(content: string, boxes: Float32Array, size: Size): Word[] {
  const texts = content.split(/\s+/).filter((text) => text !== '');
  if (boxes.length !== texts.length * 4) throw malformed('words and boxes do not match');
  return texts.map((text, index) => {
    const [x = 0, y = 0, width = 0, height = 0] = boxes.subarray(index * 4, index * 4 + 4);
    const box = fractions({ x, y, width, height }, size);
    return { text, ...box, confidence: text.includes('\ufffd') ? 0 : 1 };
  });
}

function fractions(box: Box, size: Size): Box {
  if (!Object.values(box).every(Number.isFinite)) throw malformed('a box without a place');
  return clampBox({
    x: box.x / size.width,
    y: box.y / size.height,
    width: Math.max(0, box.width) / size.width,
    height: Math.max(0, box.height) / size.height,
  });
}

const kinds = ['text', 'heading', 'table', 'header', 'footer'] as const;

function parseKind(text: string): FlowZone['kind'] {
  const kind = kinds.find((known) => known === text);
  if (kind === undefined) throw malformed('a zone of an unknown kind');
  return kind;
}

function parseListItem(value: unknown): FlowListItem {
  const fields = readFields(value);
  return {
    level: readNumber(fields, 'level'),
    ordered: fields['ordered'] === true,
    marker: readOptionalString(fields, 'marker') ?? '',
    text: cleanText(readString(fields, 'text')),
  };
}

function parseTable(fields: Fields, { wordFrom, wordTo }: Placed, size: Size): FlowTable {
  let next = wordFrom;
  const cells = readList(fields, 'cells').map((value) => {
    const cell = readFields(value);
    const count = readNumber(cell, 'words');
    const from = next;
    next += count;
    return {
      row: readNumber(cell, 'row'),
      column: readNumber(cell, 'column'),
      rowSpan: readNumber(cell, 'rowSpan'),
      columnSpan: readNumber(cell, 'columnSpan'),
      text: cleanText(readString(cell, 'text')),
      ...fractions(readBox(cell), size),
      ...(count > 0 && { wordFrom: from, wordTo: from + count - 1 }),
    };
  });
  if (next !== wordTo + 1) throw malformed('cells that do not hold the words of their table');
  return {
    rows: readNumber(fields, 'rows'),
    columns: readNumber(fields, 'columns'),
    headerRows: readNumber(fields, 'headerRows'),
    cells,
  };
}

function readBox(fields: Fields): Box {
  return {
    x: readNumber(fields, 'x'),
    y: readNumber(fields, 'y'),
    width: readNumber(fields, 'width'),
    height: readNumber(fields, 'height'),
  };
}

function malformed(what: string): Error {
  return crashed('flow', `it sent ${what}`);
}

import { parseArray } from './array-literal.ts';
import { parseInstant } from './instant-text.ts';

/** How a column type arrives: the reader of its text, and the TypeScript type of what it returns. */
export interface ColumnType {
  readonly parse: (text: string) => unknown;
  readonly typeScript: string;
}

const text: ColumnType = { parse: (value) => value, typeScript: 'string' };
const number: ColumnType = { parse: Number, typeScript: 'number' };
const wholeNumber: ColumnType = { parse: parseInt8, typeScript: 'number' };
const boolean: ColumnType = { parse: (value) => value === 't', typeScript: 'boolean' };
const instant: ColumnType = { parse: parseInstant, typeScript: 'Date' };
const jsonValue: ColumnType = { parse: (value) => JSON.parse(value), typeScript: 'unknown' };
const bytes: ColumnType = { parse: parseBytea, typeScript: 'Uint8Array' };

/** Object identifiers of built-in types never change between PostgreSQL versions. */
const columnTypes = new Map<number, ColumnType>([
  [16, boolean],
  [1000, arrayOf(boolean)],
  [17, bytes],
  [1001, arrayOf(bytes)],
  [20, wholeNumber],
  [1016, arrayOf(wholeNumber)],
  // int2, int4, oid, float4, float8, numeric
  ...[21, 23, 26, 700, 701, 1700].map((oid) => [oid, number] as const),
  ...[1005, 1007, 1028, 1021, 1022, 1231].map((oid) => [oid, arrayOf(number)] as const),
  [114, jsonValue],
  [199, arrayOf(jsonValue)],
  [3802, jsonValue],
  [3807, arrayOf(jsonValue)],
  [1184, instant],
  [1185, arrayOf(instant)],
  // name, text, bpchar, varchar, date, time, timestamp, uuid, "char"
  ...[1003, 1009, 1014, 1015, 1182, 1183, 1115, 2951, 1002].map(
    (oid) => [oid, arrayOf(text)] as const,
  ),
]);

/**
 * The type for an oid of the wire protocol (a domain arrives as its base type). What is not listed
 * arrives as text: uuid, date, time, timestamp, citext, inet, tsvector and every extension type.
 */
export function columnTypeOf(oid: number): ColumnType {
  return columnTypes.get(oid) ?? text;
}

function arrayOf(element: ColumnType): ColumnType {
  return {
    parse: (value) => parseArray(value, element.parse),
    typeScript: `${element.typeScript}[]`,
  };
}

/** Throws RangeError rather than hand out an id that has silently become another one. */
function parseInt8(value: string): number {
  const parsed = Number(value);
  if (!Number.isSafeInteger(parsed)) throw new RangeError(`${value} is too large for a number`);
  return parsed;
}

function parseBytea(value: string): Uint8Array {
  if (!value.startsWith(String.raw`\x`)) throw new SyntaxError('bytea_output must be hex');
  return Buffer.from(value.slice(2), 'hex');
}

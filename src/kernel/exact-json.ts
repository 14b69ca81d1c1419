import { AppError } from './app-error.ts';

export type JsonValue = JsonObject | readonly JsonValue[] | string | number | boolean | null;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** An open array or object while its text is walked through. */
interface OpenContainer {
  /** null for an array. */
  keys: Set<string> | null;
  /** The key or index that is being read. */
  at: string | number;
  /** True between `{` or `,` and the colon. */
  expectsKey: boolean;
}

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[{}[\],:]/g;

/**
 * Reads a JSON text so that what comes out is what was written, or nothing: JSON.parse alone keeps the last of two
 * equal keys, rounds 12345678901234567890 and turns 1e400 into infinity without a word.
 * Numbers are compared by value, so 1.0 is 1, and the order of keys is not part of an object (RFC 8259).
 * Throws `request.invalid` for what is not JSON, and `json.not_storable` with `reason` and `path` (a JSON
 * Pointer) for more than `maxDepth` levels, equal keys, numbers that a double cannot hold, U+0000 and lone surrogates.
 */
export function parseExactJson(text: string, maxDepth: number): JsonValue {
  const value = parseJson(text);
  const open: OpenContainer[] = [];
  for (const [piece] of text.matchAll(token)) walk(open, piece, maxDepth);
  return value;
}

function parseJson(text: string): JsonValue {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch (cause) {
    throw new AppError('request.invalid', 'The body is not valid JSON.', { cause });
  }
}

/** Takes one token of a text that is known to be JSON. */
function walk(open: OpenContainer[], piece: string, maxDepth: number): void {
  const inside = open.at(-1);
  switch (piece) {
    case '{':
    case '[':
      if (open.length === maxDepth) throw tooDeep(maxDepth);
      open.push({
        keys: piece === '{' ? new Set() : null,
        at: piece === '{' ? '' : 0,
        expectsKey: piece === '{',
      });
      return;
    case '}':
    case ']':
      open.pop();
      return;
    case ':':
      return;
    case ',':
      if (inside === undefined) return;
      inside.expectsKey = inside.keys !== null;
      if (typeof inside.at === 'number') inside.at += 1;
      return;
    default:
      readScalar(open, piece, inside);
  }
}

function readScalar(open: OpenContainer[], piece: string, inside: OpenContainer | undefined): void {
  if (!piece.startsWith('"')) {
    if (!isExactNumber(piece)) throw inexactNumber(piece, open);
    return;
  }
  const text: string = piece.includes('\\') ? JSON.parse(piece) : piece.slice(1, -1);
  if (inside?.expectsKey === true) {
    inside.expectsKey = false;
    inside.at = text;
    if (inside.keys?.has(text) === true) throw equalKeys(open);
    inside.keys?.add(text);
  }
  if (text.includes('\0')) throw unstorableText('the character U+0000', open);
  if (!text.isWellFormed()) throw unstorableText('half of a surrogate pair', open);
}

/** True when the double nearest to the number is written as a number of the same value. */
function isExactNumber(text: string): boolean {
  const value = Number(text);
  return Number.isFinite(value) && sameDecimal(text, String(value));
}

function sameDecimal(one: string, other: string): boolean {
  const [a, b] = [decimalOf(one), decimalOf(other)];
  return a.digits === b.digits && a.exponent === b.exponent && a.negative === b.negative;
}

/** A number as digits without zeros at either end and a power of ten; all zeros are the same. */
function decimalOf(text: string): { negative: boolean; digits: string; exponent: number } {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const all = (whole + fraction).replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  if (digits === '') return { negative: false, digits, exponent: 0 };
  const exponent = Number(power) - fraction.length + all.length - digits.length;
  return { negative: sign === '-', digits, exponent };
}

function notStorable(reason: string, message: string, open: readonly OpenContainer[]): AppError {
  const path = open
    .slice(0, 20)
    .map(({ at }) => `/${String(at).slice(0, 50).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
    .toWellFormed()
    .replaceAll('\0', '\u{fffd}');
  const where = path === '' ? '' : ` It stands at ${path}.`;
  return new AppError('json.not_storable', `${message}${where}`, { details: { reason, path } });
}

function tooDeep(maxDepth: number): AppError {
  return notStorable('depth', `The JSON is nested more than ${maxDepth} levels deep.`, []);
}

function equalKeys(open: readonly OpenContainer[]): AppError {
  return notStorable('duplicate_key', 'An object holds the same key twice.', open);
}

function inexactNumber(text: string, open: readonly OpenContainer[]): AppError {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return notStorable(
    'number',
    `The number ${shown} cannot be kept exactly; send it as a string.`,
    open,
  );
}

function unstorableText(what: string, open: readonly OpenContainer[]): AppError {
  return notStorable('text', `A text holds ${what}, which cannot be stored. Remove it.`, open);
}

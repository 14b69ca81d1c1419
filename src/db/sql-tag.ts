import { createHash } from 'node:crypto';

import { formatArray } from './array-literal.ts';
import type { SqlFragment, SqlJson, SqlValue } from './database.ts';
import { formatInstant } from './instant-text.ts';
import { storableJson, storableText } from './storable-text.ts';

/** A statement ready to be sent. `name` is undefined when it is not to be prepared. */
export interface SqlStatement {
  readonly text: string;
  readonly values: readonly SqlParameter[];
  readonly name: string | undefined;
}

/** A parameter as it travels: text, bytes or null. */
export type SqlParameter = string | Uint8Array | null;

/** Marks `value` to be sent as jsonb. Throws when it is sent, see `storableJson`. */
export function json(value: unknown): SqlJson {
  return { kind: 'json', value };
}

/** A piece of SQL with its own parameters, to be used as a value of the `sql` tag or of another fragment. */
export function fragment(
  strings: TemplateStringsArray,
  ...values: readonly SqlValue[]
): SqlFragment {
  return { kind: 'fragment', strings, values };
}

/** A quoted name as a fragment. `schema.table` must be given as two identifiers. */
export function identifier(name: string): SqlFragment {
  return { kind: 'fragment', strings: [quoteIdentifier(name)], values: [] };
}

/**
 * A whole number written into the text instead of being sent as a parameter. For LIMIT: with a parameter
 * there PostgreSQL reckons with a tenth of the table, finds its general plan dearer than a particular one,
 * and so plans the statement anew each time. Throws RangeError for anything but a safe integer.
 */
export function literalInteger(value: number): SqlFragment {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
  return { kind: 'fragment', strings: [String(value)], values: [] };
}

/**
 * OFFSET, left out for the first page, for the same reason: with any offset the statement is planned anew each time.
 * Throws RangeError for anything but a safe integer.
 */
export function offsetBy(rows: number): SqlFragment {
  if (!Number.isSafeInteger(rows)) throw new RangeError(`${rows} is not a whole number`);
  return rows === 0 ? fragment`` : fragment`offset ${rows}::int`;
}

/** `name` in double quotes. Throws `db.text_invalid` for U+0000. */
export function quoteIdentifier(name: string): string {
  return `"${storableText(name).replaceAll('"', '""')}"`;
}

interface StatementText {
  readonly text: string;
  readonly name: string | undefined;
}

/** Turns a template and its values into a statement. */
export type SqlCompiler = (
  strings: TemplateStringsArray,
  values: readonly SqlValue[],
) => SqlStatement;

/**
 * A function that turns a template and its values into a statement. Fragments are flattened, so that
 * what reaches the server is one text with `$1…$n`. With `prepare`, each final text has one name.
 */
export function createSqlCompiler(options: { prepare: boolean }): SqlCompiler {
  // A template without fragments has the same text every time: the array of its strings is its key.
  const plainTexts = new WeakMap<readonly string[], StatementText>();
  const composedTexts = new Map<string, StatementText>();

  const describe = (text: string): StatementText => ({
    text,
    name: options.prepare ? statementName(text) : undefined,
  });

  return (strings, values) => {
    if (!values.some(isFragment)) {
      let known = plainTexts.get(strings);
      if (known === undefined) {
        known = describe(joinPlain(strings));
        plainTexts.set(strings, known);
      }
      return { ...known, values: values.map(toParameter) };
    }
    const flat = flatten(strings, values);
    let known = composedTexts.get(flat.text);
    if (known === undefined) {
      // Every prepared text stays in the memory of every connection. Code that composes more texts
      // than this composes them from data; those run unnamed.
      const room = composedTexts.size < composedTextLimit;
      known = room ? describe(flat.text) : { text: flat.text, name: undefined };
      if (room) composedTexts.set(flat.text, known);
    }
    return { ...known, values: flat.values.map(toParameter) };
  };
}

const composedTextLimit = 500;

function statementName(text: string): string {
  return `dm_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
}

function joinPlain(strings: readonly string[]): string {
  return strings.reduce((text, piece, index) => (index === 0 ? piece : `${text}$${index}${piece}`));
}

function flatten(
  strings: readonly string[],
  values: readonly SqlValue[],
): { text: string; values: SqlValue[] } {
  const flatValues: SqlValue[] = [];
  let text = '';
  const append = (pieces: readonly string[], parts: readonly SqlValue[]): void => {
    for (const [index, piece] of pieces.entries()) {
      text += piece;
      if (index >= parts.length) continue;
      const part = parts[index];
      if (isFragment(part)) {
        append(part.strings, part.values);
      } else {
        flatValues.push(part ?? missing(part));
        text += `$${flatValues.length}`;
      }
    }
  };
  append(strings, values);
  return { text, values: flatValues };
}

function isFragment(value: SqlValue | undefined): value is SqlFragment {
  return isMarked(value) && value.kind === 'fragment';
}

/** Told apart by `kind`: the other objects that are values (dates, bytes, arrays) have none. */
function isMarked(value: unknown): value is SqlJson | SqlFragment {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** Null is a value; undefined is a mistake of the caller that must not become a NULL in silence. */
function missing(value: null | undefined): null {
  if (value === undefined) throw new TypeError('a value of a statement is undefined; use null');
  return value;
}

/** The wire form of a value. Throws `db.text_invalid` for text that cannot be stored. */
export function toParameter(value: SqlValue): SqlParameter {
  if (typeof value === 'string') return storableText(value);
  if (value === null || value === undefined) return missing(value);
  if (typeof value !== 'object') return String(value);
  if (value instanceof Date) return formatInstant(value);
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  if (isMarked(value)) {
    if (value.kind === 'json') return storableJson(value.value);
    throw new TypeError('a fragment must be a value of the sql tag itself');
  }
  return formatArray(value.map(toElement));
}

function toElement(element: SqlValue): string | null {
  const parameter = toParameter(element);
  if (typeof parameter === 'string' || parameter === null) return parameter;
  throw new TypeError('an array of bytes cannot be a value');
}

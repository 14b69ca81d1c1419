import type { CopyValue } from './database.ts';
import { formatInstant } from './instant-text.ts';
import { storableJson, storableText } from './storable-text.ts';

/**
 * One row in the text format of COPY, with its line end: columns parted by tabs, null as `\N`.
 * Throws `db.text_invalid` for text that cannot be stored.
 */
export function copyLine(row: readonly CopyValue[]): string {
  return `${row.map(copyField).join('\t')}\n`;
}

function copyField(value: CopyValue): string {
  if (value === null) return String.raw`\N`;
  if (typeof value === 'string') return escapeField(storableText(value));
  if (typeof value !== 'object') {
    if (value === undefined) throw new TypeError('a value of COPY is undefined; use null');
    return String(value);
  }
  if (value instanceof Date) return formatInstant(value);
  return escapeField(storableJson(value.value));
}

const escapes: Readonly<Record<string, string>> = {
  '\\': String.raw`\\`,
  '\t': String.raw`\t`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
};

function escapeField(text: string): string {
  return text.replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? character);
}

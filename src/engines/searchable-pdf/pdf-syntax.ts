import { deflateSync } from 'node:zlib';

/** A stream object, compressed. `entries` are further entries of its dictionary. */
export function pdfStream(entries: string, bytes: Uint8Array): Buffer {
  const coded = deflateSync(bytes, { level: 9 });
  const head = streamHead(`/Filter/FlateDecode${entries}`, coded.length);
  return Buffer.concat([head, coded, streamEnd]);
}

/** What stands before the bytes of a stream of this length. */
export function streamHead(entries: string, length: number): Buffer {
  return Buffer.from(`<<${entries}/Length ${length}>>\nstream\n`);
}

export const streamEnd = Buffer.from('\nendstream');

/** A text as a PDF string: UTF-16 with its mark, in hexadecimal. */
export function pdfText(text: string): string {
  return `<feff${Buffer.from(text.toWellFormed(), 'utf16le').swap16().toString('hex')}>`;
}

/** A number as PDF writes it: no exponent, and no more decimals than are asked for. */
export function decimal(value: number, decimals = 4): string {
  const text = value.toFixed(decimals).replace(/\.?0+$/, '');
  return text === '-0' || text === '' ? '0' : text;
}

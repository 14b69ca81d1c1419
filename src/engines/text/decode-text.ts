import { cleanText } from '../flow/clean-text.ts';

/** A text with more such signs of a wrong guess per letter outside ASCII is not UTF-8 with a flaw. */
const mostReplaced = 0.02;
const metaCharset = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w:.-]{2,40})/i;

/**
 * Bytes as clean text: UTF-8 or UTF-16 by their mark, else UTF-8 when they are (a few bad bytes become
 * U+FFFD), else what an HTML file says of itself when `isMarkup`, else Windows-1252. Never throws.
 */
export function decodeText(bytes: Uint8Array, isMarkup = false): string {
  return cleanText(decode(bytes, isMarkup));
}

function decode(bytes: Uint8Array, isMarkup: boolean): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const text = new TextDecoder('utf-8').decode(bytes);
  if (isUtf8(text)) return text;
  return new TextDecoder((isMarkup ? statedEncoding(bytes) : undefined) ?? 'windows-1252').decode(
    bytes,
  );
}

function isUtf8(text: string): boolean {
  const replaced = text.split('\ufffd').length - 1;
  if (replaced === 0) return true;
  const foreign = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0;
  return replaced <= foreign * mostReplaced;
}

/** The encoding that a page names in its first bytes, when we can decode it. */
function statedEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 2_048)).toString('latin1');
  const name = metaCharset.exec(head)?.[1];
  if (name === undefined || /^utf/i.test(name)) return undefined;
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return undefined;
  }
}

import type { Sniffed } from './sniffed.ts';

export interface SniffedText {
  sniffed: Sniffed;
  /** False for bytes that only may be text in an old encoding: a signature says more. */
  isSure: boolean;
}

/** Controls that no text has: not white space, not the escape sequences of terminals, not the old end mark. */
// oxlint-disable-next-line no-control-regex
const unlikely = /[\u0000-\u0008\u000e-\u0019\u001c-\u001f\u007f]/;
/** More letters outside ASCII than any language has that Windows-1252 is for. */
const mostForeign = 0.45;
const notInWindows1252 = [0x81, 0x8d, 0x8f, 0x90, 0x9d];

/** Which kind of text the first bytes of a file are; undefined when they are none. `ending` is in lower case. */
export function sniffText(head: Uint8Array, ending: string): SniffedText | undefined {
  const unicode = decodeUnicode(head);
  if (unicode !== undefined) return { sniffed: kindOfText(unicode, ending), isSure: true };
  const old = Buffer.from(head).toString('latin1');
  if (unlikely.test(old)) return undefined;
  const foreign = head.filter((byte) => byte >= 0x80).length;
  if (
    foreign <= head.length * mostForeign &&
    !notInWindows1252.some((byte) => head.includes(byte))
  ) {
    return { sniffed: kindOfText(old, ending), isSure: false };
  }
  // What an HTML page states of its encoding is followed.
  if (/<meta[^>]{0,200}charset/i.test(old))
    return { sniffed: { mediaType: 'text/html' }, isSure: false };
  return undefined;
}

/** The bytes as UTF-8, or as UTF-16 by its mark. A character cut off at the end is no fault. */
function decodeUnicode(head: Uint8Array): string | undefined {
  const mark =
    head[0] === 0xff && head[1] === 0xfe ? 'le' : head[0] === 0xfe && head[1] === 0xff ? 'be' : '';
  try {
    const decoder = new TextDecoder(mark === '' ? 'utf-8' : `utf-16${mark}`, { fatal: true });
    const text = decoder.decode(head, { stream: true });
    return unlikely.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

const textEndings: ReadonlyMap<string, Sniffed> = new Map([
  ['md', { mediaType: 'text/markdown' }],
  ['markdown', { mediaType: 'text/markdown' }],
  ['csv', { mediaType: 'text/csv' }],
  ['tsv', { mediaType: 'text/csv' }],
  ['json', { refused: 'JSON' }],
  ['jsonl', { refused: 'JSON' }],
]);

const svg = /^<svg\b|^<\?xml[^>]*>[^<]*(<!--[^>]*-->\s*)*(<!DOCTYPE svg|<svg)/i;
const html = /^(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<(?:!doctype html|html|head|body)\b/i;
const htmlPiece =
  /^<(?:p|div|h[1-6]|table|ul|ol|pre|title|meta|link|style|script|span|a|b|br|section|article|main|blockquote)\b/i;

function kindOfText(raw: string, ending: string): Sniffed {
  const text = raw.trimStart();
  if (text.startsWith('{\\rtf')) {
    return { refused: 'an RTF document', advice: 'Save it as .docx or PDF and upload that.' };
  }
  if (text.startsWith('%!PS')) {
    return { refused: 'PostScript', advice: 'Convert it to PDF and upload that.' };
  }
  if (looksLikeJson(text)) return { refused: 'JSON' };
  if (svg.test(text)) return { refused: 'an SVG image' };
  if (html.test(text) || htmlPiece.test(text)) return { mediaType: 'text/html' };
  if (/^html?$/.test(ending) && /<[a-z!]/i.test(text)) return { mediaType: 'text/html' };
  if (/^<(?:\?xml|!DOCTYPE|[a-z_][\w.-]*(?::[\w.-]+)?(?:\s[^<>]*)?\/?>)/i.test(text))
    return { refused: 'XML' };
  return textEndings.get(ending) ?? { mediaType: 'text/plain' };
}

/** Whether a text is JSON, as far as its start tells; a paragraph may begin with a bracket, too. */
function looksLikeJson(text: string): boolean {
  if (!/^[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return /^\{\s*"[^"\n]{0,200}"\s*:|^\[\s*(?:[{"]|\[\s*["\d{[-]|-?\d[\d.eE+-]*\s*,\s*-?\d[\d.eE+-]*\s*,)/.test(
      text,
    );
  }
}

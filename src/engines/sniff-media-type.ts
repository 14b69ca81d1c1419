import { fileTypeFromBuffer } from 'file-type';
import { isMediaType, type MediaType } from '#kernel/media-type.ts';

export type Sniffed = { mediaType: MediaType } | { refused: string };

/** PDF readers accept this many bytes of junk before the header (ISO 32000-1, annex H, 3.4.1). */
const pdfHeaderWithin = 1_024;
const textSampleBytes = 4_096;

/**
 * What a file is, from its first bytes (4 KiB are plenty) and never from its name. `refused` says
 * in a few words what it looks like instead. Never throws.
 */
export async function sniffMediaType(head: Uint8Array): Promise<Sniffed> {
  if (head.length === 0) return { refused: 'an empty file' };
  // Before the library is asked: it wants the header at the very start.
  const start = Buffer.from(head.subarray(0, pdfHeaderWithin + 5)).toString('latin1');
  const pdfAt = start.indexOf('%PDF-');
  if (pdfAt === 0) return { mediaType: 'application/pdf' };
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found !== undefined && isMediaType(found.mime)) return { mediaType: found.mime };
  // An archive or a video may hold a PDF near its start; only what is nothing else is one.
  if (found === undefined && pdfAt > 0) return { mediaType: 'application/pdf' };
  return { refused: found === undefined ? describeUnknown(head) : `${found.mime} (${found.ext})` };
}

function describeUnknown(head: Uint8Array): string {
  const text = decodeText(head.subarray(0, textSampleBytes))?.trimStart();
  if (text === undefined) return 'an unknown binary file';
  if (/^[[{]/.test(text)) return 'JSON';
  if (/^<svg|^<\?xml[^>]*>[^<]*(<!--[^>]*-->\s*)*(<!DOCTYPE svg|<svg)/i.test(text))
    return 'an SVG image';
  if (/^(<!doctype html|<html)/i.test(text)) return 'an HTML page';
  if (text.startsWith('<')) return 'XML';
  return 'plain text';
}

/** The bytes as UTF-8 text, or undefined when they are no text. A character cut off at the end is no fault. */
function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

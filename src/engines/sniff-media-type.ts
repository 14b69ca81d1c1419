import { fileTypeFromBuffer } from 'file-type';
import { acceptedKinds, isMediaType } from '#kernel/media-type.ts';
import { sniffOffice } from './sniff-office.ts';
import { sniffText } from './sniff-text.ts';
import type { Refused, Sniffed } from './sniffed.ts';

/** PDF readers accept this many bytes of junk before the header (ISO 32000-1, annex H, 3.4.1). */
const pdfHeaderWithin = 1_024;

/** Its coding is patented and not among those of the image library that comes with Docmill. */
const heic: Refused = {
  refused: 'a HEIC photo',
  advice: 'Save it as JPEG or PNG and upload that.',
};

/**
 * What a file is, from its first bytes (4 KiB are plenty). Its name only tells kinds of text apart, and kinds of
 * Office files whose first bytes do not. Never throws.
 */
export async function sniffMediaType(head: Uint8Array, fileName = ''): Promise<Sniffed> {
  if (head.length === 0) return { refused: 'an empty file' };
  const ending = /\.([a-z0-9]{1,10})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  // Before the library is asked: it wants the header at the very start.
  const start = Buffer.from(head.subarray(0, pdfHeaderWithin + 5)).toString('latin1');
  const pdfAt = start.indexOf('%PDF-');
  if (pdfAt === 0) return { mediaType: 'application/pdf' };
  // A few letters may be the signature of a picture or a program; what is text throughout is none.
  const text = pdfAt > 0 ? undefined : sniffText(head, ending);
  if (text?.isSure === true) return text.sniffed;
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  const office = sniffOffice(head, ending, found?.mime);
  if (office !== undefined) return office;
  if (found !== undefined && isMediaType(found.mime)) return { mediaType: found.mime };
  // An archive or a video may hold a PDF near its start; only what is nothing else is one.
  if (found === undefined && pdfAt > 0) return { mediaType: 'application/pdf' };
  if (found !== undefined && /^image\/hei[cf]/.test(found.mime)) return heic;
  if (found !== undefined) return { refused: `${found.mime} (${found.ext})` };
  return text?.sniffed ?? { refused: 'an unknown binary file' };
}

/** The sentence for a file that is not accepted. `subject` names the file, such as `"notes.odt"`. */
export function refusalSentence(subject: string, { refused, advice }: Refused): string {
  return [`${subject} looks like ${refused}.`, advice, acceptedKinds]
    .filter((part) => part !== undefined)
    .join(' ');
}

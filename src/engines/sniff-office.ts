import type { Refused, Sniffed } from './sniffed.ts';

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const localSignature = Buffer.from('PK\u0003\u0004', 'latin1');
const compoundSignature = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const saveAnew = 'Save it as .docx or PDF and upload that.';
const saveAsPdf = 'Save it as PDF and upload that.';

const excel: Refused = {
  refused: 'an Excel workbook',
  advice: 'Save it as CSV or PDF and upload that.',
};
const slides: Refused = { refused: 'a PowerPoint presentation', advice: saveAsPdf };
const macros: Refused = {
  refused: 'an Office file with macros, which Docmill does not open',
  advice: 'Save it as .docx without macros, or as PDF, and upload that.',
};

/**
 * Word documents, and a clear answer for the Office files that are not read; undefined for everything else.
 * `mime` is what a library said of the first bytes.
 */
export function sniffOffice(
  head: Uint8Array,
  ending: string,
  mime: string | undefined,
): Sniffed | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.subarray(0, 8).equals(compoundSignature)) return sniffCompound(bytes, ending);
  if (!bytes.subarray(0, 4).equals(localSignature)) return undefined;
  if (mime?.includes('macroenabled') === true || /^(?:doc|dot|xls|ppt)m$/.test(ending))
    return macros;
  if (mime === docx) return { mediaType: docx };
  return sniffArchive(bytes, ending, mime);
}

function sniffArchive(
  bytes: Buffer,
  ending: string,
  mime: string | undefined,
): Sniffed | undefined {
  const names = namesIn(bytes);
  const startsWith = (folder: string): boolean => names.some((name) => name.startsWith(folder));
  if (
    mime?.startsWith('application/vnd.oasis.opendocument') === true ||
    startsWith('mimetypeapplication/vnd.oasis')
  ) {
    return { refused: 'an OpenDocument file', advice: saveAnew };
  }
  if (startsWith('word/')) return { mediaType: docx };
  if (startsWith('xl/') || mime?.includes('spreadsheetml') === true) return excel;
  if (startsWith('ppt/') || mime?.includes('presentationml') === true) return slides;
  const isOffice = ['[Content_Types].xml', '_rels/', 'docProps/', 'customXml/'].some(startsWith);
  if (!isOffice) return undefined;
  // What the first parts do not say, the name may; the reader refuses it if it was wrong.
  if (ending.startsWith('xls')) return excel;
  if (ending.startsWith('ppt')) return slides;
  return { mediaType: docx };
}

/** Names of the parts whose headers lie in the first bytes, with what is stored behind a `mimetype`. */
function namesIn(bytes: Buffer): string[] {
  const names: string[] = [];
  for (let at = 0; (at = bytes.indexOf(localSignature, at)) >= 0; at += 4) {
    if (at + 30 > bytes.length) break;
    const length = bytes.readUInt16LE(at + 26);
    const name = bytes.toString('latin1', at + 30, at + 30 + length);
    names.push(name === 'mimetype' ? bytes.toString('latin1', at + 30, at + 30 + 80) : name);
  }
  return names;
}

/** The container of old Office files, and of new ones that are encrypted. */
function sniffCompound(bytes: Buffer, ending: string): Refused {
  const holds = (name: string): boolean => bytes.includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage') || /^(?:doc|xls|ppt)[xm]$/.test(ending)) {
    return {
      refused: 'an Office file that is protected by a password',
      advice: 'Remove the password and upload it again.',
    };
  }
  if (holds('WordDocument') || ending === 'doc' || ending === 'dot') {
    return { refused: 'an old Word file (.doc)', advice: saveAnew };
  }
  if (holds('Workbook') || ending === 'xls') {
    return {
      refused: 'an old Excel file (.xls)',
      advice: 'Save it as CSV or PDF and upload that.',
    };
  }
  if (holds('PowerPoint Document') || ending === 'ppt') {
    return { refused: 'an old PowerPoint file (.ppt)', advice: saveAsPdf };
  }
  return { refused: 'an old Office file', advice: saveAnew };
}

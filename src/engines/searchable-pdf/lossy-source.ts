import type { FileWindow } from '../pdfium/file-window.ts';

const tiffMark = 42;
/** Old and new JPEG, lossy DNG, WebP. */
const lossyCompressions = new Set([6, 7, 34_892, 50_001]);
const compressionTag = 259;
const entryBytes = 12;

/** Whether a WebP file is coded with loss; only its first picture counts. */
export function isLossyWebp(file: Buffer): boolean {
  for (let at = 12; at + 8 <= file.length;) {
    const kind = file.toString('latin1', at, at + 4);
    if (kind === 'VP8 ') return true;
    if (kind === 'VP8L') return false;
    // A frame of a moving picture has its own chunks inside, after its place and time.
    at += kind === 'ANMF' ? 24 : 8 + roundToEven(file.readUInt32LE(at + 4));
  }
  return false;
}

/**
 * Whether a page (1-based) of a TIFF file is coded with loss (JPEG or WebP inside). Large files of the
 * 64-bit kind and what cannot be followed count as lossless, which is never wrong, only larger.
 */
export function isLossyTiff(file: FileWindow, page: number): boolean {
  const head = new TiffBytes(file);
  if (head.short(2) !== tiffMark) return false;
  let directory = head.long(4);
  // A chain that runs in a circle ends at the page that is looked for.
  for (let number = 1; directory > 0; number += 1) {
    const entries = head.short(directory) ?? 0;
    const end = directory + 2 + entries * entryBytes;
    if (number === page) {
      for (let at = directory + 2; at < end; at += entryBytes) {
        if (head.short(at) === compressionTag)
          return lossyCompressions.has(head.short(at + 8) ?? 0);
      }
      return false;
    }
    directory = head.long(end);
  }
  return false;
}

/** Numbers of a TIFF file in its byte order; what lies outside the file reads as nothing. */
class TiffBytes {
  readonly #file: FileWindow;
  readonly #isLittle: boolean;

  constructor(file: FileWindow) {
    this.#file = file;
    this.#isLittle = this.#bytes(0, 2)?.toString('latin1') === 'II';
  }

  short(at: number): number | undefined {
    const bytes = this.#bytes(at, 2);
    return this.#isLittle ? bytes?.readUInt16LE() : bytes?.readUInt16BE();
  }

  long(at: number): number {
    const bytes = this.#bytes(at, 4);
    return (this.#isLittle ? bytes?.readUInt32LE() : bytes?.readUInt32BE()) ?? 0;
  }

  #bytes(at: number, count: number): Buffer | undefined {
    const bytes = Buffer.alloc(count);
    return this.#file.read(at, bytes) ? bytes : undefined;
  }
}

function roundToEven(length: number): number {
  return length + (length % 2);
}

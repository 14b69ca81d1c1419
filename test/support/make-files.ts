import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { degrees, PDFDocument, PDFName, type PDFPage, StandardFonts } from '@cantoo/pdf-lib';
import sharp, { type Sharp } from 'sharp';
import type { SourceFile } from '#engines/source-file.ts';
import type { MediaType } from '#kernel/media-type.ts';

/** A line of text; x and y are the start of its base line in points from the lower left of the media box. */
export interface TextLine {
  text: string;
  x: number;
  y: number;
  size: number;
  bold?: boolean;
}

export interface PdfPage {
  width: number;
  height: number;
  rotation?: 0 | 90 | 180 | 270;
  cropBox?: { x: number; y: number; width: number; height: number };
  lines?: readonly TextLine[];
  /** Content in place of all else, compressed by zlib. */
  deflatedContent?: Uint8Array;
  /** A black rectangle, drawn (not an image). */
  block?: { x: number; y: number; width: number; height: number };
  /** A PNG or JPEG stretched over a part of the page. */
  image?: { bytes: Uint8Array; x: number; y: number; width: number; height: number };
}

/** A folder for one test file, with a way to remove it. */
export interface TemporaryFolder {
  path: string;
  /** Writes a file and describes it as the engines want it. */
  save(name: string, bytes: Uint8Array, mediaType: MediaType): SourceFile;
  remove(): void;
}

export function makeTemporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'docmill-test-'));
  return {
    path,
    save(name, bytes, mediaType) {
      const file = join(path, name);
      writeFileSync(file, bytes);
      return {
        path: file,
        mediaType,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      };
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** A PDF with the standard fonts; `password` encrypts it for opening. */
export async function makePdf(
  pages: readonly PdfPage[],
  options: { title?: string; password?: string } = {},
): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const plain = await document.embedFont(StandardFonts.Helvetica);
  const bold = await document.embedFont(StandardFonts.HelveticaBold);
  if (options.title !== undefined) document.setTitle(options.title);
  for (const wanted of pages) {
    const page = document.addPage([wanted.width, wanted.height]);
    page.setRotation(degrees(wanted.rotation ?? 0));
    if (wanted.cropBox !== undefined) {
      const { x, y, width, height } = wanted.cropBox;
      page.setCropBox(x, y, width, height);
    }
    if (wanted.deflatedContent !== undefined) {
      const stream = document.context.stream(wanted.deflatedContent, { Filter: 'FlateDecode' });
      page.node.set(PDFName.Contents, document.context.register(stream));
    }
    if (wanted.block !== undefined) page.drawRectangle(wanted.block);
    if (wanted.image !== undefined) await drawImage(document, page, wanted.image);
    for (const { text, x, y, size, bold: isBold } of wanted.lines ?? []) {
      page.drawText(text, { x, y, size, font: isBold === true ? bold : plain });
    }
  }
  if (options.password !== undefined) {
    document.encrypt({ userPassword: options.password, ownerPassword: options.password });
  }
  return document.save({ useObjectStreams: false });
}

async function drawImage(
  document: PDFDocument,
  page: PDFPage,
  { bytes, ...place }: NonNullable<PdfPage['image']>,
): Promise<void> {
  page.drawImage(await document.embedPng(bytes), place);
}

/** A white canvas with a black rectangle, all in pixels, ready to be written in any format. */
export function drawBlock(
  width: number,
  height: number,
  block: { left: number; top: number; width: number; height: number },
): Sharp {
  const ink = {
    create: { width: block.width, height: block.height, channels: 3 as const, background: '#000' },
  };
  return sharp({ create: { width, height, channels: 3, background: '#fff' } }).composite([
    { input: ink, left: block.left, top: block.top },
  ]);
}

/** A one-page PDF with a hand-written content stream, for what no library would write. */
export function makeRawPdf(
  content: string | Uint8Array,
  options: { mediaBox?: string; filter?: string } = {},
): Uint8Array {
  const stream = Buffer.from(content);
  const filter = options.filter === undefined ? '' : `/Filter/${options.filter}`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[${options.mediaBox ?? '0 0 612 792'}]/Contents 4 0 R` +
      '/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>',
  ];
  let head = '%PDF-1.7\n';
  const offsets = [...objects, ''].map((object, index) => {
    const offset = head.length;
    if (object !== '') head += `${index + 1} 0 obj${object}endobj\n`;
    return offset;
  });
  head += `4 0 obj<</Length ${stream.length}${filter}>>stream\n`;
  const tail = '\nendstream endobj\n';
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const table = `xref\n0 5\n0000000000 65535 f \n${rows}trailer<</Root 1 0 R/Size 5>>\n`;
  const start = head.length + stream.length + tail.length;
  return Buffer.concat([
    Buffer.from(head),
    stream,
    Buffer.from(`${tail}${table}startxref\n${start}\n%%EOF`),
  ]);
}

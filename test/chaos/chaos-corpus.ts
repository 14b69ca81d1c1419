import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import type { ErrorCode } from '#kernel/error-codes.ts';
import type { PdfPage } from '#test/support/make-files.ts';
import { makePdf, makeRawPdf } from '#test/support/make-files.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A file whose fate is known beforehand. */
export interface ChaosFile {
  /** Uploads of one kind have the same pages and must give the same reading. */
  kind: string;
  fileName: string;
  bytes: Buffer;
  /** How many pages must be read, or why the document must fail. */
  fate: { pages: number } | { fails: ErrorCode };
  /** How often it is taken, against the others. */
  weight: number;
}

const prose =
  'The miller opened the lower gate before sunrise and let the cold river turn the great wheel while ' +
  'the carts of the upper farms waited along the causeway with barley rye and oats for the winter';
const words = prose.split(' ');

/** The kinds of files that a run uploads: from one kilobyte to a few megabytes, good ones and bad ones. */
export async function makeCorpus(random: SeededRandom): Promise<ChaosFile[]> {
  const texts = await Promise.all(
    [1, 2, 5, 18, 33, 60].map((pages) => makeTextFile(random, pages)),
  );
  const [letter] = texts;
  const scans = await Promise.all([1, 2, 3].map((pages) => makeScanFile(random, pages)));
  return [
    ...texts,
    ...scans,
    {
      kind: 'tiny',
      fileName: 'tiny.pdf',
      bytes: Buffer.from(makeRawPdf('BT /F1 24 Tf 72 700 Td (A very small file) Tj ET')),
      fate: { pages: 1 },
      weight: 2,
    },
    {
      kind: 'picture',
      fileName: 'picture.png',
      bytes: await drawText(random, 5),
      fate: { pages: 1 },
      weight: 2,
    },
    await makeLargeFile(random),
    {
      kind: 'locked',
      fileName: 'locked.pdf',
      bytes: Buffer.from(await makePdf([textPage(random, 1)], { password: 'millstone' })),
      fate: { fails: 'file.password_protected' },
      weight: 1,
    },
    {
      kind: 'truncated',
      fileName: 'truncated.pdf',
      bytes: Buffer.from(letter?.bytes.subarray(0, 300) ?? ''),
      fate: { fails: 'file.damaged' },
      weight: 1,
    },
    {
      kind: 'garbage',
      fileName: 'garbage.pdf',
      bytes: Buffer.concat([Buffer.from('%PDF-1.7\n'), random.bytes(20_000)]),
      fate: { fails: 'file.damaged' },
      weight: 1,
    },
  ];
}

/**
 * One file of the corpus with bytes that no other upload has: a comment behind the end of a PDF file
 * changes its hash and nothing else.
 */
export function takeFile(
  corpus: readonly ChaosFile[],
  random: SeededRandom,
  count: number,
): ChaosFile {
  const file = random.pick(
    corpus.flatMap((each) => Array.from({ length: each.weight }, () => each)),
  );
  const isPdf = file.fileName.endsWith('.pdf');
  const bytes = isPdf ? Buffer.concat([file.bytes, Buffer.from(`\n%${count}\n`)]) : file.bytes;
  return { ...file, bytes };
}

function textPage(random: SeededRandom, number: number): PdfPage {
  const lines = Array.from({ length: 30 }, (_, row) => ({
    text: Array.from({ length: 9 }, () => random.pick(words)).join(' '),
    x: 72,
    y: 680 - row * 20,
    size: 11,
  }));
  const heading = { text: `Page ${number} of the mill book`, x: 72, y: 720, size: 20, bold: true };
  return { width: 612, height: 792, lines: [heading, ...lines] };
}

async function makeTextFile(random: SeededRandom, pages: number): Promise<ChaosFile> {
  const bytes = await makePdf(
    Array.from({ length: pages }, (_, index) => textPage(random, index + 1)),
  );
  return {
    kind: `text ${pages}`,
    fileName: `text-${pages}.pdf`,
    bytes: Buffer.from(bytes),
    fate: { pages },
    weight: 2,
  };
}

/** A page of four by two inches at 200 dpi: enough for a few lines, quick to recognise. */
const scan = { width: 800, height: 400 };

async function makeScanFile(random: SeededRandom, pages: number): Promise<ChaosFile> {
  const pictures = await Promise.all(Array.from({ length: pages }, () => drawText(random, 6)));
  const width = (scan.width / 200) * 72;
  const height = (scan.height / 200) * 72;
  const bytes = await makePdf(
    pictures.map((picture) => ({
      width,
      height,
      image: { bytes: picture, x: 0, y: 0, width, height },
    })),
  );
  return {
    kind: `scan ${pages}`,
    fileName: `scan-${pages}.pdf`,
    bytes: Buffer.from(bytes),
    fate: { pages },
    weight: 3,
  };
}

/** A PNG with lines of words, in whatever sans serif font the machine has. */
async function drawText(random: SeededRandom, lines: number): Promise<Buffer> {
  const rows = Array.from({ length: lines }, (_, row) => {
    const text = Array.from({ length: 6 }, () => random.pick(words)).join(' ');
    return `<text x="40" y="${70 + row * 50}" font-size="30" font-family="sans-serif">${text}</text>`;
  });
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${scan.width}" height="${scan.height}">` +
    `<rect width="100%" height="100%" fill="#fff"/>${rows.join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** Three megabytes that nobody can compress, in an attachment beside two pages of text. */
async function makeLargeFile(random: SeededRandom): Promise<ChaosFile> {
  const document = await PDFDocument.load(
    await makePdf([textPage(random, 1), textPage(random, 2)]),
  );
  await document.attach(random.bytes(3_000_000), 'ballast.bin', {
    mimeType: 'application/octet-stream',
  });
  return {
    kind: 'large',
    fileName: 'large.pdf',
    bytes: Buffer.from(await document.save({ useObjectStreams: false })),
    fate: { pages: 2 },
    weight: 1,
  };
}

import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import type { GrayImage, PageEngine } from '#engines/page-engine.ts';
import type { SourceFile } from '#engines/source-file.ts';
import { createPdfiumEngine } from '#engines/pdfium-engine.ts';
import { silentLogger } from '#kernel/logger.ts';
import { makePdf } from '#test/support/make-files.ts';
import { generateProse } from './generated-prose.ts';
import { repeatableRandom } from './repeatable-random.ts';
import { setPage } from './prose-document.ts';

const scanDpi = 200;
const pointsPerInch = 72;
/** Words of a page of the scan: a full page of a letter or a book. */
const wordsPerPage = 350;
/** Gray levels; a scanner without any noise does not exist. */
const noise = 5;

export interface Scan {
  /** The image-only PDF. */
  file: string;
  /** The pages as an engine sees them: rendered from that PDF at 200 dpi. */
  rasters: GrayImage[];
}

/** Makes an image-only PDF of `pages` pages of prose, as a scanner would, and renders its pages. */
export async function makeScan(
  folder: string,
  name: string,
  { pages, seed }: { pages: number; seed: number },
): Promise<Scan> {
  const engine = createPdfiumEngine({ logger: silentLogger });
  try {
    const printed = await saveSource(folder, `${name}-printed.pdf`, await makePrint(pages, seed));
    const random = repeatableRandom(seed);
    const clean = await renderAll(engine, printed, pages);
    const pictures: Uint8Array[] = [];
    for (const raster of clean) pictures.push(await photograph(raster, random));
    const scan = await saveSource(folder, `${name}.pdf`, await bindPictures(pictures));
    return { file: scan.path, rasters: await renderAll(engine, scan, pages) };
  } finally {
    await engine.close();
  }
}

function makePrint(pages: number, seed: number): Promise<Uint8Array> {
  const prose = generateProse(seed);
  return makePdf(
    Array.from({ length: pages }, (_, index) =>
      setPage(prose, { columns: 1, heading: index % 5 === 0, words: wordsPerPage, size: 11 }),
    ),
  );
}

async function saveSource(folder: string, name: string, bytes: Uint8Array): Promise<SourceFile> {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { path: file, mediaType: 'application/pdf', sha256 };
}

async function renderAll(
  engine: PageEngine,
  file: SourceFile,
  pages: number,
): Promise<GrayImage[]> {
  const rasters: GrayImage[] = [];
  for (let page = 1; page <= pages; page++) {
    rasters.push(await engine.renderGray(file, page, scanDpi));
  }
  return rasters;
}

/** The page with noise as a gray JPEG. The sum of three dice is near enough to a bell curve. */
function photograph(raster: GrayImage, random: () => number): Promise<Uint8Array> {
  const pixels = Buffer.from(raster.pixels);
  for (let index = 0; index < pixels.length; index++) {
    const bell = (random() + random() + random() - 1.5) * 2;
    const value = (pixels[index] ?? 0) * 0.92 + 8 + bell * noise;
    pixels[index] = Math.max(0, Math.min(255, Math.round(value)));
  }
  return sharp(pixels, { raw: { width: raster.width, height: raster.height, channels: 1 } })
    .toColourspace('b-w')
    .jpeg({ quality: 80 })
    .toBuffer();
}

async function bindPictures(pictures: readonly Uint8Array[]): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  for (const picture of pictures) {
    const image = await document.embedJpg(picture);
    const width = (image.width / scanDpi) * pointsPerInch;
    const height = (image.height / scanDpi) * pointsPerInch;
    document.addPage([width, height]).drawImage(image, { x: 0, y: 0, width, height });
  }
  return document.save();
}

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import type { GrayImage, PageEngine } from '#engines/page-engine.ts';
import type { SourceFile } from '#engines/source-file.ts';
import { makePdf, type PdfPage } from '#test/support/make-files.ts';
import { generateProse } from '../generated-prose.ts';
import { setPage } from '../prose-document.ts';
import { repeatableRandom } from '../repeatable-random.ts';
import type { TrueDocument } from './real-documents.ts';

/** How a page is printed and scanned. */
export interface PageCondition {
  dpi: number;
  /** Crooked by 1.5 degrees, blurred, shaded to a corner, noise of 10 levels, JPEG of quality 60; see research/ocr.md §3. */
  bad: boolean;
}

const flaws = { skew: 1.5, blur: 0.7, shade: 0.35, noise: 10, jpeg: 60 } as const;

/** Pages of prose, born digital, each rendered and, if wanted, spoilt; with the text that was set. */
export async function makeTruePages(
  engine: PageEngine,
  folder: string,
  { pages, seed, ...condition }: PageCondition & { pages: number; seed: number },
): Promise<TrueDocument[]> {
  const prose = generateProse(seed);
  const made: TrueDocument[] = [];
  for (let number = 1; number <= pages; number++) {
    const page = setPage(prose, { columns: 1, heading: number % 2 === 1, words: 420 });
    const name = `${condition.bad ? 'bad' : 'clean'}-${condition.dpi}-${number}`;
    const pdf = await savePdf(folder, name, page);
    const raster = await engine.renderGray(pdf, 1, condition.dpi);
    const bytes = condition.bad ? await spoil(raster, seed + number) : await asPng(raster);
    const file = path.join(folder, `${name}.${condition.bad ? 'jpg' : 'png'}`);
    await writeFile(file, bytes);
    made.push({
      file: { path: file, mediaType: condition.bad ? 'image/jpeg' : 'image/png', sha256: name },
      text: (page.lines ?? []).map(({ text }) => text).join('\n'),
    });
  }
  return made;
}

async function savePdf(folder: string, name: string, page: PdfPage): Promise<SourceFile> {
  const file = path.join(folder, `${name}.pdf`);
  await writeFile(file, await makePdf([page]));
  return { path: file, mediaType: 'application/pdf', sha256: name };
}

function rasterOf({ width, height, pixels }: Pick<GrayImage, 'width' | 'height' | 'pixels'>) {
  return sharp(pixels, { raw: { width, height, channels: 1 } });
}

function asPng(raster: GrayImage): Promise<Buffer> {
  return rasterOf(raster)
    .toColourspace('b-w')
    .withMetadata({ density: raster.dpi })
    .png({ compressionLevel: 3 })
    .toBuffer();
}

async function spoil(raster: GrayImage, seed: number): Promise<Buffer> {
  const random = repeatableRandom(seed);
  const { data, info } = await rasterOf(raster)
    .rotate(flaws.skew, { background: '#ffffff' })
    .blur(flaws.blur)
    .toColourspace('b-w')
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = new Uint8Array(info.width * info.height);
  for (let at = 0; at < pixels.length; at++) {
    const column = at % info.width;
    const row = Math.floor(at / info.width);
    const light = 1 - flaws.shade * (column / info.width) * (row / info.height);
    // The sum of three dice, scaled to a deviation of one, is near enough to a bell curve.
    const bell = (random() + random() + random() - 1.5) * 2;
    const level = (data[at] ?? 0) * 0.85 * light + 20 + bell * flaws.noise;
    pixels[at] = Math.max(0, Math.min(255, Math.round(level)));
  }
  return rasterOf({ width: info.width, height: info.height, pixels })
    .toColourspace('b-w')
    .withMetadata({ density: raster.dpi })
    .jpeg({ quality: flaws.jpeg })
    .toBuffer();
}

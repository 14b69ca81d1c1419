import { rgb, type PDFPage } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { openRaster, renderGrayPages, type GrayRaster } from './gray-raster.ts';
import { letter } from './letter-prose.ts';
import {
  a4,
  drawLine,
  drawParagraph,
  drawRule,
  embedSheetFonts,
  newSheetDocument,
  type Face,
  type SheetFonts,
} from './pdf-sheet.ts';
import { seededRandom } from './seeded-random.ts';

const dpi = 200;
const skewDegrees = 0.7;
const margin = 78;
const measure = a4.width - 2 * margin;

function drawParagraphs(page: PDFPage, texts: readonly string[], top: number, face: Face): number {
  let y = top;
  for (const text of texts) {
    y = drawParagraph(page, text, { x: margin, y, width: measure }, face) - 9;
  }
  return y;
}

function drawLines(
  page: PDFPage,
  lines: readonly string[],
  x: number,
  top: number,
  face: Face,
): number {
  for (const [index, line] of lines.entries()) {
    drawLine(page, line, { x, y: top - index * face.leading }, face);
  }
  return top - lines.length * face.leading;
}

function drawFirstPage(page: PDFPage, fonts: SheetFonts, body: Face): void {
  const middle = a4.width / 2;
  const name: Face = { font: fonts.serifBold, size: 21, leading: 24 };
  const motto: Face = { font: fonts.serifItalic, size: 11, leading: 14 };
  drawLine(page, letter.sender, { x: middle, y: a4.height - 74, align: 'center' }, name);
  drawLine(page, letter.senderLine, { x: middle, y: a4.height - 92, align: 'center' }, motto);
  drawRule(page, [margin, a4.height - 104], [a4.width - margin, a4.height - 104], 1);
  drawLines(page, letter.recipient, margin, a4.height - 148, body);
  const date = { x: a4.width - margin, y: a4.height - 148, align: 'right' } as const;
  drawLine(page, letter.date, date, body);
  const subject = { x: margin, y: a4.height - 256 };
  drawLine(page, letter.subject, subject, { ...body, font: fonts.serifBold });
  drawLine(page, letter.greeting, { x: margin, y: a4.height - 286 }, body);
  drawParagraphs(page, letter.firstPage, a4.height - 312, body);
}

function drawSecondPage(page: PDFPage, fonts: SheetFonts, body: Face): void {
  const folio = { x: a4.width / 2, y: a4.height - 62, align: 'center' } as const;
  drawLine(page, '- 2 -', folio, body);
  let y = drawParagraphs(page, letter.secondPage, a4.height - 100, body);
  drawLine(page, letter.closing, { x: margin, y: y - 6 }, body);
  // A pen stroke for the signature; y runs downwards in a path.
  page.drawSvgPath(
    'M0 30 C14 -6 26 -8 24 14 C22 34 8 42 12 26 C18 8 40 6 44 20 C46 30 38 34 40 24 C44 10 60 8 62 20 C63 30 74 26 78 16 C84 4 92 -14 90 -2 C88 14 82 34 92 28 C104 18 120 14 150 20',
    { x: margin + 4, y: y - 16, borderColor: rgb(0.05, 0.05, 0.1), borderWidth: 1.3 },
  );
  y = drawLines(page, letter.signature, margin, y - 76, body);
  drawLines(page, letter.enclosures, margin, y - 26, { ...body, font: fonts.serifItalic });
}

/** What the paper looks like under the lamp of a cheap scanner; `paper` is already turned. */
function addScannerMarks(paper: GrayRaster, seed: number): GrayRaster {
  const random = seededRandom(seed);
  const { width, height } = paper;
  const pixels = new Uint8Array(paper.pixels.length);
  const fold = height * 0.335;
  for (let y = 0; y < height; y += 1) {
    // A letter folded for its envelope keeps a soft line about a third down.
    const crease = 9 * Math.exp(-(((y - fold) / 5) ** 2));
    for (let x = 0; x < width; x += 1) {
      const edge = 26 * Math.exp(-x / 34) + 16 * Math.exp(-(height - y) / 28);
      const clean = (paper.pixels[y * width + x] ?? 255) * 0.9 + 20;
      pixels[y * width + x] = Math.max(
        0,
        Math.min(255, clean - crease - edge + random.normal() * 2.2),
      );
    }
  }
  return { width, height, pixels };
}

async function scanPage(page: GrayRaster, seed: number): Promise<Buffer> {
  const { data, info } = await openRaster(page)
    .rotate(skewDegrees, { background: 'white' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  // Rotating grows the canvas; the glass of a scanner does not.
  const { data: cut } = await sharp(data, {
    raw: { width: info.width, height: info.height, channels: info.channels },
  })
    .extract({
      left: Math.floor((info.width - page.width) / 2),
      top: Math.floor((info.height - page.height) / 2),
      width: page.width,
      height: page.height,
    })
    .blur(0.55)
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const marked = addScannerMarks({ ...page, pixels: new Uint8Array(cut) }, seed);
  return openRaster(marked).toColourspace('b-w').jpeg({ quality: 50 }).toBuffer();
}

/** A letter of two pages that exists as page images only: 200 dpi, gray, 0.7 degrees askew, no text layer. */
export async function makeLetterScan(): Promise<Uint8Array> {
  const typed = await newSheetDocument('Letter', letter.sender);
  const fonts = await embedSheetFonts(typed);
  const body: Face = { font: fonts.serif, size: 12, leading: 17 };
  drawFirstPage(typed.addPage([a4.width, a4.height]), fonts, body);
  drawSecondPage(typed.addPage([a4.width, a4.height]), fonts, body);

  const scan = await newSheetDocument('Scanned letter', letter.sender);
  for (const [index, raster] of (await renderGrayPages(await typed.save(), dpi)).entries()) {
    const image = await scan.embedJpg(await scanPage(raster, 41 + index));
    const page = scan.addPage([a4.width, a4.height]);
    page.drawImage(image, { x: 0, y: 0, width: a4.width, height: a4.height });
  }
  return scan.save();
}

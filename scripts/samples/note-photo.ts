import sharp from 'sharp';
import { openRaster, renderGrayPages, sampleGray, type GrayRaster } from './gray-raster.ts';
import { drawLine, embedSheetFonts, newSheetDocument, type Face } from './pdf-sheet.ts';
import { pictureToSheet, type Quad } from './plane-projection.ts';
import { seededRandom } from './seeded-random.ts';

/** The till roll in points: 58 mm wide. */
const paper = { width: 164, height: 270 };

/** The upright picture in pixels, and where the corners of the paper are seen in it. */
const picture = { width: 1_200, height: 1_600 };
const corners: Quad = [
  [168, 92],
  [1_030, 108],
  [1_098, 1_500],
  [104, 1_478],
];

type Item = readonly [count: number, name: string, pence: number];

const items: readonly Item[] = [
  [2, 'Oat flapjacks', 240],
  [1, 'Pot of tea', 290],
  [1, 'Leek soup, roll', 650],
  [1, 'Mill loaf, long', 425],
  [1, 'Wholemeal flour', 380],
];

const pounds = (pence: number): string => (pence / 100).toFixed(2);

async function drawReceipt(): Promise<Uint8Array> {
  const document = await newSheetDocument('Receipt', 'Wenlow Mill Tea Room');
  const fonts = await embedSheetFonts(document);
  const page = document.addPage([paper.width, paper.height]);
  const plain: Face = { font: fonts.monoBold, size: 8.2, leading: 12 };
  const bold: Face = { font: fonts.monoBold, size: 10.5, leading: 14.5 };
  let y = paper.height - 26;
  const center = (text: string, face: Face): void => {
    drawLine(page, text, { x: paper.width / 2, y, align: 'center' }, face);
    y -= face.leading;
  };
  const pair = (text: string, amount: string, face: Face): void => {
    drawLine(page, text, { x: 12, y }, face);
    drawLine(page, amount, { x: paper.width - 12, y, align: 'right' }, face);
    y -= face.leading;
  };
  center('WENLOW MILL', bold);
  center('TEA ROOM', bold);
  center('Mill Lane, Wenlow', plain);
  y -= 6;
  pair('Saturday 14/11/2026', '13:07', plain);
  pair('Table four, receipt', '20817', plain);
  center('-'.repeat(28), plain);
  for (const [count, name, pence] of items) {
    pair(`${count} ${name} @${pounds(pence)}`, pounds(count * pence), plain);
  }
  center('-'.repeat(28), plain);
  const total = items.reduce((sum, [count, , pence]) => sum + count * pence, 0);
  pair('TOTAL IN POUNDS', pounds(total), bold);
  pair('Paid by card, no tip', pounds(total), plain);
  y -= 12;
  center('Served by Nell', plain);
  center('Thank you and mind', plain);
  center('the step on your way out', plain);
  return document.save();
}

/** Dark boards below the paper: a value for each column, drifting slowly as grain does. */
function woodGrain(seed: number): Float64Array {
  const random = seededRandom(seed);
  const grain = new Float64Array(picture.width);
  let drift = 0;
  for (let x = 0; x < grain.length; x += 1) {
    drift = drift * 0.93 + random.normal() * 3;
    grain[x] = x % 400 < 4 ? -38 : drift;
  }
  return grain;
}

/** How much of the table each pixel lies in the shadow of the paper, 0 to 255. */
async function shadowOf(quad: Quad): Promise<Uint8Array> {
  const toSheet = pictureToSheet(quad);
  const mask = new Uint8Array(picture.width * picture.height);
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      // The lamp stands at the upper left, so the shadow falls to the lower right.
      const [u, v] = toSheet(x - 16, y - 20);
      if (u > 0 && u < 1 && v > 0 && v < 1) mask[y * picture.width + x] = 255;
    }
  }
  const soft = await openRaster({ ...picture, pixels: mask })
    .blur(14)
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  return new Uint8Array(soft);
}

/** Brightness of the lamp at a pixel, about 1 near the upper left and 0.62 at the far corner. */
function lampAt(x: number, y: number): number {
  const far = Math.hypot(x / picture.width - 0.25, y / picture.height - 0.2);
  return 1.02 - 0.4 * far ** 1.5;
}

/** Colour of the paper at (u, v) in 0..1 of the sheet, before the lamp. */
function paperColour(sheet: GrayRaster, u: number, v: number): readonly [number, number, number] {
  const print = sampleGray(sheet, u * sheet.width - 0.5, v * sheet.height - 0.5) / 255;
  // It was folded once; the lower half lies a little steeper and darker.
  const bend = v > 0.5 ? 0.955 : 1;
  const crease = 1 - 0.09 * Math.exp(-(((v - 0.5) / 0.004) ** 2));
  const light = (0.12 + 0.88 * print) * bend * crease;
  return [247 * light, 243 * light, 231 * light];
}

/** How much of a pixel the paper covers, 0 to 1, at `place` in 0..1 between two of its edges. */
function edgeCover(place: number, pixelsAcross: number): number {
  const inside = Math.min(place, 1 - place) * pixelsAcross * 0.75;
  return Math.max(0, Math.min(1, inside + 0.5));
}

async function takePicture(sheet: GrayRaster): Promise<Buffer> {
  const random = seededRandom(7);
  const grain = woodGrain(19);
  const shadow = await shadowOf(corners);
  const toSheet = pictureToSheet(corners);
  const pixels = new Uint8Array(picture.width * picture.height * 3);
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      const [u, v] = toSheet(x, y);
      const cover = edgeCover(u, picture.width) * edgeCover(v, picture.height);
      const index = y * picture.width + x;
      const wood = grain[(x + Math.round(6 * Math.sin(y / 210))) % picture.width] ?? 0;
      const dark = 1 - (0.55 * (shadow[index] ?? 0)) / 255;
      const table = [(112 + wood) * dark, (78 + wood * 0.8) * dark, (54 + wood * 0.6) * dark];
      const white = cover > 0 ? paperColour(sheet, u, v) : table;
      const light = lampAt(x, y);
      const speck = random.normal() * 2.6;
      for (const [channel, wooden] of table.entries()) {
        const value = wooden + cover * ((white[channel] ?? 0) - wooden);
        pixels[index * 3 + channel] = Math.max(0, Math.min(255, value * light + speck));
      }
    }
  }
  return (
    sharp(pixels, { raw: { ...picture, channels: 3 } })
      .blur(0.6)
      // The sensor lay on its side: bytes turned left, orientation 6 says "turn right to view".
      .rotate(270)
      .jpeg({ quality: 66 })
      .withMetadata({ orientation: 6 })
      .toBuffer()
  );
}

/** A JPEG of a till receipt on a table, seen at an angle, stored sideways with EXIF orientation 6. */
export async function makeNotePhoto(): Promise<Uint8Array> {
  const [sheet] = await renderGrayPages(await drawReceipt(), 460);
  if (!sheet) throw new Error('PDFium drew no page of the receipt');
  return takePicture(sheet);
}

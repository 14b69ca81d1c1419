import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { makeBmp } from '#test/support/make-bmp.ts';
import { cell, makeDocx, paragraph, row, table } from '#test/support/make-docx.ts';
import { makePdf } from '#test/support/make-files.ts';
import { oddPdf } from '#test/support/raw-pdf.ts';

/** A sound file from which mutants are made. */
export interface StockFile {
  name: string;
  bytes: Uint8Array;
  /** How often it is picked, against the others. */
  weight: number;
}

const line = { text: 'Hello hostile world', x: 20, y: 60, size: 14 };
const sheet = { width: 300, height: 120, lines: [line] };

function picture(): Sharp {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="60"><rect width="240" height="60" fill="#fff"/><text x="10" y="40" font-size="24">Hello world</text></svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: '#fff' });
}

/** The samples and small generated files of every kind. The samples are slow to recognise, so they come less often. */
export async function mutantStock(): Promise<StockFile[]> {
  const samples = [
    'museum-report.pdf',
    'school-timetable.pdf',
    'scanned-letter.pdf',
    'receipt-photo.jpg',
  ];
  const folder = join(import.meta.dirname, '../../samples');
  const png = await picture().png().toBuffer();
  const scan = { ...sheet, lines: [], image: { bytes: png, x: 20, y: 20, width: 240, height: 60 } };
  const field = '<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(value)/Rect[9 9 90 90]>>';
  const grid = table([row([cell('a', '<w:gridSpan w:val="2"/>')]), row([cell('c'), cell('d')])]);
  return [
    ...samples.map((name, index) => ({
      name,
      bytes: readFileSync(join(folder, name)),
      weight: index < 2 ? 6 : 1,
    })),
    { name: 'two.pdf', bytes: await makePdf([sheet, sheet]), weight: 12 },
    { name: 'scan.pdf', bytes: await makePdf([scan]), weight: 6 },
    {
      name: 'form.pdf',
      bytes: oddPdf({
        catalog: '/AcroForm<</Fields[5 0 R]>>',
        page: '/Annots[5 0 R]',
        more: [field],
      }),
      weight: 12,
    },
    {
      name: 'grid.docx',
      bytes: makeDocx({ body: paragraph('Hello') + grid, footnotes: '' }),
      weight: 12,
    },
    { name: 'small.png', bytes: png, weight: 6 },
    { name: 'small.jpg', bytes: await picture().jpeg().toBuffer(), weight: 6 },
    {
      name: 'small.tiff',
      bytes: await picture().tiff({ compression: 'lzw' }).toBuffer(),
      weight: 6,
    },
    { name: 'small.webp', bytes: await picture().webp().toBuffer(), weight: 6 },
    { name: 'table.csv', bytes: Buffer.from('name,year\nheron,1999\nweir,2001\n'), weight: 3 },
    { name: 'small.gif', bytes: await picture().gif().toBuffer(), weight: 4 },
    { name: 'small.bmp', bytes: makeBmp({ width: 60, height: 40, bits: 8 }), weight: 4 },
    {
      name: 'page.html',
      bytes: Buffer.from('<html><body><h1>Hello</h1><table><tr><td colspan=2>a<td>b</table>'),
      weight: 3,
    },
    {
      name: 'page.md',
      bytes: Buffer.from('# Hello\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n'),
      weight: 3,
    },
  ];
}

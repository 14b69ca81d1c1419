import { deflateSync } from 'node:zlib';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { makePdf } from '#test/support/make-files.ts';
import { assemblePdf, oddPdf, type RawObject } from '#test/support/raw-pdf.ts';
import type { HostileInput } from './hostile-input.ts';

const page = {
  width: 300,
  height: 200,
  lines: [{ text: 'Hello hostile world', x: 20, y: 100, size: 14 }],
};
const hello = 'hostile';

async function encrypted(passwords: {
  userPassword?: string;
  ownerPassword: string;
}): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  document.addPage([300, 200]).drawText('Hello hostile world', { x: 20, y: 100, size: 14, font });
  document.encrypt(passwords);
  return document.save({ useObjectStreams: false });
}

function flate(dictionary: string, bytes: Uint8Array): RawObject {
  return {
    dictionary: dictionary.replace(/>>$/, '/Filter/FlateDecode>>'),
    stream: deflateSync(bytes),
  };
}

const image = (width: number, height: number, more: string): string =>
  `<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceGray${more}>>`;

/** A JBIG2 page of the largest stated size with one small region (ISO/IEC 14492, 7.2 and 7.4). */
function jbig2Bomb(): Uint8Array {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(0xffff_fff0, 0);
  size.writeUInt32BE(0xffff_fff0, 4);
  const pageInfo = Buffer.concat([size, Buffer.alloc(11)]);
  const region = Buffer.concat([
    size,
    Buffer.alloc(9),
    Buffer.from([0, 3, 0xff, 0xfd, 0xff, 2, 0xfe, 0xfe, 0xfe]),
    Buffer.alloc(64, 0xa5),
  ]);
  const segment = (number: number, type: number, data: Buffer): Buffer => {
    const head = Buffer.alloc(11);
    head.writeUInt32BE(number, 0);
    head[4] = type;
    head[6] = 1;
    head.writeUInt32BE(data.length, 7);
    return Buffer.concat([head, data]);
  };
  return Buffer.concat([segment(0, 48, pageInfo), segment(1, 38, region)]);
}

const selfForm: RawObject = {
  dictionary: '<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</X 5 0 R>>>>>>',
  stream: Buffer.from('/X Do /X Do'),
};

/** Forms in forms, each drawn ten times by the one before: ten to the ninth drawings. */
function laughingForms(): Buffer {
  const forms = Array.from({ length: 9 }, (_, index) => ({
    dictionary:
      '<</Type/XObject/Subtype/Form/BBox[0 0 612 792]' +
      (index < 8 ? `/Resources<</XObject<</X ${index + 6} 0 R>>>>` : '') +
      '>>',
    stream: Buffer.from(index < 8 ? '/X Do '.repeat(10) : '0 0 10 10 re f'),
  }));
  return oddPdf({ resources: '/XObject<</X 5 0 R>>', content: '/X Do', more: forms });
}

const read = { fileName: 'odd.pdf', expected: ['read', 'warned'], says: hello } as const;
const anyEnd = { fileName: 'odd.pdf', expected: ['read', 'warned', 'failed'] } as const;
const failed = { fileName: 'odd.pdf', expected: ['failed'] } as const;

/** PDFs that loop, swell, lie, hide or call. `port` is of a server that must never be called. */
export function hostilePdfs(port: number): HostileInput[] {
  const url = `http://127.0.0.1:${port}/called`;
  return [
    {
      ...anyEnd,
      name: 'a page tree that contains itself',
      make: () =>
        assemblePdf(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>']),
    },
    {
      ...anyEnd,
      name: "pages that are each other's children",
      make: () =>
        assemblePdf([
          '<</Type/Catalog/Pages 2 0 R>>',
          '<</Type/Pages/Kids[3 0 R]/Count 9>>',
          '<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 9>>',
        ]),
    },
    {
      ...anyEnd,
      name: 'a form that draws itself',
      make: () => oddPdf({ resources: '/XObject<</X 5 0 R>>', content: '/X Do', more: [selfForm] }),
    },
    { ...anyEnd, name: 'forms in forms, a milliard of drawings', make: laughingForms },
    {
      ...anyEnd,
      name: 'a pattern that paints itself',
      make: () =>
        oddPdf({
          resources: '/Pattern<</P 5 0 R>>',
          content: '/Pattern cs /P scn 0 0 600 700 re f',
          more: [
            {
              dictionary:
                '<</Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9/Resources<</Pattern<</P 5 0 R>>>>>>',
              stream: Buffer.from('/Pattern cs /P scn 0 0 9 9 re f'),
            },
          ],
        }),
    },
    {
      ...anyEnd,
      name: 'cross references that lead to themselves',
      make: () => oddPdf({ trailer: '/Prev 9' }),
    },
    {
      ...anyEnd,
      name: 'a stream whose length is itself',
      make: () =>
        oddPdf({
          resources: '/XObject<</X 5 0 R>>',
          content: '/X Do',
          more: [
            {
              dictionary: '<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 5 0 R>>',
              stream: Buffer.from('q Q'),
            },
          ],
        }),
    },
    {
      ...read,
      name: 'an outline that goes round',
      make: () =>
        oddPdf({
          catalog: '/Outlines 5 0 R',
          more: [
            '<</Type/Outlines/First 6 0 R/Last 6 0 R/Count 1>>',
            '<</Title(one)/Parent 5 0 R/First 6 0 R/Next 7 0 R/Dest[3 0 R/Fit]>>',
            '<</Title(two)/Parent 5 0 R/Next 6 0 R>>',
          ],
        }),
    },
    {
      ...read,
      name: 'a name tree that contains itself',
      make: () =>
        oddPdf({
          catalog: '/Names<</EmbeddedFiles 5 0 R>>/PageLabels 6 0 R',
          more: ['<</Kids[5 0 R 5 0 R]/Limits[(a)(z)]>>', '<</Kids[6 0 R]>>'],
        }),
    },
    {
      ...read,
      name: 'a form field that is its own parent',
      make: () =>
        oddPdf({
          catalog: '/AcroForm<</Fields[5 0 R]>>',
          page: '/Annots[5 0 R]',
          more: [
            '<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(b)/Parent 5 0 R/Kids[5 0 R]/Rect[0 0 90 90]>>',
          ],
        }),
    },
    {
      ...failed,
      code: 'file.too_many_pages',
      name: 'a million declared pages',
      make: () =>
        assemblePdf([
          '<</Type/Catalog/Pages 2 0 R>>',
          '<</Type/Pages/Kids[3 0 R]/Count 1000000>>',
          '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>',
        ]),
    },
    {
      ...anyEnd,
      name: 'nine declared pages of which one is there',
      make: () =>
        assemblePdf([
          '<</Type/Catalog/Pages 2 0 R>>',
          '<</Type/Pages/Kids[3 0 R]/Count 9>>',
          '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>',
        ]),
    },
    {
      ...anyEnd,
      name: 'a negative count of pages',
      make: () =>
        assemblePdf([
          '<</Type/Catalog/Pages 2 0 R>>',
          '<</Type/Pages/Kids[3 0 R]/Count -7>>',
          '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>',
        ]),
    },
    {
      ...anyEnd,
      name: 'a content stream that unpacks to 300 MB',
      make: async () =>
        makePdf([
          page,
          { ...page, deflatedContent: deflateSync(Buffer.alloc(300_000_000, ' '), { level: 1 }) },
        ]),
      says: hello,
    },
    {
      ...anyEnd,
      name: 'Flate in Flate in Flate',
      make: () =>
        oddPdf({
          resources: '/XObject<</X 5 0 R>>',
          content: '/X Do',
          more: [
            {
              dictionary:
                '<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter[/FlateDecode/FlateDecode/FlateDecode]>>',
              stream: deflateSync(
                deflateSync(deflateSync(Buffer.alloc(200_000_000), { level: 1 })),
              ),
            },
          ],
        }),
    },
    {
      ...anyEnd,
      name: 'an image of 60,000 by 60,000 pixels without data',
      make: () =>
        oddPdf({
          resources: '/XObject<</X 5 0 R>>',
          content: 'q 500 0 0 500 0 0 cm /X Do Q',
          more: [flate(image(60_000, 60_000, '/BitsPerComponent 8'), Buffer.alloc(9))],
        }),
    },
    {
      ...anyEnd,
      name: 'an image of 10,000 by 10,000 pixels with all its data',
      make: () =>
        oddPdf({
          resources: '/XObject<</X 5 0 R>>',
          content: 'q 500 0 0 500 0 0 cm /X Do Q',
          more: [flate(image(10_000, 10_000, '/BitsPerComponent 1'), Buffer.alloc(12_500_000))],
        }),
    },
    {
      ...anyEnd,
      name: 'a JBIG2 bomb',
      make: () =>
        oddPdf({
          resources: '/XObject<</X 5 0 R>>',
          content: 'q 500 0 0 500 0 0 cm /X Do Q',
          more: [
            {
              dictionary: image(60_000, 60_000, '/BitsPerComponent 1/Filter/JBIG2Decode'),
              stream: jbig2Bomb(),
            },
          ],
        }),
    },
    {
      ...anyEnd,
      name: 'a page of 200 inches',
      make: () => oddPdf({ mediaBox: '0 0 14400 14400' }),
      says: hello,
    },
    {
      ...anyEnd,
      name: 'a page of 200,000 points',
      make: () => oddPdf({ mediaBox: '0 0 200000 200000' }),
    },
    { ...anyEnd, name: 'a page without any size', make: () => oddPdf({ mediaBox: '0 0 0 0' }) },
    {
      ...anyEnd,
      name: 'a page box of nonsense',
      make: () => oddPdf({ mediaBox: '1e38 -1e38 NaN 99999999999999999999' }),
    },
    {
      ...failed,
      code: 'file.password_protected',
      name: 'a PDF that wants a password',
      make: () => encrypted({ userPassword: 'secret', ownerPassword: 'owner' }),
    },
    {
      ...read,
      name: 'a PDF with a password for its owner only',
      make: () => encrypted({ ownerPassword: 'owner' }),
    },
    {
      ...read,
      name: 'JavaScript and launch actions',
      make: () =>
        oddPdf({
          catalog: '/OpenAction 5 0 R/Names<</JavaScript<</Names[(a)5 0 R]>>>>',
          page: '/AA<</O 6 0 R/C 7 0 R>>/Annots[8 0 R]',
          more: [
            `<</S/JavaScript/JS(app.launchURL\\("${url}"\\); while\\(1\\);)>>`,
            '<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)>>>>',
            `<</S/SubmitForm/F<</FS/URL/F(${url})>>>>`,
            `<</Type/Annot/Subtype/Link/Rect[0 0 600 700]/A<</S/URI/URI(${url})>>>>`,
          ],
        }),
    },
    {
      ...read,
      name: 'streams that are kept elsewhere',
      make: () =>
        oddPdf({
          resources: '/XObject<</X 5 0 R>>',
          content: '/X Do',
          more: [
            {
              dictionary: `<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/F<</FS/URL/F(${url})>>>>`,
              stream: Buffer.from(' '),
            },
          ],
        }),
    },
    {
      ...anyEnd,
      name: 'arrays in arrays, 200,000 deep',
      make: () => oddPdf({ page: `/Deep ${'['.repeat(200_000)}${']'.repeat(200_000)}` }),
    },
    {
      ...anyEnd,
      name: 'a million saved graphics states',
      make: () => oddPdf({ content: 'q '.repeat(1_000_000) }),
    },
    {
      ...anyEnd,
      name: 'a million tiny drawings',
      make: () =>
        oddPdf({
          resources: '/XObject<</X 5 0 R>>',
          content: '/X Do',
          more: [
            flate(
              '<</Type/XObject/Subtype/Form/BBox[0 0 612 792]>>',
              Buffer.from('0 0 m 600 700 l S '.repeat(1_000_000)),
            ),
          ],
        }),
    },
    { ...failed, name: 'a header and nothing more', make: () => Buffer.from('%PDF-1.7\n') },
    {
      ...anyEnd,
      name: 'a header and noise',
      make: () => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(50_000, 0xa5)]),
    },
  ];
}

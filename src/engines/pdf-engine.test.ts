import { PDFDocument, PDFHexString, PDFName, PDFString, StandardFonts } from '@cantoo/pdf-lib';
import { afterAll, expect, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { describePageEngine } from '#test/conformance/page-engine-suite.ts';
import { drawBlock, makePdf, makeTemporaryFolder } from '#test/support/make-files.ts';
import { oddPdf } from '#test/support/raw-pdf.ts';
import { createPdfEngine } from './pdf-engine.ts';
import { createPdfiumEngine } from './pdfium-engine.ts';
import { createPdfjsReader } from './pdfjs-reader.ts';
import type { SourceFile } from './source-file.ts';

const folder = makeTemporaryFolder();
const engine = createPdfEngine({ logger: silentLogger });
const pdfium = createPdfiumEngine({ logger: silentLogger });
const pdfjs = createPdfjsReader({ logger: silentLogger });
afterAll(async () => {
  await Promise.all([engine.close(), pdfium.close(), pdfjs.close()]);
  folder.remove();
});

describePageEngine('PDF', {
  open: (options) => createPdfEngine({ ...options, logger: silentLogger }),
  async makeSamples(samples) {
    const pages = [1, 2, 3].map((number) => ({
      width: 600,
      height: 400,
      block: { x: 150 * (number - 1) + 30, y: 260, width: 120, height: 100 },
    }));
    const pdf = await makePdf(pages);
    const png = await drawBlock(100, 100, { left: 0, top: 0, width: 9, height: 9 })
      .png()
      .toBuffer();
    return {
      threePages: samples.save('three.pdf', pdf, 'application/pdf'),
      truncated: samples.save('cut.pdf', pdf.subarray(0, 200), 'application/pdf'),
      wrongType: samples.save('image.png', png, 'image/png'),
    };
  },
});

let saved = 0;
function save(bytes: Uint8Array): SourceFile {
  saved += 1;
  return folder.save(`${saved}.pdf`, bytes, 'application/pdf');
}

/** The end is missing in the middle of the trailer: PDFium finds no root any more. */
function cutInItsTrailer(): SourceFile {
  const bytes = oddPdf();
  return save(bytes.subarray(0, bytes.lastIndexOf('/Size') + 4));
}

test('a file that PDFium refuses is read by pdf.js, which is named', async () => {
  const file = cutInItsTrailer();
  await expect(pdfium.inspect(file)).rejects.toMatchObject({ code: 'file.damaged' });
  expect(await engine.inspect(file)).toMatchObject({ pageCount: 1 });
  const [page] = await engine.readText(file, 1, 1);
  expect(page?.words.map((word) => word.text)).toEqual(['Hello', 'hostile', 'world']);
  expect(page?.readBy).toMatch(/^pdf\.js \d/);
});

test('what pdf.js has read cannot be drawn, and the answer says so', async () => {
  const file = cutInItsTrailer();
  for (const drawing of [
    engine.renderGray(file, 1, 100),
    engine.renderColour?.(file, 1, 100),
    engine.renderPicture(file, 1, { widthPx: 300 }),
  ]) {
    await expect(drawing).rejects.toMatchObject({ code: 'file.page_unreadable' });
  }
});

test('what both refuse fails with the words of PDFium, and a password is asked for once', async () => {
  const noise = save(Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(3_000, 0xa5)]));
  await expect(engine.inspect(noise)).rejects.toMatchObject({
    code: 'file.damaged',
    message: expect.stringContaining('its structure is broken'),
  });
  const locked = save(await makePdf([{ width: 9, height: 9 }], { password: 'secret' }));
  const refused = { code: 'file.password_protected' };
  await expect(engine.inspect(locked)).rejects.toMatchObject(refused);
  await expect(pdfjs.inspect(locked)).rejects.toMatchObject(refused);
});

test.for([0, 90, 180, 270] as const)(
  'the boxes of both readers agree on a page turned by %d degrees',
  async (rotation) => {
    const lines = [
      { text: 'Hello wide harbour', x: 60, y: 300, size: 20 },
      { text: 'and the quay', x: 60, y: 120, size: 11 },
    ];
    const file = save(await makePdf([{ width: 500, height: 400, rotation, lines }]));
    const [first] = await pdfium.readText(file, 1, 1);
    const [second] = await pdfjs.readText(file, 1, 1);
    expect(second).toMatchObject({
      widthPt: first?.widthPt,
      heightPt: first?.heightPt,
      rotation,
      characters: first?.characters,
    });
    const textsOf = (page: typeof first) => page?.words.map((word) => word.text).sort();
    expect(textsOf(second)).toEqual(textsOf(first));
    first?.words.forEach((word) => {
      const other = second?.words.find(({ text }) => text === word.text);
      const middle = (box: typeof other) => [
        (box?.x ?? 0) + (box?.width ?? 0) / 2,
        (box?.y ?? 0) + (box?.height ?? 0) / 2,
      ];
      const [x = 0, y = 0] = middle(word);
      const [otherX = 0, otherY = 0] = middle(other);
      // A piece says only how wide it is as a whole: a few points on a page of 500.
      expect(Math.abs(x - otherX)).toBeLessThan(0.025);
      expect(Math.abs(y - otherY)).toBeLessThan(0.025);
      expect(other?.fontSizePt).toBeCloseTo(word.fontSizePt, 1);
    });
  },
);

async function listedPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  const [first, second] = [document.addPage([400, 300]), document.addPage([400, 300])];
  first.drawText('Hello', { x: 20, y: 200, size: 14, font });
  const form = document.getForm();
  const text = form.createTextField('person.name');
  text.setText('Ada');
  text.addToPage(first, { x: 10, y: 10, width: 100, height: 20 });
  const box = form.createCheckBox('agreed');
  box.addToPage(second, { x: 10, y: 50, width: 20, height: 20 });
  box.check();
  await document.attach(Buffer.from('hello'), 'note.txt', { description: 'a note' });
  const { context, catalog } = document;
  const place = { Type: 'Annot', Subtype: 'Link', Rect: [100, 60, 200, 90] };
  const away = { S: 'URI', URI: PDFString.of('https://docs.example/a') };
  const links = [
    context.register(context.obj({ ...place, A: away })),
    context.register(context.obj({ ...place, Dest: [first.ref, 'Fit'] })),
  ];
  second.node.set(PDFName.of('Annots'), context.obj(links));
  const chapters = context.nextRef();
  const child = context.register(
    context.obj({
      Title: PDFHexString.fromText('Inner'),
      Parent: chapters,
      Dest: [second.ref, 'Fit'],
    }),
  );
  const chapter = context.register(
    context.obj({
      Title: PDFHexString.fromText('Chapter'),
      Parent: chapters,
      Dest: [first.ref, 'Fit'],
      First: child,
      Last: child,
      Count: 1,
    }),
  );
  context.assign(
    chapters,
    context.obj({ Type: 'Outlines', First: chapter, Last: chapter, Count: 2 }),
  );
  catalog.set(PDFName.of('Outlines'), chapters);
  catalog.set(PDFName.of('PageLabels'), context.obj({ Nums: [0, { S: 'r' }] }));
  return document.save();
}

test('outline, labels, fields, links and attachments of a file are listed', async () => {
  const contents = await engine.readContents?.(save(await listedPdf()));
  expect(contents).toMatchObject({
    outline: [
      { level: 0, title: 'Chapter', page: 1 },
      { level: 1, title: 'Inner', page: 2 },
    ],
    pageLabels: ['i', 'ii'],
    links: [
      { page: 2, url: 'https://docs.example/a', x: 0.25, y: 0.7, width: 0.25, height: 0.1 },
      { page: 2, toPage: 1 },
    ],
    attachments: [{ name: 'note.txt', description: 'a note' }],
    cut: [],
  });
  expect(contents?.fields).toEqual([
    { name: 'person.name', type: 'text', value: 'Ada', page: 1 },
    { name: 'agreed', type: 'checkbox', value: 'Yes', page: 2 },
  ]);
});

test('a file that lists nothing has no lists, and long lists are cut where it is said', async () => {
  expect(await engine.readContents?.(save(oddPdf()))).toBeUndefined();
  const many = Array.from(
    { length: 900 },
    (_, index) =>
      `<</Title(${'long '.repeat(100)})/Parent 5 0 R${index < 899 ? `/Next ${index + 7} 0 R` : ''}>>`,
  );
  const outlines = '<</Type/Outlines/First 6 0 R/Last 905 0 R/Count 900>>';
  const contents = await engine.readContents?.(
    save(oddPdf({ catalog: '/Outlines 5 0 R', more: [outlines, ...many] })),
  );
  expect(contents?.outline).toHaveLength(500);
  expect(contents?.outline[0]?.title).toHaveLength(199);
  expect(contents?.cut).toEqual(['outline']);
});

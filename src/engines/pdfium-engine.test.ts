import { deflateSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { describePageEngine } from '#test/conformance/page-engine-suite.ts';
import {
  drawBlock,
  makePdf,
  makeRawPdf,
  makeTemporaryFolder,
  type PdfPage,
} from '#test/support/make-files.ts';
import { defaultEngineLimits } from './engine-limits.ts';
import type { TextLayerPage } from './page-engine.ts';
import { createPdfiumEngine } from './pdfium-engine.ts';
import type { SourceFile } from './source-file.ts';

const folder = makeTemporaryFolder();
const engine = createPdfiumEngine({ logger: silentLogger });
afterAll(async () => {
  await engine.close();
  folder.remove();
});

describePageEngine('PDFium', {
  open: (options) => createPdfiumEngine({ ...options, logger: silentLogger }),
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

async function save(pages: readonly PdfPage[], options = {}): Promise<SourceFile> {
  saved += 1;
  return folder.save(`${saved}.pdf`, await makePdf(pages, options), 'application/pdf');
}

function saveRaw(content: string, options = {}): SourceFile {
  saved += 1;
  return folder.save(`${saved}.pdf`, makeRawPdf(content, options), 'application/pdf');
}

async function readPage(file: SourceFile): Promise<TextLayerPage> {
  const [page] = await engine.readText(file, 1, 1);
  if (page === undefined) throw new Error('no page came back');
  return page;
}

const hello = { text: 'Hello harbour', x: 100, y: 300, size: 20 };

test('words have their text, type size, weight and a box in fractions of the page', async () => {
  const heading = { text: 'Heading', x: 100, y: 350, size: 30, bold: true };
  const page = await readPage(await save([{ width: 500, height: 400, lines: [heading, hello] }]));
  expect(page.words.map((word) => [word.text, word.fontSizePt, word.fontWeight])).toEqual([
    ['Heading', 30, 700],
    ['Hello', 20, 0],
    ['harbour', 20, 0],
  ]);
  expect(page).toMatchObject({
    widthPt: 500,
    heightPt: 400,
    characters: 19,
    unmappedCharacters: 0,
  });
  const word = page.words[1];
  // Helvetica: capitals are 0.72 em high; "Hello" at 20 points is 45.6 wide.
  expect((word?.x ?? 0) * 500).toBeCloseTo(101.5, 0);
  expect((word?.y ?? 0) * 400).toBeCloseTo(400 - 300 - 14.4, 0);
  expect((word?.width ?? 0) * 500).toBeCloseTo(44, -0.5);
  expect((word?.height ?? 0) * 400).toBeCloseTo(14.6, 0);
  expect(word?.confidence).toBe(1);
});

test.for([0, 90, 180, 270] as const)(
  'on a page turned by %i the boxes are turned with it',
  async (rotation) => {
    const upright = await readPage(await save([{ width: 500, height: 400, lines: [hello] }]));
    const file = await save([{ width: 500, height: 400, rotation, lines: [hello] }]);
    const turned = await readPage(file);
    const isSideways = rotation % 180 !== 0;
    expect([turned.widthPt, turned.heightPt]).toEqual(isSideways ? [400, 500] : [500, 400]);
    expect(turned.rotation).toBe(rotation);
    const { x, y, width, height } = upright.words[0] ?? { x: 0, y: 0, width: 0, height: 0 };
    const expected = {
      0: { x, y, width, height },
      90: { x: 1 - y - height, y: x, width: height, height: width },
      180: { x: 1 - x - width, y: 1 - y - height, width, height },
      270: { x: y, y: 1 - x - width, width: height, height: width },
    }[rotation];
    const word = turned.words[0];
    expect(word?.text).toBe('Hello');
    expect(word?.x).toBeCloseTo(expected.x, 4);
    expect(word?.y).toBeCloseTo(expected.y, 4);
    expect(word?.width).toBeCloseTo(expected.width, 4);
    expect(word?.height).toBeCloseTo(expected.height, 4);
  },
);

test('boxes are where the raster has its ink, on a turned page with a shifted crop box', async () => {
  const cropBox = { x: 60, y: 40, width: 400, height: 320 };
  const lines = [{ text: 'MMM', x: 100, y: 300, size: 40 }];
  const file = await save([{ width: 600, height: 500, rotation: 90, cropBox, lines }]);
  const page = await readPage(file);
  expect([page.widthPt, page.heightPt]).toEqual([320, 400]);
  const image = await engine.renderGray(file, 1, 72);
  expect([image.width, image.height]).toEqual([320, 400]);
  const word = page.words[0] ?? { x: 0, y: 0, width: 0, height: 0 };
  let inside = 0;
  let all = 0;
  image.pixels.forEach((value, index) => {
    if (value > 200) return;
    all += 1;
    const x = ((index % 320) + 0.5) / 320;
    const y = (Math.floor(index / 320) + 0.5) / 400;
    const slack = 1 / 320;
    const isInside =
      x > word.x - slack &&
      x < word.x + word.width + slack &&
      y > word.y - slack &&
      y < word.y + word.height + slack;
    if (isInside) inside += 1;
  });
  expect(all).toBeGreaterThan(300);
  expect(inside).toBe(all);
});

test('text beyond the crop box is cut to the page', async () => {
  const cropBox = { x: 0, y: 0, width: 120, height: 400 };
  const page = await readPage(await save([{ width: 500, height: 400, cropBox, lines: [hello] }]));
  for (const { x, y, width, height } of page.words) {
    expect(Math.min(x, y, width, height)).toBeGreaterThanOrEqual(0);
    expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1);
  }
});

test('the type size counts the scale of the text and of the page', async () => {
  const page = await readPage(
    saveRaw('2 0 0 2 0 0 cm BT /F1 9 Tf 1 0 0 1 50 50 Tm (scaled) Tj ET'),
  );
  expect(page.words[0]).toMatchObject({ text: 'scaled', fontSizePt: 18 });
});

test('a word that is broken at a line end stays two words, the first with its hyphen', async () => {
  const content = 'BT /F1 12 Tf 50 700 Td (A docu-) Tj 0 -14 Td (ment here) Tj ET';
  const page = await readPage(saveRaw(content));
  expect(page.words.map((word) => word.text)).toEqual(['A', 'docu-', 'ment', 'here']);
  expect(page.words.every((word) => word.width < 0.2)).toBe(true);
});

test('characters without a meaning are counted and never break the text', async () => {
  const content = 'BT /F1 12 Tf 50 700 Td (A\\000B \\001\\002 C) Tj ET';
  const page = await readPage(saveRaw(content));
  for (const word of page.words) {
    expect(word.text).toMatch(/^\S+$/);
    expect(word.text).not.toMatch(/\p{Cc}/u);
    expect(word.text.isWellFormed()).toBe(true);
  }
  expect(page.words.map((word) => word.text).join('')).toContain('C');
});

test('a page under an image is covered, a drawn one is not', async () => {
  const bytes = await drawBlock(50, 50, { left: 9, top: 9, width: 9, height: 9 }).png().toBuffer();
  const file = await save([
    { width: 400, height: 400, image: { bytes, x: 0, y: 0, width: 400, height: 400 } },
    { width: 400, height: 400, image: { bytes, x: 0, y: 0, width: 200, height: 200 } },
    { width: 400, height: 400, block: { x: 0, y: 0, width: 400, height: 400 } },
  ]);
  const pages = await engine.readText(file, 1, 3);
  expect(pages.map((page) => page.imageCoverage)).toEqual([1, 0.25, 0]);
});

test('file facts are told as the file states them', async () => {
  const { metadata } = await engine.inspect(
    await save([{ width: 99, height: 99 }], { title: 'Größe' }),
  );
  expect(metadata).toMatchObject({ title: 'Größe', pdfVersion: '1.7' });
});

test('a file with a password says so', async () => {
  const file = await save([{ width: 200, height: 200, lines: [hello] }], { password: 'secret' });
  for (const call of [engine.inspect(file), engine.readText(file, 1, 1)]) {
    await expect(call).rejects.toMatchObject({ code: 'file.password_protected' });
  }
});

test('a page with a monstrous side is read but not drawn, a poster is drawn smaller', async () => {
  const monster = saveRaw('BT /F1 12 Tf 50 700 Td (tiny) Tj ET', { mediaBox: '0 0 200000 200000' });
  expect((await readPage(monster)).words[0]?.text).toBe('tiny');
  await expect(engine.renderGray(monster, 1, 200)).rejects.toMatchObject({
    code: 'file.page_too_large',
  });
  const poster = saveRaw('BT /F1 900 Tf 50 700 Td (big) Tj ET', { mediaBox: '0 0 7200 14400' });
  const image = await engine.renderGray(poster, 1, 200);
  expect(image.width * image.height).toBeLessThanOrEqual(defaultEngineLimits.maxPixels);
  expect(image.dpi).toBeLessThan(60);
});

test('a decompression bomb costs its own page only, even in a small process', async () => {
  const limits = { ...defaultEngineLimits, memoryMb: 300 };
  const small = createPdfiumEngine({ limits, logger: silentLogger });
  const bomb = deflateSync(Buffer.alloc(200_000_000, ' '), { level: 1 });
  const good = { width: 400, height: 400, lines: [hello] };
  const file = await save([good, { width: 99, height: 99, deflatedContent: bomb }, good]);
  const pages = await small.readText(file, 1, 3);
  expect(pages.map((page) => [page.number, page.words.length])).toEqual([
    [1, 2],
    [2, 0],
    [3, 2],
  ]);
  expect(pages[1]?.unreadable).toContain('memory');
  await expect(small.renderGray(file, 2, 50)).rejects.toMatchObject({
    code: 'engine.memory_exceeded',
  });
  expect((await small.renderGray(file, 3, 50)).pixels.length).toBeGreaterThan(0);
  await small.close();
});

test('a page without end is stopped by the clock', async () => {
  const limits = { ...defaultEngineLimits, timeoutMs: 1_000 };
  const hasty = createPdfiumEngine({ limits, logger: silentLogger });
  const flood = deflateSync(Buffer.from('0 0 m 600 700 l S '.repeat(1_500_000)), { level: 9 });
  const file = folder.save(
    'flood.pdf',
    makeRawPdf(flood, { filter: 'FlateDecode' }),
    'application/pdf',
  );
  await expect(hasty.renderGray(file, 1, 100)).rejects.toMatchObject({ code: 'engine.timeout' });
  await hasty.close();
});

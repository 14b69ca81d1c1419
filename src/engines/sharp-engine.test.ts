import { afterAll, expect, test } from 'vitest';
import sharp, { type Sharp } from 'sharp';
import { silentLogger } from '#kernel/logger.ts';
import type { MediaType } from '#kernel/media-type.ts';
import { describePageEngine } from '#test/conformance/page-engine-suite.ts';
import { drawBlock, makePdf, makeTemporaryFolder } from '#test/support/make-files.ts';
import { defaultEngineLimits } from './engine-limits.ts';
import type { GrayImage } from './page-engine.ts';
import { makeBmp } from '#test/support/make-bmp.ts';
import { createSharpEngine } from './sharp-engine.ts';
import type { SourceFile } from './source-file.ts';

const folder = makeTemporaryFolder();
const engine = createSharpEngine({ logger: silentLogger });
afterAll(async () => {
  await engine.close();
  folder.remove();
});

describePageEngine('sharp', {
  open: (options) => createSharpEngine({ ...options, logger: silentLogger }),
  async makeSamples(samples) {
    const pages = await Promise.all(
      [1, 2, 3].map((number) => {
        const block = { left: 300 * (number - 1) + 60, top: 80, width: 240, height: 200 };
        return drawBlock(1_200, 800, block).png().toBuffer();
      }),
    );
    const tiff = await sharp(pages, { join: { animated: true } })
      .withDensity(144)
      .tiff({ compression: 'lzw' })
      .toBuffer();
    const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
    const jpeg = await sharp({
      create: { width: 600, height: 600, channels: 3, background: '#fff', noise },
    })
      .jpeg()
      .toBuffer();
    const pdf = await makePdf([{ width: 100, height: 100 }]);
    return {
      threePages: samples.save('three.tiff', tiff, 'image/tiff'),
      truncated: samples.save('cut.jpg', jpeg.subarray(0, jpeg.length / 2), 'image/jpeg'),
      wrongType: samples.save('page.pdf', pdf, 'application/pdf'),
    };
  },
});

const block = { left: 10, top: 20, width: 30, height: 40 };

async function save(
  name: string,
  bytes: Promise<Buffer>,
  mediaType: MediaType = 'image/png',
): Promise<SourceFile> {
  return folder.save(name, await bytes, mediaType);
}

function at({ pixels, width }: GrayImage, x: number, y: number): number {
  return pixels[y * width + x] ?? -1;
}

test('the orientation that a camera notes is applied to rasters, sizes and pictures', async () => {
  const turned = drawBlock(200, 100, block).withMetadata({ orientation: 6 }).jpeg();
  const file = await save('turned.jpg', turned.toBuffer(), 'image/jpeg');
  const image = await engine.renderGray(file, 1, 0);
  expect([image.width, image.height]).toEqual([100, 200]);
  // A quarter turn clockwise: (25, 40) of 200 x 100 goes to (100 - 40, 25).
  expect(at(image, 60, 25)).toBeLessThan(20);
  expect(at(image, 25, 40)).toBeGreaterThan(235);
  const [page] = await engine.readText(file, 1, 1);
  expect((page?.heightPt ?? 0) / (page?.widthPt ?? 1)).toBe(2);
  expect(await engine.renderPicture(file, 1, { widthPx: 50 })).toMatchObject({
    width: 50,
    height: 100,
  });
});

test('transparent parts are white paper', async () => {
  const clear = { width: 60, height: 60, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } };
  const picture = sharp({ create: { ...clear, channels: 4 } }).png();
  const image = await engine.renderGray(await save('clear.png', picture.toBuffer()), 1, 0);
  expect(image.pixels.every((value) => value === 255)).toBe(true);
});

test('sixteen bits, one bit, gray and CMYK all become eight-bit gray', async () => {
  const half = { width: 50, height: 50, channels: 3, background: '#808080' } as const;
  const gray = (): Sharp => sharp({ create: half });
  const files = [
    await save('deep.png', gray().toColourspace('rgb16').png().toBuffer()),
    await save('deep-gray.png', gray().toColourspace('grey16').png().toBuffer()),
    await save('plain.png', gray().toColourspace('b-w').png().toBuffer()),
    await save('print.jpg', gray().toColourspace('cmyk').jpeg().toBuffer(), 'image/jpeg'),
    await save('modern.webp', gray().webp().toBuffer(), 'image/webp'),
  ];
  for (const file of files) {
    const image = await engine.renderGray(file, 1, 0);
    expect(image.pixels.length, file.path).toBe(50 * 50);
    expect(Math.abs(at(image, 25, 25) - 128), file.path).toBeLessThan(20);
  }
  const bilevel = drawBlock(100, 100, block).toColourspace('b-w').tiff({ bitdepth: 1 });
  const image = await engine.renderGray(
    await save('fax.tiff', bilevel.toBuffer(), 'image/tiff'),
    1,
    0,
  );
  expect([at(image, 25, 40), at(image, 80, 80)]).toEqual([0, 255]);
});

async function dpiOf(name: string, bytes: Promise<Buffer>): Promise<number> {
  return (await engine.renderGray(await save(name, bytes), 1, 0)).dpi;
}

const scan = (): Sharp => drawBlock(1_654, 2_339, block);

test('the resolution is what the file states, and 0 when it says nothing or nonsense', async () => {
  expect(await dpiOf('scan.png', scan().withDensity(200).png().toBuffer())).toBe(200);
  expect(await dpiOf('silent.png', scan().png().toBuffer())).toBe(0);
  expect(await dpiOf('screen.png', scan().withDensity(72).png().toBuffer())).toBe(0);
});

test('an image with too many pixels is refused, at once and by its header', async () => {
  const small = createSharpEngine({
    logger: silentLogger,
    limits: { ...defaultEngineLimits, maxPixels: 1_000 },
  });
  const file = await save('large.png', drawBlock(200, 200, block).png().toBuffer());
  await expect(small.renderGray(file, 1, 0)).rejects.toMatchObject({
    code: 'file.too_many_pixels',
  });
  await expect(small.inspect(file)).rejects.toMatchObject({ code: 'file.too_many_pixels' });
  await small.close();
});

test('a picture is never wider than its source', async () => {
  const file = await save('narrow.png', drawBlock(200, 100, block).png().toBuffer());
  expect(await engine.renderPicture(file, 1, { widthPx: 1_000 })).toMatchObject({
    width: 200,
    height: 100,
  });
});

test('a square is the middle of the picture, upright, without what a camera wrote beside it', async () => {
  const create = { width: 40, height: 20, channels: 4, background: '#ff0000' } as const;
  const middle = { ...create, width: 20, background: '#00ff00' };
  const camera = sharp({ create })
    .composite([{ input: { create: middle }, left: 10, top: 0 }])
    .withExif({ IFD0: { Copyright: 'nobody must see this' } })
    .withMetadata({ orientation: 6 });
  const file = await save('phone.png', camera.png().toBuffer());
  const square = await engine.renderSquare?.(file, 1, 256);
  expect(square).toMatchObject({ mediaType: 'image/webp', width: 256, height: 256 });
  const { exif, orientation } = await sharp(square?.bytes).metadata();
  expect([exif, orientation]).toEqual([undefined, undefined]);
  const { dominant } = await sharp(square?.bytes).stats();
  expect(dominant.g).toBeGreaterThan(240);
  expect(dominant.r).toBeLessThan(16);
});

test('formats that nobody asked for are not decoded, whatever the file claims to be', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>');
  const file = folder.save('a.png', svg, 'image/png');
  await expect(engine.inspect(file)).rejects.toMatchObject({ code: 'file.damaged' });
});

test('of a moving GIF the first frame is the page', async () => {
  const frames = ['#fff', '#000'].map((background) =>
    sharp({ create: { width: 60, height: 40, channels: 3, background } })
      .png()
      .toBuffer(),
  );
  const moving = sharp(await Promise.all(frames), { join: { animated: true } });
  const file = await save('moving.gif', moving.gif().toBuffer());
  expect(await engine.inspect(file)).toMatchObject({ pageCount: 1 });
  const { width, height, pixels } = await engine.renderGray(file, 1, 100);
  expect([width, height, pixels[0]]).toEqual([60, 40, 255]);
});

test('a Windows bitmap is a page with its colours and its resolution', async () => {
  const bytes = makeBmp({ width: 3, height: 2, bits: 24, dpi: 300 });
  const file = folder.save('a.bmp', bytes, 'image/bmp');
  expect(await engine.inspect(file)).toMatchObject({
    pageCount: 1,
    metadata: { format: 'bmp', width: '3', height: '2' },
  });
  const { pixels, dpi } = (await engine.renderColour?.(file, 1, 100)) ?? {};
  expect(dpi).toBe(0);
  expect(Array.from(pixels?.subarray(0, 9) ?? [])).toEqual([255, 0, 0, 0, 255, 0, 0, 0, 255]);
  expect(await engine.renderPicture(file, 1, { widthPx: 100 })).toMatchObject({
    width: 3,
    height: 2,
  });
});

test('bitmaps that state too much, or end too early, are refused', async () => {
  const whole = makeBmp({ width: 30, height: 20, bits: 24 });
  const cut = folder.save('cut.bmp', whole.subarray(0, 300), 'image/bmp');
  await expect(engine.inspect(cut)).rejects.toMatchObject({ code: 'file.damaged' });
  const huge = Buffer.from(whole);
  huge.writeInt32LE(100_000, 18);
  huge.writeInt32LE(100_000, 22);
  const bomb = folder.save('bomb.bmp', huge, 'image/bmp');
  await expect(engine.inspect(bomb)).rejects.toMatchObject({ code: 'file.too_many_pixels' });
});

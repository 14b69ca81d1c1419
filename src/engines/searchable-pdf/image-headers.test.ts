import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { FileWindow } from '../pdfium/file-window.ts';
import { readJpegHeader } from './jpeg-header.ts';
import { isLossyTiff, isLossyWebp } from './lossy-source.ts';
import { readPngHeader } from './png-header.ts';

const folder = mkdtempSync(join(tmpdir(), 'docmill-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const picture = () => sharp({ create: { width: 40, height: 20, channels: 3, background: '#0a0' } });

test('the header of a JPEG file tells size, channels and how it is coded', async () => {
  const baseline = await picture().jpeg().toBuffer();
  expect(readJpegHeader(baseline)).toEqual({
    width: 40,
    height: 20,
    channels: 3,
    bits: 8,
    isCommon: true,
    isAdobe: false,
    withoutProfile: [{ from: 0, to: baseline.length }],
  });
  const progressive = await picture().toColourspace('b-w').jpeg({ progressive: true }).toBuffer();
  expect(readJpegHeader(progressive)).toMatchObject({ channels: 1, isCommon: true });
  const inks = await picture().toColourspace('cmyk').jpeg().toBuffer();
  expect(readJpegHeader(inks)).toMatchObject({ channels: 4, isAdobe: true });
});

test('the colour profile of a JPEG file can be left out, and nothing else', async () => {
  const file = await picture().withIccProfile('p3').jpeg().toBuffer();
  const ranges = readJpegHeader(file)?.withoutProfile ?? [];
  const bare = Buffer.concat(ranges.map(({ from, to }) => file.subarray(from, to)));
  const facts = await sharp(bare).metadata();
  expect(facts.hasProfile).toBe(false);
  expect(bare.length).toBeGreaterThan(file.length - 1_000);
  expect(await sharp(bare).raw().toBuffer()).toEqual(
    await sharp(file, {}).withIccProfile('p3').raw().toBuffer(),
  );
});

test('the header of a PNG file tells its kind and where its data is', async () => {
  const plain = await picture().png().toBuffer();
  expect(readPngHeader(plain)).toMatchObject({
    width: 40,
    height: 20,
    bits: 8,
    colourType: 2,
    isInterlaced: false,
    hasTransparency: false,
  });
  const striped = await picture().png({ progressive: true, palette: true }).toBuffer();
  expect(readPngHeader(striped)).toMatchObject({ colourType: 3, isInterlaced: true });
  expect(readPngHeader(striped)?.palette?.length).toBeGreaterThanOrEqual(3);
});

test('damaged and foreign files have no header', async () => {
  const jpeg = await picture().jpeg().toBuffer();
  const png = await picture().png().toBuffer();
  expect(readJpegHeader(png)).toBeUndefined();
  expect(readPngHeader(jpeg)).toBeUndefined();
  for (const file of [jpeg, png]) {
    fc.assert(
      fc.property(
        fc.nat(file.length),
        fc.nat(file.length - 1),
        fc.nat(255),
        (length, at, value) => {
          const broken = Buffer.from(file);
          broken[at] = value;
          readJpegHeader(broken.subarray(0, length));
          readPngHeader(broken.subarray(0, length));
          isLossyWebp(broken.subarray(0, length));
        },
      ),
    );
  }
});

test('loss is told from the coding of WebP and TIFF files', async () => {
  expect(isLossyWebp(await picture().webp({ quality: 80 }).toBuffer())).toBe(true);
  expect(isLossyWebp(await picture().webp({ lossless: true }).toBuffer())).toBe(false);
  const withAlpha = picture().ensureAlpha(0.5).withIccProfile('srgb');
  expect(isLossyWebp(await withAlpha.clone().webp({ quality: 80 }).toBuffer())).toBe(true);
  expect(isLossyWebp(await withAlpha.clone().webp({ lossless: true }).toBuffer())).toBe(false);

  const isLossy = async (compression: 'jpeg' | 'deflate' | 'lzw', page: number) => {
    const path = join(folder, `${compression}.tif`);
    writeFileSync(path, await picture().tiff({ compression, bigtiff: false }).toBuffer());
    const file = new FileWindow(path);
    const found = isLossyTiff(file, page);
    file.close();
    return found;
  };
  expect(await isLossy('jpeg', 1)).toBe(true);
  expect(await isLossy('jpeg', 2)).toBe(false);
  expect(await isLossy('deflate', 1)).toBe(false);
  expect(await isLossy('lzw', 1)).toBe(false);
});

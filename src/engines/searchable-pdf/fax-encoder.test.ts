import * as fc from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { encodeFax } from './fax-encoder.ts';

/** Wraps fax data as a TIFF file of one strip (TIFF 6.0), so that libtiff decodes it. */
function wrapAsTiff(data: Uint8Array, width: number, height: number): Buffer {
  const entries: [tag: number, type: 3 | 4, value: number][] = [
    [256, 4, width],
    [257, 4, height],
    [258, 3, 1],
    [259, 3, 4],
    [262, 3, 0],
    [273, 4, 0],
    [277, 3, 1],
    [278, 4, height],
    [279, 4, data.length],
  ];
  const directory = Buffer.alloc(2 + entries.length * 12 + 4);
  directory.writeUInt16LE(entries.length, 0);
  const dataAt = 8 + directory.length;
  for (const [index, [tag, type, value]] of entries.entries()) {
    const at = 2 + index * 12;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(1, at + 4);
    directory.writeUInt32LE(tag === 273 ? dataAt : value, at + 8);
  }
  const head = Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  return Buffer.concat([head, directory, data]);
}

async function decodeFax(data: Uint8Array, width: number, height: number): Promise<Buffer> {
  const image = sharp(wrapAsTiff(data, width, height))
    .toColourspace('b-w')
    .extractChannel(0);
  return image.raw().toBuffer();
}

async function expectRoundTrip(pixels: Buffer, width: number, height: number): Promise<void> {
  const decoded = await decodeFax(encodeFax(pixels, width, height), width, height);
  expect(decoded.equals(pixels)).toBe(true);
}

test('what was coded comes back, for any pattern', async () => {
  const pattern = fc.integer({ min: 1, max: 70 }).chain((width) =>
    fc.record({
      width: fc.constant(width),
      rows: fc.array(fc.array(fc.constantFrom(0, 255), { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 12,
      }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(pattern, ({ width, rows }) =>
      expectRoundTrip(Buffer.from(rows.flat()), width, rows.length),
    ),
    { numRuns: 300 },
  );
});

test('runs of every length have a code in both colours', async () => {
  const width = 6_000;
  const lengths = [...Array.from({ length: 2_700 }, (_, length) => length), 5_119, 5_120, 5_185];
  // Under a white row each run stands alone, since no change above is near.
  for (const isBlack of [true, false]) {
    const height = lengths.length * 2;
    const pixels = Buffer.alloc(width * height, 255);
    for (const [index, length] of lengths.entries()) {
      const start = index * 2 * width;
      if (isBlack) pixels.fill(0, start + 500, start + 500 + length);
      else pixels.fill(0, start + length, start + length + 500);
    }
    await expectRoundTrip(pixels, width, height);
  }
}, 60_000);

test('a blank page takes hardly any bytes', () => {
  expect(encodeFax(Buffer.alloc(2_480 * 3_508, 255), 2_480, 3_508).length).toBeLessThan(500);
});

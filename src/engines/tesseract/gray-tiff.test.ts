import sharp from 'sharp';
import { expect, test } from 'vitest';
import { tiffHeader } from './gray-tiff.ts';

const pixels = Uint8Array.from([0, 128, 255, 1, 2, 3]);
const image = { width: 3, height: 2, pixels };

test.for([200, 299.6])('another reader finds size, pixels and %d dpi', async (dpi) => {
  const file = Buffer.concat([tiffHeader({ ...image, dpi }), pixels]);
  const facts = await sharp(file).metadata();
  expect(facts).toMatchObject({ format: 'tiff', width: 3, height: 2, channels: 1 });
  expect(facts.density).toBe(Math.round(dpi));
  const raw = await sharp(file).toColourspace('b-w').raw().toBuffer();
  expect([...raw]).toEqual([...pixels]);
});

test('an unknown resolution is not stated', async () => {
  const file = Buffer.concat([tiffHeader({ ...image, dpi: 0 }), pixels]);
  // What sharp takes a file without a resolution for.
  expect((await sharp(file).metadata()).density ?? 72).toBe(72);
  expect([...(await sharp(file).toColourspace('b-w').raw().toBuffer())]).toEqual([...pixels]);
});

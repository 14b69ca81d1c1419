import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeBmp } from '#test/support/make-bmp.ts';
import { decodeBmp, readBmpHeader } from './bmp-decoder.ts';
import { unpackRuns } from './bmp-runs.ts';

const ofEight = { width: 6, height: 2, bits: 8, rowBytes: 8 } as const;

test('runs, single pixels, jumps and ends of lines of eight bits', () => {
  // Three sevens; four as they are, padded; the line ends. A jump over two; a run that reaches out of the row; the end.
  const coded = [3, 7, 0, 3, 1, 2, 3, 0, 0, 0, 0, 2, 2, 0, 9, 5, 0, 1];
  expect([...unpackRuns(Uint8Array.from(coded), ofEight)]).toEqual([
    7, 7, 7, 1, 2, 3, 0, 0, 0, 0, 5, 5, 5, 5, 0, 0,
  ]);
});

test('runs of four bits take turns between two indexes', () => {
  // The example of BI_RLE4 in [MS-WMF]: 5 pixels of 0x12, then five as they are.
  const coded = [5, 0x12, 0, 5, 0x34, 0x56, 0x70, 0, 0, 0];
  const wish = { width: 10, height: 1, bits: 4, rowBytes: 8 } as const;
  expect(unpackRuns(Uint8Array.from(coded), wish).toString('hex')).toBe('1212134567000000');
});

test('runs that end too early are a damaged file', () => {
  expect(() => unpackRuns(Uint8Array.from([3, 7]), ofEight)).toThrow('its end is missing');
});

test.for([4, 8] as const)('a coded bitmap of %d bits looks like the plain one', (bits) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 9 }),
      (width, height) => {
        const plain = makeBmp({ width, height, bits });
        const coded = codeRuns(plain, { width, height, bits });
        const pixels = [plain, coded].map((file) => decodeBmp(file, readBmpHeader(file, 1_000)));
        expect(pixels[1]).toEqual(pixels[0]);
      },
    ),
  );
});

/** The same bitmap with every pixel as a run of its own. */
function codeRuns(
  plain: Buffer,
  { width, height, bits }: { width: number; height: number; bits: 4 | 8 },
): Buffer {
  const { offset } = readBmpHeader(plain, 1_000);
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const runs: number[] = [];
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const byte = plain[offset + row * rowBytes + ((column * bits) >> 3)] ?? 0;
      runs.push(1, bits === 8 || column % 2 === 0 ? byte : byte << 4);
    }
    runs.push(0, 0);
  }
  const file = Buffer.concat([plain.subarray(0, offset), Buffer.from([...runs, 0, 1])]);
  file.writeUInt32LE(bits === 8 ? 1 : 2, 30);
  return file;
}

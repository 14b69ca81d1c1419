import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { bmpColour, makeBmp } from '#test/support/make-bmp.ts';
import { decodeBmp, readBmpHeader } from './bmp-decoder.ts';

test('every depth gives the colours that were drawn, from the top or from the bottom', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(1, 4, 8, 16, 24, 32),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      (bits, width, height, topDown) => {
        const file = makeBmp({ width, height, bits, topDown, dpi: 200 });
        const header = readBmpHeader(file, 1_000);
        expect(header).toMatchObject({ width, height, bits, dpi: 200 });
        const pixels = decodeBmp(file, header);
        for (let row = 0; row < height; row += 1) {
          for (let column = 0; column < width; column += 1) {
            const at = (row * width + column) * 3;
            expect([...pixels.subarray(at, at + 3)]).toEqual([...bmpColour(column, row, bits)]);
          }
        }
      },
    ),
  );
});

test('any bytes are decoded or refused, and never more than allowed', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.integer({ min: 0, max: 53 }),
      fc.integer({ min: 0, max: 255 }),
      (noise, at, value) => {
        const file = Buffer.concat([makeBmp({ width: 9, height: 4, bits: 8 }), noise]);
        file[at] = value;
        try {
          const header = readBmpHeader(file, 500);
          expect(decodeBmp(file, header).length).toBeLessThanOrEqual(1_500);
        } catch (error) {
          expect(isAppError(error) && error.code.startsWith('file.')).toBe(true);
        }
      },
    ),
  );
});

test('bitmaps that hold a JPEG are refused with what to do', () => {
  const file = makeBmp({ width: 4, height: 4, bits: 8 });
  file.writeUInt32LE(4, 30);
  expect(() => readBmpHeader(file, 100)).toThrow('save it as PNG');
});

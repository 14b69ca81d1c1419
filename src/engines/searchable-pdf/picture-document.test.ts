import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import type { MediaType } from '#kernel/media-type.ts';
import { checkSyntax, missingReaders } from '#test/support/pdf-read-back.ts';
import {
  expectReadBack,
  makeScan,
  openWorkshop,
  textPage,
  workshopPage,
} from '#test/support/searchable-workshop.ts';

const workshop = openWorkshop();
afterAll(() => workshop.close());

/** A JPEG file with an EXIF segment that says nothing but how the camera was held. */
function turnedJpeg(plain: Buffer, orientation: number): Buffer {
  const tiff = Buffer.from(
    'MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0',
    'latin1',
  );
  tiff.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([plain.subarray(0, 2), head, body, plain.subarray(2)]);
}

describe.skipIf(missingReaders !== undefined)(
  `read by poppler and qpdf (${missingReaders ?? 'both are here'})`,
  () => {
    // Gray in any number of channels: programs do not agree on how bright a colour is.
    const photo = (channels: 1 | 3 = 3) => {
      const noise = Buffer.from(
        Array.from(
          { length: 480 * 640 * channels },
          (_, at) => (Math.floor(at / channels) * 7919) % 251,
        ),
      );
      return sharp(noise, { raw: { width: 480, height: 640, channels } })
        .blur(9)
        .composite([
          {
            input: { create: { width: 90, height: 200, channels: 3, background: '#111' } },
            left: 20,
            top: 30,
          },
        ])
        .toColourspace(channels === 1 ? 'b-w' : 'srgb');
    };
    const drawing = async () => sharp(await makeScan());
    const faxTiff = async () => {
      const plain = (await drawing()).threshold(128).toColourspace('b-w').extractChannel(0);
      const { data } = await plain.raw().toBuffer({ resolveWithObject: true });
      return sharp(data, { raw: { width: 480, height: 640, channels: 1 } })
        .toColourspace('b-w')
        .tiff({ compression: 'ccittfax4', bitdepth: 1 })
        .toBuffer();
    };

    const kinds: [name: string, type: MediaType, tolerance: number, make: () => Promise<Buffer>][] =
      [
        ['PNG in colour', 'image/png', 2, async () => photo().png().toBuffer()],
        ['PNG in gray', 'image/png', 2, async () => photo(1).png().toBuffer()],
        [
          'PNG with a palette',
          'image/png',
          2,
          async () => (await drawing()).png({ palette: true }).toBuffer(),
        ],
        [
          'PNG of 2 bits',
          'image/png',
          2,
          async () => (await drawing()).png({ palette: true, colours: 4 }).toBuffer(),
        ],
        [
          'interlaced PNG',
          'image/png',
          2,
          async () => (await drawing()).png({ progressive: true }).toBuffer(),
        ],
        [
          'PNG of 16 bits',
          'image/png',
          2,
          async () => photo().toColourspace('rgb16').png().toBuffer(),
        ],
        [
          'PNG with alpha',
          'image/png',
          2,
          async () => (await drawing()).ensureAlpha(0.5).png().toBuffer(),
        ],
        [
          'PNG with a profile',
          'image/png',
          40,
          async () => (await drawing()).withIccProfile('p3').png().toBuffer(),
        ],
        ['JPEG in colour', 'image/jpeg', 4, async () => photo().jpeg().toBuffer()],
        ['JPEG in gray', 'image/jpeg', 2, async () => photo(1).jpeg().toBuffer()],
        [
          'progressive JPEG',
          'image/jpeg',
          4,
          async () => photo().jpeg({ progressive: true }).toBuffer(),
        ],
        [
          'JPEG in inks',
          'image/jpeg',
          60,
          async () => photo().toColourspace('cmyk').jpeg().toBuffer(),
        ],
        [
          'JPEG with a profile',
          'image/jpeg',
          40,
          async () => photo().withIccProfile('p3').jpeg().toBuffer(),
        ],
        ['WebP with loss', 'image/webp', 40, async () => photo().webp().toBuffer()],
        [
          'WebP without loss',
          'image/webp',
          2,
          async () => photo().webp({ lossless: true }).toBuffer(),
        ],
        [
          'TIFF with LZW',
          'image/tiff',
          2,
          async () => photo().tiff({ compression: 'lzw' }).toBuffer(),
        ],
        [
          'TIFF with JPEG',
          'image/tiff',
          30,
          async () => photo().tiff({ compression: 'jpeg' }).toBuffer(),
        ],
        ['TIFF as fax', 'image/tiff', 2, async () => faxTiff()],
      ];

    test.each(kinds)(
      'a %s keeps its look and hardly grows',
      async (name, type, tolerance, make) => {
        const bytes = await make();
        const file = workshop.folder.save(name.replaceAll(' ', '-'), bytes, type);
        const page = textPage(1, [['a', 'few', 'words']]);
        const made = await workshop.compose(file, [page]);
        await expectReadBack(made.path, [page]);
        expect(await checkSyntax(made.path)).toBe('');
        await workshop.expectSameLook({ engine: workshop.images, file }, made.file, { tolerance });
        // Font, page and structure take their bytes whatever the size of the picture is.
        expect(made.bytes.length).toBeLessThan(bytes.length * 1.5 + 4_000);
      },
    );

    test.each([1, 2, 3, 4, 5, 6, 7, 8])(
      'a photo with orientation %d stands upright, its bytes as they were',
      async (orientation) => {
        const bytes = turnedJpeg(await photo().jpeg().toBuffer(), orientation);
        const file = workshop.folder.save(`orientation-${orientation}.jpg`, bytes, 'image/jpeg');
        const size = orientation < 5 ? workshopPage : { widthPt: 640, heightPt: 480 };
        const page = textPage(1, [['upright', 'words']], size);
        const made = await workshop.compose(file, [page]);
        expect(made.bytes.includes(bytes)).toBe(true);
        await expectReadBack(made.path, [page]);
        await workshop.expectSameLook({ engine: workshop.images, file }, made.file, {
          tolerance: 40,
        });
      },
    );

    test('every page of a TIFF file becomes a page', async () => {
      const pages = await Promise.all([photo().png().toBuffer(), makeScan()]);
      const bytes = await sharp(pages, { join: { animated: true } })
        .tiff({ compression: 'deflate' })
        .toBuffer();
      const file = workshop.folder.save('pages.tif', bytes, 'image/tiff');
      expect((await workshop.images.inspect(file)).pageCount).toBe(2);
      const words = [textPage(1, [['first']]), textPage(2, [['second']])];
      const made = await workshop.compose(file, words);
      await expectReadBack(made.path, words);
      for (const number of [1, 2]) {
        await workshop.expectSameLook({ engine: workshop.images, file }, made.file, {
          page: number,
          tolerance: 2,
        });
      }
    });
  },
);

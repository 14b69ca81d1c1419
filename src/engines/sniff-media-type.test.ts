import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawBlock, makePdf } from '#test/support/make-files.ts';
import { sniffMediaType } from './sniff-media-type.ts';

const block = { left: 1, top: 1, width: 5, height: 5 };
const picture = () => drawBlock(40, 40, block);

test('the types that are read are told by their content', async () => {
  const samples = {
    'application/pdf': await makePdf([{ width: 100, height: 100 }]),
    'image/png': await picture().png().toBuffer(),
    'image/jpeg': await picture().jpeg().toBuffer(),
    'image/tiff': await picture().tiff().toBuffer(),
    'image/webp': await picture().webp().toBuffer(),
  };
  for (const [mediaType, bytes] of Object.entries(samples)) {
    expect(await sniffMediaType(bytes.subarray(0, 4_096))).toEqual({ mediaType });
  }
});

test.for([
  ['a line of text', 'junk of a mail gateway\r\n', true],
  ['a byte order mark', '\uFEFF', true],
  ['1,024 bytes', 'x'.repeat(1_024), true],
  ['1,025 bytes', 'x'.repeat(1_025), false],
] as const)('a PDF behind %s is one: %s', async ([, junk, isPdf]) => {
  const found = await sniffMediaType(Buffer.from(`${junk}%PDF-1.7\n`));
  expect('mediaType' in found).toBe(isPdf);
});

test.for([
  ['', 'an empty file'],
  ['Dear Sir or Madam', 'plain text'],
  ['Größe: 5 €', 'plain text'],
  [' {"a": 1}', 'JSON'],
  ['[1, 2]', 'JSON'],
  ['<!doctype html><html></html>', 'an HTML page'],
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'an SVG image'],
  ['\u0000\u0001\u0002 nothing known', 'an unknown binary file'],
  ['GIF89a\u0001\u0000\u0001\u0000', 'image/gif (gif)'],
] as const)('%j is refused as %s', async ([text, refused]) => {
  expect(await sniffMediaType(Buffer.from(text))).toEqual({ refused });
});

test('an archive that mentions a PDF stays an archive', async () => {
  const zip = Buffer.concat([
    Buffer.from('PK\u0003\u0004'),
    Buffer.alloc(60),
    Buffer.from('%PDF-1.4'),
  ]);
  expect(await sniffMediaType(zip)).toHaveProperty('refused');
});

test('any bytes get an answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const found = await sniffMediaType(bytes);
      expect('mediaType' in found || found.refused.length > 0).toBe(true);
    }),
  );
});

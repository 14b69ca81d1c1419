import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawBlock, makePdf } from '#test/support/make-files.ts';
import { makeZip } from '#test/support/make-zip.ts';
import { refusalSentence, sniffMediaType } from './sniff-media-type.ts';

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
  expect(found).toEqual({ mediaType: isPdf ? 'application/pdf' : 'text/plain' });
});

test.for([
  ['Dear Sir or Madam', '', 'text/plain'],
  ['Größe: 5 €', 'a.pdf', 'text/plain'],
  ['BMW is a maker of cars', '', 'text/plain'],
  ['[1] Smith, J.: On mills.', '', 'text/plain'],
  ['# Title', 'README.md', 'text/markdown'],
  ['a;b\n1;2', 'Table.CSV', 'text/csv'],
  ['a\tb', 'x.tsv', 'text/csv'],
  ['a < b', 'x.html', 'text/plain'],
  ['', 'x.txt', undefined],
  ['<!doctype html><html></html>', 'x.pdf', 'text/html'],
  ['<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html/>', '', 'text/html'],
  ['<p>A piece', '', 'text/html'],
  ['Text <b>with</b> tags', 'x.htm', 'text/html'],
] as const)('%j named %j is %s', async ([text, name, mediaType]) => {
  const found = await sniffMediaType(Buffer.from(text), name);
  expect(found).toEqual(mediaType === undefined ? { refused: 'an empty file' } : { mediaType });
});

test.for([
  ['UTF-16', Buffer.from('\ufeffGröße', 'utf16le')],
  ['Windows-1252', Buffer.from('Stra\u00dfe f\u00fcr \u00c4pfel', 'latin1')],
  ['UTF-8 that is cut inside a character', Buffer.from('Größe'.repeat(9)).subarray(0, 30)],
] as const)('%s is text', async ([, bytes]) => {
  expect(await sniffMediaType(bytes, 'a.txt')).toEqual({ mediaType: 'text/plain' });
});

test.for([
  ['', 'an empty file'],
  [' {"a": 1}', 'JSON'],
  ['[1, 2]', 'JSON'],
  [`{"a": "${'x'.repeat(5_000)}`, 'JSON'],
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'an SVG image'],
  ['<?xml version="1.0"?><note/>', 'XML'],
  ['\u0000\u0001\u0002 nothing known', 'an unknown binary file'],
  ['fLaC\u0000\u0000\u0000\u0000', 'audio/flac (flac)'],
] as const)('%j is refused as %s', async ([text, refused]) => {
  expect(await sniffMediaType(Buffer.from(text))).toEqual({ refused });
});

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const part = (name: string, text = 'x') => ({ name, bytes: Buffer.from(text) });
const contentTypes = (main: string) =>
  part('[Content_Types].xml', `<Types><Override ContentType="${main}+xml"/></Types>`);
const compound = (stream: string) =>
  Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(600),
    Buffer.from(stream, 'utf16le'),
  ]);

test('a Word document is known by the parts at its start, or by its name', async () => {
  for (const first of [part('word/document.xml'), part('[Content_Types].xml')]) {
    const found = await sniffMediaType(makeZip([part('_rels/.rels'), first]), 'a.docx');
    expect(found).toEqual({ mediaType: docx });
  }
});

test.for([
  ['.docm', makeZip([part('word/document.xml')]), 'a.docm', /macros/],
  [
    'macros by content',
    makeZip([
      contentTypes('application/vnd.ms-word.document.macroEnabled.main'),
      part('word/document.xml'),
    ]),
    'a.docx',
    /macros/,
  ],
  [
    'a workbook',
    makeZip([part('[Content_Types].xml'), part('xl/workbook.xml')]),
    '',
    /Excel workbook.*CSV/,
  ],
  ['slides', makeZip([part('ppt/presentation.xml')]), '', /PowerPoint/],
  [
    'an OpenDocument text',
    makeZip([part('mimetype', 'application/vnd.oasis.opendocument.text')]),
    'a.odt',
    /OpenDocument.*docx/,
  ],
  ['an old Word file', compound('WordDocument'), 'a.bin', /old Word file \(\.doc\).*Save it as/],
  ['an old workbook', compound(''), 'a.xls', /old Excel/],
  ['an encrypted document', compound('EncryptedPackage'), 'a.docx', /password.*Remove/],
  ['an encrypted document by name', compound(''), 'a.docx', /password/],
  ['a photo of a telephone', Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic'), '', /HEIC.*JPEG/],
  ['RTF', Buffer.from('{\\rtf1\\ansi x}'), 'a.doc', /RTF.*docx/],
] as const)('%s is refused with what to do', async ([, bytes, name, sentence]) => {
  const found = await sniffMediaType(bytes, name);
  if (!('refused' in found)) throw new Error('it was accepted');
  const text = refusalSentence(`"${name}"`, found);
  expect(text).toMatch(sentence);
  expect(text).toMatch(/Docmill reads PDF, .*, Word \(DOCX\), .* and HTML\.$/);
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
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.string(), async (bytes, name) => {
      const found = await sniffMediaType(bytes, name);
      expect('mediaType' in found || found.refused.length > 0).toBe(true);
    }),
  );
});

test('a GIF and a Windows bitmap are known by their first bytes', async () => {
  expect(await sniffMediaType(Buffer.from('GIF89a\u0001\0'))).toEqual({ mediaType: 'image/gif' });
  const bitmap = Buffer.alloc(60);
  bitmap.write('BM');
  expect(await sniffMediaType(bitmap)).toEqual({ mediaType: 'image/bmp' });
});

import type { CharacterCodes } from './character-codes.ts';
import { pdfStream } from './pdf-syntax.ts';

/** Every character is so wide, in em. */
export const glyphWidthEm = 0.5;
const unitsPerEm = 1_000;
const advance = glyphWidthEm * unitsPerEm;
const baseFont = 'DocmillInvisible';

/** Objects that `fontObjects` makes. */
export const fontObjectCount = 6;

/**
 * A font whose only glyph draws nothing and that knows all of Unicode: six objects numbered from `first`, the
 * first of which is the font. The descent is next to nothing so that base line and lower edge of a word
 * fall together: some readers measure a word from the base line, others from the descent.
 */
export function fontObjects(first: number, codes: CharacterCodes): Buffer[] {
  const [, descendant, descriptor, program, toUnicode, glyphOfCode] = Array.from(
    { length: fontObjectCount },
    (_, index) => `${first + index} 0 R`,
  );
  const fontProgram = glyphlessTrueType();
  return [
    Buffer.from(
      `<</Type/Font/Subtype/Type0/BaseFont/${baseFont}/Encoding/Identity-H` +
        `/DescendantFonts[${descendant}]/ToUnicode ${toUnicode}>>`,
    ),
    Buffer.from(
      `<</Type/Font/Subtype/CIDFontType2/BaseFont/${baseFont}/DW ${advance}` +
        `/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>` +
        `/FontDescriptor ${descriptor}/CIDToGIDMap ${glyphOfCode}>>`,
    ),
    Buffer.from(
      `<</Type/FontDescriptor/FontName/${baseFont}/Flags 5/FontBBox[0 0 ${advance} ${unitsPerEm}]` +
        `/ItalicAngle 0/Ascent ${unitsPerEm}/Descent -1/CapHeight ${unitsPerEm}/StemV 80` +
        `/FontFile2 ${program}>>`,
    ),
    pdfStream(`/Length1 ${fontProgram.length}`, fontProgram),
    pdfStream('', Buffer.from(toUnicodeMap(codes))),
    // Code to glyph: every code is glyph 0, two bytes each.
    pdfStream('', Buffer.alloc(2 * 0x1_0000)),
  ];
}

/** A section of a character map may have this many entries (Adobe Technical Note 5014). */
const entriesPerSection = 100;

/**
 * What readers turn codes into text by: each code is itself but for those that stand for something else.
 * Only what the document uses is in it, row by row, since a range may not cross into another first byte.
 */
function toUnicodeMap({ rows, beyondPlane }: CharacterCodes): string {
  const ranges = rows.map((row) => {
    const start = hex(row << 8);
    return `<${start}><${hex((row << 8) | 0xff)}><${start}>`;
  });
  const singles = [...beyondPlane].map(([code, text]) => `<${hex(code)}><${utf16(text)}>`);
  return [
    '/CIDInit/ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def',
    '/CMapName/Adobe-Identity-UCS def/CMapType 2 def',
    '1 begincodespacerange<0000><FFFF>endcodespacerange',
    ...inSections(ranges, 'bfrange'),
    ...inSections(singles, 'bfchar'),
    'endcmap CMapName currentdict/CMap defineresource pop end end',
  ].join('\n');
}

function inSections(entries: readonly string[], name: string): string[] {
  const sections = [];
  for (let at = 0; at < entries.length; at += entriesPerSection) {
    const part = entries.slice(at, at + entriesPerSection);
    sections.push(`${part.length} begin${name}\n${part.join('\n')}\nend${name}`);
  }
  return sections;
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}

function utf16(text: string): string {
  return Array.from({ length: text.length }, (_, index) => hex(text.charCodeAt(index))).join('');
}

/**
 * A line from corner to corner of its box, there and back: it has no area and so draws nothing, but it has
 * extent. Readers that measure words by their glyphs find nothing at all where glyphs are empty.
 */
function areaLessGlyph(): Buffer {
  const [lastPoint, instructions] = [1, 0];
  const onCurve = 0x01;
  const sameX = 0x10;
  const sameY = 0x20;
  return Buffer.concat([
    words(1, 0, 0, advance, unitsPerEm, lastPoint, instructions),
    Buffer.from([onCurve | sameX | sameY, onCurve]),
    words(advance, unitsPerEm),
  ]);
}

/** A TrueType file with that one glyph, for readers that insist on a font program. */
function glyphlessTrueType(): Buffer {
  const glyph = areaLessGlyph();
  const tables: [tag: string, bytes: Buffer][] = [
    ['cmap', Buffer.concat([words(0, 1, 1, 0), longs(12), words(6, 10, 0, 0, 0)])],
    ['glyf', glyph],
    [
      'head',
      Buffer.concat([
        longs(0x1_0000, 0x1_0000, 0, 0x5f0f_3cf5),
        words(0, unitsPerEm),
        longs(0, 0, 0, 0),
        words(0, 0, advance, unitsPerEm, 0, 8, 2, 0, 0),
      ]),
    ],
    [
      'hhea',
      Buffer.concat([longs(0x1_0000), words(unitsPerEm, -1, 0, advance), words(...hheaRest)]),
    ],
    ['hmtx', words(advance, 0)],
    // Offsets are halved in the short form.
    ['loca', words(0, glyph.length / 2)],
    ['maxp', Buffer.concat([longs(0x1_0000), words(1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)])],
    ['post', Buffer.concat([longs(0x3_0000, 0), words(0, 0), longs(1, 0, 0, 0, 0)])],
  ];
  return assembleTrueType(tables);
}

/** Extents, slopes and reserved fields, then the number of metrics. */
const hheaRest = [0, 0, advance, 1, 0, 0, 0, 0, 0, 0, 0, 1];

function assembleTrueType(tables: readonly (readonly [string, Buffer])[]): Buffer {
  const directory: Buffer[] = [];
  const bodies: Buffer[] = [];
  let offset = 12 + 16 * tables.length;
  for (const [tag, bytes] of tables) {
    const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
    directory.push(Buffer.from(tag), longs(checksum(padded), offset, bytes.length));
    bodies.push(padded);
    offset += padded.length;
  }
  // Search range, entry selector and range shift follow from the eight tables.
  const header = Buffer.concat([longs(0x1_0000), words(tables.length, 128, 3, 0)]);
  return Buffer.concat([header, ...directory, ...bodies]);
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value & 0xffff, index * 2));
  return bytes;
}

function longs(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4));
  return bytes;
}

import type { GrayImage } from '../page-engine.ts';

const short = 3;
const long = 4;
const rational = 5;
const sizes = { header: 8, count: 2, entry: 12, next: 4, rational: 8 } as const;

/**
 * What stands before the pixels of a gray image in an uncompressed TIFF file of one strip (TIFF 6.0, little endian).
 * Leptonica reads such a file in one piece, and a portable graymap byte by byte, which costs a twentieth of the
 * recognition of a page. The resolution is left out when it is 0.
 */
export function tiffHeader({ width, height, dpi, pixels }: GrayImage): Uint8Array {
  const perInch = Math.round(dpi);
  const entries = perInch > 0 ? 12 : 9;
  const directoryEnd = sizes.header + sizes.count + entries * sizes.entry + sizes.next;
  const pixelsAt = directoryEnd + (perInch > 0 ? 2 * sizes.rational : 0);
  const file = Buffer.alloc(pixelsAt);
  file.write('II*\0', 'latin1');
  file.writeUInt32LE(sizes.header, 4);
  file.writeUInt16LE(entries, sizes.header);
  const tags: [tag: number, type: number, value: number][] = [
    [256, long, width],
    [257, long, height],
    // Eight bits a sample, not compressed, 0 is black.
    [258, short, 8],
    [259, short, 1],
    [262, short, 1],
    [273, long, pixelsAt],
    [277, short, 1],
    [278, long, height],
    [279, long, pixels.length],
  ];
  if (perInch > 0) {
    tags.push([282, rational, directoryEnd], [283, rational, directoryEnd + sizes.rational]);
    tags.push([296, short, 2]);
    for (const at of [directoryEnd, directoryEnd + sizes.rational]) {
      file.writeUInt32LE(perInch, at);
      file.writeUInt32LE(1, at + 4);
    }
  }
  tags.forEach(([tag, type, value], index) => {
    const at = sizes.header + sizes.count + index * sizes.entry;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(1, at + 4);
    file.writeUInt32LE(value, at + 8);
  });
  return file;
}

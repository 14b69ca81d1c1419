import type { FileRange } from './page-picture.ts';

/** What a PDF has to know of a PNG file to take its coded samples over as they are. */
export interface PngHeader {
  width: number;
  height: number;
  bits: number;
  /** 0 gray, 2 colour, 3 palette, 4 gray with alpha, 6 colour with alpha. */
  colourType: number;
  isInterlaced: boolean;
  hasTransparency: boolean;
  palette: Buffer | undefined;
  /** The bodies of its data chunks, which together are one zlib stream. */
  data: FileRange[];
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const headerBytes = 13;

/** Reads the chunks of a PNG file; undefined when it is not put together as one. */
export function readPngHeader(file: Buffer): PngHeader | undefined {
  if (!file.subarray(0, 8).equals(signature)) return undefined;
  let header: PngHeader | undefined;
  for (let at = 8; at + 12 <= file.length;) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    const from = at + 8;
    const to = from + length;
    if (to + 4 > file.length) return undefined;
    if (kind === 'IHDR') header = readHeader(file.subarray(from, to));
    if (header === undefined || kind === 'IEND') break;
    if (kind === 'PLTE') header.palette = file.subarray(from, to);
    if (kind === 'tRNS') header.hasTransparency = true;
    if (kind === 'IDAT' && length > 0) header.data.push({ from, to });
    at = to + 4;
  }
  return header !== undefined && header.data.length > 0 ? header : undefined;
}

function readHeader(body: Buffer): PngHeader | undefined {
  if (body.length < headerBytes) return undefined;
  return {
    width: body.readUInt32BE(0),
    height: body.readUInt32BE(4),
    bits: body.readUInt8(8),
    colourType: body.readUInt8(9),
    isInterlaced: body.readUInt8(12) !== 0,
    hasTransparency: false,
    palette: undefined,
    data: [],
  };
}

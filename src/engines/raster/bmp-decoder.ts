import { AppError } from '#kernel/app-error.ts';
import { damaged } from '../sandbox/engine-failures.ts';
import { unpackRuns } from './bmp-runs.ts';

export interface BmpHeader {
  width: number;
  height: number;
  /** Per pixel: 1, 4, 8, 16, 24 or 32. */
  bits: number;
  /** Pixels per inch; 0 when the file does not say. */
  dpi: number;
  isTopDown: boolean;
  /** Rows of four or eight bits as runs, see unpackRuns. */
  isRunCoded: boolean;
  /** Where the rows begin. */
  offset: number;
  /** Blue, green, red and an unused byte for each index. */
  palette: Buffer;
  masks: ColourMasks;
}

type ColourMasks = readonly [red: number, green: number, blue: number];

const fileHeaderBytes = 14;
const oldHeaderBytes = 12;
const inchesPerMetre = 0.0254;
const masksOf16: ColourMasks = [0x7c00, 0x03e0, 0x001f];
const masksOf32: ColourMasks = [0xff0000, 0x00ff00, 0x0000ff];

/** True when the bytes may be a Windows bitmap. */
export function looksLikeBmp(head: Buffer): boolean {
  return head.toString('latin1', 0, 2) === 'BM';
}

/**
 * The header of a Windows bitmap as [MS-WMF] and the documentation of BITMAPINFOHEADER describe it. Throws
 * `file.damaged`, or `file.too_many_pixels` above `maxPixels`.
 */
export function readBmpHeader(file: Buffer, maxPixels: number): BmpHeader {
  const size = fieldOf(file, 14);
  const isOld = size === oldHeaderBytes;
  if (!isOld && size < 40) throw damaged('its header is of an unknown kind');
  if (file.length < fileHeaderBytes + size) throw damaged('its header is cut');
  const width = isOld ? file.readUInt16LE(18) : file.readInt32LE(18);
  const tall = isOld ? file.readInt16LE(20) : file.readInt32LE(22);
  const bits = file.readUInt16LE(isOld ? 24 : 28);
  const compression = isOld ? 0 : fieldOf(file, 30);
  const height = Math.abs(tall);
  if (width < 1 || height < 1) throw damaged('it has no size');
  if (width * height > maxPixels) {
    throw new AppError('file.too_many_pixels', 'The image holds more pixels than can be read.');
  }
  if (![1, 4, 8, 16, 24, 32].includes(bits)) throw damaged(`it has ${bits} bits a pixel`);
  const hasMasks = compression === 3 || compression === 6;
  const isRunCoded = (compression === 1 && bits === 8) || (compression === 2 && bits === 4);
  if (compression !== 0 && !isRunCoded && !(hasMasks && (bits === 16 || bits === 32))) {
    throw damaged('it is compressed in a way that is not read; save it as PNG');
  }
  const header = { width, height, bits, isTopDown: tall < 0, offset: fieldOf(file, 10) };
  if (!isRunCoded && file.length < header.offset + rowBytesOf(header) * height)
    throw damaged('its end is missing');
  return {
    ...header,
    isRunCoded,
    dpi: isOld ? 0 : Math.round(Math.max(0, file.readInt32LE(38)) * inchesPerMetre),
    palette: readPalette(file, size, header),
    masks: readMasks(file, hasMasks, bits),
  };
}

/**
 * The pixels as red, green and blue, from the top, without padding. Transparency is not looked at. Throws `file.damaged`
 * for runs that end too early.
 */
export function decodeBmp(file: Buffer, header: BmpHeader): Buffer {
  const { width, height, isTopDown } = header;
  const pixels = Buffer.alloc(width * height * 3);
  const rowBytes = rowBytesOf(header);
  const write = pixelWriter(rowsOf(file, header), header, pixels);
  for (let row = 0; row < height; row += 1) {
    const from = (isTopDown ? row : height - 1 - row) * rowBytes;
    for (let column = 0; column < width; column += 1) {
      write(from, column, (row * width + column) * 3);
    }
  }
  return pixels;
}

function rowsOf(file: Buffer, header: BmpHeader): Buffer {
  const { width, height, bits, isRunCoded, offset } = header;
  const stored = file.subarray(offset);
  if (!isRunCoded) return stored;
  return unpackRuns(stored, {
    width,
    height,
    bits: bits === 4 ? 4 : 8,
    rowBytes: rowBytesOf(header),
  });
}

type PixelWriter = (row: number, column: number, target: number) => void;

function pixelWriter(rows: Buffer, header: BmpHeader, pixels: Buffer): PixelWriter {
  const { bits, palette, masks } = header;
  const put = (target: number, red: number, green: number, blue: number): void => {
    pixels[target] = red;
    pixels[target + 1] = green;
    pixels[target + 2] = blue;
  };
  if (bits <= 8) {
    const perByte = 8 / bits;
    const mask = (1 << bits) - 1;
    return (row, column, target) => {
      const byte = rows[row + Math.floor(column / perByte)] ?? 0;
      const index = (byte >> (8 - bits * ((column % perByte) + 1))) & mask;
      const at = index * 4;
      put(target, palette[at + 2] ?? 0, palette[at + 1] ?? 0, palette[at] ?? 0);
    };
  }
  if (bits === 24) {
    return (row, column, target) => {
      const at = row + column * 3;
      put(target, rows[at + 2] ?? 0, rows[at + 1] ?? 0, rows[at] ?? 0);
    };
  }
  const [red, green, blue] = masks.map(channelOf);
  return (row, column, target) => {
    const value =
      bits === 16 ? rows.readUInt16LE(row + column * 2) : rows.readUInt32LE(row + column * 4);
    put(target, red?.(value) ?? 0, green?.(value) ?? 0, blue?.(value) ?? 0);
  };
}

/** Cuts a channel out of a pixel and stretches it to 0..255. */
function channelOf(mask: number): (value: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (value) => Math.round((((value & mask) >>> shift) * 255) / most);
}

function rowBytesOf({ width, bits }: Pick<BmpHeader, 'width' | 'bits'>): number {
  return Math.ceil((width * bits) / 32) * 4;
}

function readPalette(
  file: Buffer,
  headerBytes: number,
  { bits, offset }: Pick<BmpHeader, 'bits' | 'offset'>,
): Buffer {
  if (bits > 8) return Buffer.alloc(0);
  const isOld = headerBytes === oldHeaderBytes;
  const stated = isOld ? 0 : fieldOf(file, 46);
  const count = Math.min(stated === 0 ? 1 << bits : stated, 256);
  const from = fileHeaderBytes + headerBytes;
  const bytes = file.subarray(from, Math.min(offset, from + count * (isOld ? 3 : 4)));
  if (!isOld) return bytes;
  const wide = Buffer.alloc(count * 4);
  for (let index = 0; index < count; index += 1) {
    bytes.copy(wide, index * 4, index * 3, index * 3 + 3);
  }
  return wide;
}

function readMasks(file: Buffer, hasMasks: boolean, bits: number): ColourMasks {
  if (!hasMasks) return bits === 16 ? masksOf16 : masksOf32;
  return [fieldOf(file, 54), fieldOf(file, 58), fieldOf(file, 62)];
}

function fieldOf(file: Buffer, at: number): number {
  if (file.length < at + 4) throw damaged('its header is cut');
  return file.readUInt32LE(at);
}

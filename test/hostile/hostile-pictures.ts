import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { HostileInput } from './hostile-input.ts';

function pngChunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A gray one-bit PNG; `rows` of them are there, whatever the header says. */
function png(width: number, height: number, rows: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const data = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * rows), { level: 1 });
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A TIFF of one strip whose header states any size (TIFF 6.0, section 2); `next` may lead back to itself. */
function tiff(width: number, height: number, next = 0): Buffer {
  const tags: [number, number, number][] = [
    [256, 4, width],
    [257, 4, height],
    [258, 3, 1],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 200],
    [277, 3, 1],
    [278, 4, height],
    [279, 4, 16],
  ];
  const bytes = Buffer.alloc(240);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  bytes.writeUInt16LE(tags.length, 8);
  tags.forEach(([tag, type, value], index) => {
    const at = 10 + index * 12;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(1, at + 4);
    if (type === 3) bytes.writeUInt16LE(value, at + 8);
    else bytes.writeUInt32LE(value, at + 8);
  });
  bytes.writeUInt32LE(next, 10 + tags.length * 12);
  return bytes;
}

/** A header that states any size, and one coded pixel (GIF89a, sections 18 to 22). */
function gif(width: number, height: number): Buffer {
  const screen = Buffer.alloc(7);
  screen.writeUInt16LE(width, 0);
  screen.writeUInt16LE(height, 2);
  screen[4] = 0x80;
  const frame = Buffer.concat([
    Buffer.from([0x2c, 0, 0, 0, 0]),
    screen.subarray(0, 4),
    Buffer.from([0]),
  ]);
  const colours = Buffer.from([0, 0, 0, 255, 255, 255]);
  return Buffer.concat([
    Buffer.from('GIF89a'),
    screen,
    colours,
    frame,
    Buffer.from([2, 2, 0x44, 1, 0, 0x3b]),
  ]);
}

/** The header of a lossless WebP of the largest size (RFC 9649, section 3). */
function webp(): Buffer {
  const data = Buffer.alloc(64, 0xa5);
  data[0] = 0x2f;
  data.writeUInt32LE(0x0fff_ffff, 1);
  const head = Buffer.alloc(20);
  head.write('RIFF');
  head.writeUInt32LE(12 + data.length, 4);
  head.write('WEBPVP8L', 8);
  head.writeUInt32LE(data.length, 16);
  return Buffer.concat([head, data]);
}

const small = (): Promise<Buffer> =>
  sharp({ create: { width: 200, height: 100, channels: 3, background: '#fff' } })
    .jpeg()
    .toBuffer();

const failed = { expected: ['failed'] } as const;
const anyEnd = { expected: ['read', 'warned', 'failed'] } as const;

/** Pictures that are larger than they look, or less than they say. */
export const hostilePictures: HostileInput[] = [
  {
    ...failed,
    code: 'file.too_many_pixels',
    name: 'a PNG of 2,500 megapixels',
    fileName: 'bomb.png',
    make: () => png(50_000, 50_000, 1),
  },
  {
    ...anyEnd,
    name: 'a PNG of 225 megapixels, all there',
    fileName: 'large.png',
    make: () => png(15_000, 15_000, 15_000),
  },
  {
    ...failed,
    name: 'a PNG whose rows are missing',
    fileName: 'short.png',
    make: () => png(3_000, 3_000, 10),
  },
  {
    ...failed,
    name: 'a TIFF of 10,000 megapixels',
    fileName: 'bomb.tiff',
    make: () => tiff(100_000, 100_000),
  },
  {
    ...anyEnd,
    name: 'a TIFF whose pages go round',
    fileName: 'round.tif',
    make: () => tiff(100, 100, 8),
  },
  { ...failed, name: 'a WebP of the largest size without data', fileName: 'bomb.webp', make: webp },
  {
    expected: ['failed', 'refused', 'read', 'warned'],
    name: 'a GIF of 4,295 megapixels',
    fileName: 'bomb.gif',
    make: () => gif(65_535, 65_535),
  },
  {
    ...failed,
    name: 'a JPEG that is cut in its head',
    fileName: 'cut.jpg',
    make: async () => (await small()).subarray(0, 120),
  },
  {
    ...anyEnd,
    name: 'a JPEG with a megabyte of noise behind it',
    fileName: 'tail.jpg',
    make: async () => Buffer.concat([await small(), Buffer.alloc(2 ** 20, 0xa5)]),
  },
];

export interface BmpWish {
  width: number;
  height: number;
  bits: 1 | 4 | 8 | 16 | 24 | 32;
  dpi?: number;
  /** Rows from the top; most files have them from the bottom. */
  topDown?: boolean;
}

/** Red, green, blue, white and so on. */
const colours = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
] as const;

/** The colour of a pixel of every made bitmap; of two colours where there is a single bit. */
export function bmpColour(column: number, row: number, bits: number): readonly number[] {
  const count = bits === 1 ? 2 : colours.length;
  return colours[(column + row) % count] ?? [];
}

/** A Windows bitmap of slanted stripes, with a palette up to eight bits. */
export function makeBmp({ width, height, bits, dpi = 0, topDown = false }: BmpWish): Buffer {
  const palette = bits <= 8 ? Buffer.alloc((1 << bits) * 4) : Buffer.alloc(0);
  colours.forEach(([red, green, blue], index) => {
    if (bits <= 8 && index < 1 << bits) Buffer.from([blue, green, red, 0]).copy(palette, index * 4);
  });
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const pixels = Buffer.alloc(rowBytes * height);
  for (let row = 0; row < height; row += 1) {
    const from = (topDown ? row : height - 1 - row) * rowBytes;
    for (let column = 0; column < width; column += 1) {
      const [red = 0, green = 0, blue = 0] = bmpColour(column, row, bits);
      if (bits <= 8) {
        const at = from + Math.floor((column * bits) / 8);
        const index = (column + row) % (bits === 1 ? 2 : colours.length);
        pixels[at] = (pixels[at] ?? 0) | (index << (8 - bits - ((column * bits) % 8)));
      } else if (bits === 16) {
        const value = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
        pixels.writeUInt16LE(value, from + column * 2);
      } else {
        Buffer.from([blue, green, red]).copy(pixels, from + (column * bits) / 8);
      }
    }
  }
  const head = Buffer.alloc(54);
  head.write('BM');
  head.writeUInt32LE(54 + palette.length + pixels.length, 2);
  head.writeUInt32LE(54 + palette.length, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(topDown ? -height : height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  head.writeInt32LE(Math.round(dpi / 0.0254), 38);
  return Buffer.concat([head, palette, pixels]);
}

import type { ColourImage, GrayImage } from '#engines/page-engine.ts';

/** A page picture as one plane (gray) or three (red, green, blue) of one byte per pixel. */
export interface PixelPlanes {
  width: number;
  height: number;
  planes: readonly Uint8Array[];
  /** Pixels per inch of the page; never 0. */
  dpi: number;
}

/** Channels that differ by more than this somewhere make a picture coloured. */
const colourDifference = 6;
/** Rules are as wide as a hair: more pixels than this per inch tell nothing more about them. */
const finestDpi = 230;

/** `widthPt` is the width of the page, from which the true resolution follows. */
export function planesOfGray(image: GrayImage, widthPt: number): PixelPlanes {
  const { width, height, pixels } = image;
  return shrunk({ width, height, planes: [pixels], dpi: (width / widthPt) * 72 });
}

/**
 * Three planes, or one when the picture holds no colour. A picture of more than `finestDpi` pixels an inch is made
 * smaller, and so is any to `coarseDpi` where that is given.
 */
export function planesOfColour(
  image: ColourImage,
  widthPt: number,
  coarseDpi = finestDpi / 2,
): PixelPlanes {
  const dpi = (image.width / widthPt) * 72;
  const isFine = dpi > finestDpi || coarseDpi < finestDpi / 2;
  const factor = isFine ? Math.max(1, Math.floor(dpi / coarseDpi)) : 1;
  const width = Math.floor(image.width / factor);
  const height = Math.floor(image.height / factor);
  const channels = [0, 1, 2].map((channel) =>
    meanOfSquares(image.pixels, image.width, { width, height, factor, channel, channels: 3 }),
  );
  const [red, green, blue] = channels;
  const planes =
    red && green && blue && hasColour(red, green, blue) ? channels : channels.slice(1, 2);
  return { width, height, planes, dpi: dpi / factor };
}

function hasColour(red: Uint8Array, green: Uint8Array, blue: Uint8Array): boolean {
  for (let at = 0; at < green.length; at++) {
    const level = green[at] ?? 0;
    if (Math.abs((red[at] ?? 0) - level) > colourDifference) return true;
    if (Math.abs((blue[at] ?? 0) - level) > colourDifference) return true;
  }
  return false;
}

/** The same picture with less than `finestDpi` pixels an inch. */
function shrunk(picture: PixelPlanes): PixelPlanes {
  if (picture.dpi <= finestDpi) return picture;
  return shrinkPlanes(picture, Math.floor(picture.dpi / (finestDpi / 2)));
}

/** The picture with every pixel the mean of a square of `factor` by `factor` pixels. */
export function shrinkPlanes(picture: PixelPlanes, factor: number): PixelPlanes {
  if (factor < 2) return picture;
  const width = Math.floor(picture.width / factor);
  const height = Math.floor(picture.height / factor);
  const planes = picture.planes.map((plane) =>
    meanOfSquares(plane, picture.width, { width, height, factor, channel: 0, channels: 1 }),
  );
  return { width, height, planes, dpi: picture.dpi / factor };
}

interface Squares {
  /** Of the result. */
  width: number;
  height: number;
  /** Pixels along the side of a square. */
  factor: number;
  channel: number;
  /** Bytes from pixel to pixel. */
  channels: number;
}

function meanOfSquares(pixels: Uint8Array, stride: number, to: Squares): Uint8Array {
  const { width, height, factor, channel, channels } = to;
  const small = new Uint8Array(width * height);
  const sums = new Uint32Array(width);
  const area = factor * factor;
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let dy = 0; dy < factor; dy++) {
      let from = (y * factor + dy) * stride * channels + channel;
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let dx = 0; dx < factor; dx++, from += channels) sum += pixels[from] ?? 0;
        sums[x] = (sums[x] ?? 0) + sum;
      }
    }
    for (let x = 0; x < width; x++) small[y * width + x] = (sums[x] ?? 0) / area;
  }
  return small;
}

/** The picture turned clockwise around its centre; what comes in from outside is white. Bilinear. */
export function turnPlanes(picture: PixelPlanes, degrees: number): PixelPlanes {
  if (degrees === 0) return picture;
  const { width, height } = picture;
  return { ...picture, planes: picture.planes.map((plane) => turn(plane, width, height, degrees)) };
}

/** One plane turned clockwise around its centre, same size; see turnPlanes. */
export function turn(
  plane: Uint8Array,
  width: number,
  height: number,
  degrees: number,
): Uint8Array {
  const turned = new Uint8Array(width * height).fill(255);
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const midX = (width - 1) / 2;
  const midY = (height - 1) / 2;
  for (let y = 0; y < height; y++) {
    // The place in the source of the pixel (x, y), turned back.
    let fromX = midX - cos * midX + sin * (y - midY);
    let fromY = midY + sin * midX + cos * (y - midY);
    for (let x = 0; x < width; x++, fromX += cos, fromY -= sin) {
      if (fromX < 0 || fromY < 0 || fromX >= width - 1 || fromY >= height - 1) continue;
      const left = Math.floor(fromX);
      const top = Math.floor(fromY);
      const at = top * width + left;
      const right = fromX - left;
      const down = fromY - top;
      const above = (plane[at] ?? 0) * (1 - right) + (plane[at + 1] ?? 0) * right;
      const below = (plane[at + width] ?? 0) * (1 - right) + (plane[at + width + 1] ?? 0) * right;
      turned[y * width + x] = above * (1 - down) + below * down + 0.5;
    }
  }
  return turned;
}

/** Rows become columns, in blocks that stay in the cache. */
export function transpose(plane: Uint8Array, width: number, height: number): Uint8Array {
  const turned = new Uint8Array(plane.length);
  const block = 32;
  for (let top = 0; top < height; top += block) {
    const bottom = Math.min(height, top + block);
    for (let left = 0; left < width; left += block) {
      const right = Math.min(width, left + block);
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) turned[x * height + y] = plane[y * width + x] ?? 0;
      }
    }
  }
  return turned;
}

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
/**
 * Enough pixels an inch to see rules of 0.4 pt, and few enough that the mean of many pixels has little noise and
 * the blurred edges of a scan lie within a pixel or two.
 */
const coarseDpi = 90;

/** `widthPt` is the width of the page, from which the true resolution follows. Fine rasters are made smaller. */
export function planesOfGray(image: GrayImage, widthPt: number): PixelPlanes {
  return shrunk(image, widthPt, [0]);
}

/** Three planes, or one when the picture holds no colour. Fine rasters are made smaller. */
export function planesOfColour(image: ColourImage, widthPt: number): PixelPlanes {
  const picture = shrunk(image, widthPt, [0, 1, 2]);
  const [red, green, blue] = picture.planes;
  if (red === undefined || green === undefined || blue === undefined) return picture;
  return hasColour(red, green, blue) ? picture : { ...picture, planes: [green] };
}

/** A plane per channel, every pixel the mean of a square of those of the raster. */
function shrunk(image: GrayImage, widthPt: number, channels: readonly number[]): PixelPlanes {
  const dpi = (image.width / widthPt) * 72;
  const factor = Math.max(1, Math.floor(dpi / coarseDpi));
  const width = Math.floor(image.width / factor);
  const height = Math.floor(image.height / factor);
  const planes = channels.map((channel) =>
    meanOfSquares(image.pixels, image.width, {
      width,
      height,
      factor,
      channel,
      channels: channels.length,
    }),
  );
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

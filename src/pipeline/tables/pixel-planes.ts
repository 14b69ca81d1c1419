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

/** Three planes, or one when the picture holds no colour. */
export function planesOfColour(image: ColourImage, widthPt: number): PixelPlanes {
  const { width, height, pixels } = image;
  const size = width * height;
  const red = new Uint8Array(size);
  const green = new Uint8Array(size);
  const blue = new Uint8Array(size);
  let coloured = false;
  for (let at = 0, from = 0; at < size; at++, from += 3) {
    const r = pixels[from] ?? 0;
    const g = pixels[from + 1] ?? 0;
    const b = pixels[from + 2] ?? 0;
    red[at] = r;
    green[at] = g;
    blue[at] = b;
    if (r - g > colourDifference || g - r > colourDifference || g - b > colourDifference) {
      coloured = true;
    } else if (b - g > colourDifference) coloured = true;
  }
  const planes = coloured ? [red, green, blue] : [green];
  return shrunk({ width, height, planes, dpi: (width / widthPt) * 72 });
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
    meanOfSquares(plane, picture.width, { width, height, factor }),
  );
  return { width, height, planes, dpi: picture.dpi / factor };
}

function meanOfSquares(
  plane: Uint8Array,
  stride: number,
  to: { width: number; height: number; factor: number },
): Uint8Array {
  const { width, height, factor } = to;
  const small = new Uint8Array(width * height);
  const sums = new Uint32Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let dy = 0; dy < factor; dy++) {
      let from = (y * factor + dy) * stride;
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let dx = 0; dx < factor; dx++) sum += plane[from++] ?? 0;
        sums[x] = (sums[x] ?? 0) + sum;
      }
    }
    for (let x = 0; x < width; x++) small[y * width + x] = (sums[x] ?? 0) / (factor * factor);
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

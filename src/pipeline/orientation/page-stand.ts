import { clampBox, type Box } from '#kernel/word.ts';

/** Clockwise degrees. */
export type QuarterTurn = 0 | 90 | 180 | 270;

/** How a page as shown has to be turned to be read: clockwise by quarters, then by a few degrees. */
export interface PageStand {
  turn: QuarterTurn;
  degrees: number;
}

export const asItStands: PageStand = { turn: 0, degrees: 0 };

/** Bytes by rows from the top, `channels` to a pixel. */
export interface Raster {
  width: number;
  height: number;
  pixels: Uint8Array;
  dpi: number;
}

interface Size {
  width: number;
  height: number;
}

/** The raster as it is read. Turned by degrees it grows, so that no corner is lost; what comes in is white. */
export function turnRaster<Image extends Raster>(
  image: Image,
  { turn, degrees }: PageStand,
  channels: 1 | 3 = 1,
): Image {
  const quartered = turn === 0 ? image : turnByQuarters(image, turn, channels);
  return degrees === 0 ? quartered : turnByDegrees(quartered, degrees, channels);
}

/** Size of a page once it is turned, in the unit given. */
export function turnSize({ width, height }: Size, { turn, degrees }: PageStand): Size {
  const [w, h] = turn === 90 || turn === 270 ? [height, width] : [width, height];
  const cos = Math.abs(Math.cos((degrees * Math.PI) / 180));
  const sin = Math.abs(Math.sin((degrees * Math.PI) / 180));
  return { width: w * cos + h * sin, height: w * sin + h * cos };
}

/**
 * Where a box of the turned page lies on the page as shown, both in fractions. `shown` is the size of the page as
 * shown in any unit. Turned by degrees only the centre moves: for a crooked sheet a word keeps its size.
 */
export function boxAsShown(box: Box, stand: PageStand, shown: Size): Box {
  const straight = stand.degrees === 0 ? box : boxOfCrooked(box, stand, shown);
  const { x, y, width, height } = straight;
  if (stand.turn === 90) return clampBox({ x: y, y: 1 - x - width, width: height, height: width });
  if (stand.turn === 270)
    return clampBox({ x: 1 - y - height, y: x, width: height, height: width });
  if (stand.turn === 180) return clampBox({ x: 1 - x - width, y: 1 - y - height, width, height });
  return stand.degrees === 0 ? box : clampBox(straight);
}

function boxOfCrooked(box: Box, stand: PageStand, shown: Size): Box {
  const before = turnSize(shown, { turn: stand.turn, degrees: 0 });
  const after = turnSize(shown, stand);
  const cos = Math.cos((stand.degrees * Math.PI) / 180);
  const sin = Math.sin((stand.degrees * Math.PI) / 180);
  const dx = (box.x + box.width / 2 - 0.5) * after.width;
  const dy = (box.y + box.height / 2 - 0.5) * after.height;
  const width = (box.width * after.width) / before.width;
  const height = (box.height * after.height) / before.height;
  return {
    x: (cos * dx + sin * dy) / before.width + 0.5 - width / 2,
    y: (cos * dy - sin * dx) / before.height + 0.5 - height / 2,
    width,
    height,
  };
}

function turnByQuarters<Image extends Raster>(
  image: Image,
  turn: 90 | 180 | 270,
  channels: number,
): Image {
  const { width, height, pixels } = image;
  const turned = new Uint8Array(pixels.length);
  const isOnSide = turn !== 180;
  // Where the first pixel goes to, and the steps for one to the right and one down, in pixels.
  const [first, right, down] = {
    90: [height - 1, height, -1] as const,
    180: [width * height - 1, -1, -width] as const,
    270: [(width - 1) * height, -height, 1] as const,
  }[turn];
  // In blocks, so that both rasters stay in the cache.
  const block = 32;
  for (let top = 0; top < height; top += block) {
    const bottom = Math.min(height, top + block);
    for (let left = 0; left < width; left += block) {
      const end = Math.min(width, left + block);
      for (let y = top; y < bottom; y++) {
        let from = (y * width + left) * channels;
        let to = (first + left * right + y * down) * channels;
        for (let x = left; x < end; x++, from += channels, to += right * channels) {
          for (let c = 0; c < channels; c++) turned[to + c] = pixels[from + c] ?? 0;
        }
      }
    }
  }
  const size = isOnSide ? { width: height, height: width } : { width, height };
  return { ...image, ...size, pixels: turned };
}

function turnByDegrees<Image extends Raster>(
  image: Image,
  degrees: number,
  channels: number,
): Image {
  const grown = turnSize(image, { turn: 0, degrees });
  const width = Math.round(grown.width);
  const height = Math.round(grown.height);
  const turned = new Uint8Array(width * height * channels).fill(255);
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const midX = (image.width - 1) / 2;
  const midY = (image.height - 1) / 2;
  const rowBytes = image.width * channels;
  for (let y = 0; y < height; y++) {
    const dy = y - (height - 1) / 2;
    for (let x = 0; x < width; x++) {
      const dx = x - (width - 1) / 2;
      const fromX = midX + cos * dx + sin * dy;
      const fromY = midY - sin * dx + cos * dy;
      const left = Math.floor(fromX);
      const top = Math.floor(fromY);
      if (left < 0 || top < 0 || left >= image.width - 1 || top >= image.height - 1) continue;
      const at = top * rowBytes + left * channels;
      const place = (y * width + x) * channels;
      for (let c = 0; c < channels; c++) {
        turned[place + c] = blend(image.pixels, at + c, {
          toRight: channels,
          toBelow: rowBytes,
          right: fromX - left,
          down: fromY - top,
        });
      }
    }
  }
  return { ...image, width, height, pixels: turned };
}

function blend(
  pixels: Uint8Array,
  at: number,
  { toRight, toBelow, right, down }: Record<'toRight' | 'toBelow' | 'right' | 'down', number>,
): number {
  const below = at + toBelow;
  const upper = (pixels[at] ?? 0) * (1 - right) + (pixels[at + toRight] ?? 0) * right;
  const lower = (pixels[below] ?? 0) * (1 - right) + (pixels[below + toRight] ?? 0) * right;
  return upper * (1 - down) + lower * down + 0.5;
}

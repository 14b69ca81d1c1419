import type { GrayImage } from '#engines/page-engine.ts';
import { letterHeightPx, type InkMap } from '../ink.ts';
import { letterSpots } from './line-profile.ts';

/** Letters along the side of a strip: some lines of a few words each, whichever way they run. */
const lettersAlong = 36;
const leastPx = 240;
/** For pages whose letters are too few to be measured. */
const usualLetterPx = 16;

/** The part of a page where most letters stand: enough to tell by reading which way is up. */
export function cutStrip(image: GrayImage, map: InkMap): GrayImage {
  const wanted = Math.max(leastPx, lettersAlong * (letterHeightPx(map) ?? usualLetterPx));
  const width = Math.min(image.width, Math.round(wanted));
  const height = Math.min(image.height, Math.round(wanted));
  const { left, top } = densestPlace(image, map, { width, height });
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * image.width + left;
    pixels.set(image.pixels.subarray(from, from + width), y * width);
  }
  return { width, height, pixels, dpi: image.dpi };
}

/** Tries places half a strip apart. */
function densestPlace(
  image: GrayImage,
  map: InkMap,
  strip: { width: number; height: number },
): { left: number; top: number } {
  const letters = letterSpots(map).map((spot) => ({
    x: ((spot.left + spot.right) / 2) * map.cellPx,
    y: ((spot.top + spot.bottom) / 2) * map.cellPx,
  }));
  let best = { left: 0, top: 0, letters: -1 };
  for (const top of steps(image.height, strip.height)) {
    for (const left of steps(image.width, strip.width)) {
      const inside = letters.filter(
        ({ x, y }) => x >= left && x < left + strip.width && y >= top && y < top + strip.height,
      ).length;
      if (inside > best.letters) best = { left, top, letters: inside };
    }
  }
  return best;
}

function steps(whole: number, part: number): number[] {
  const count = Math.ceil((whole - part) / (part / 2));
  return Array.from({ length: count + 1 }, (_, step) =>
    Math.min(whole - part, Math.round((step * part) / 2)),
  );
}

import type { InkMap } from '../ink.ts';

/** How the lines of print on a page seem to run. */
export interface LineProfile {
  /** How many times sharper the rows of a page are than its columns: under 1 where lines run down the page. */
  rowsOverColumns: number;
  /** Degrees by which rows fall to the right, in whole degrees; 0 where lines run down the page. */
  slopeDegrees: number;
}

type Spot = InkMap['spots'][number];

/** Fewer spots the size of a letter tell no direction. */
const fewestLetters = 20;
/** Of more, every second, third … is asked. */
const mostLetters = 1_200;
/** Sheets lie no more crooked than this by accident. */
const mostDegrees = 15;

/**
 * Projects the edges of what looks like letters along many directions: where lines run, edges gather in rows
 * (Postl's method, on the spots of the page in place of its pixels). About a millisecond; undefined for too few letters.
 */
export function profileLines(map: InkMap): LineProfile | undefined {
  const letters = letterSpots(map);
  if (letters.length < fewestLetters) return undefined;
  const midX = letters.map(({ left, right }) => (left + right) / 2);
  const midY = letters.map(({ top, bottom }) => (top + bottom) / 2);
  const edges = (edge: (spot: Spot) => number): number[] => letters.map(edge);
  const rows = sharper(sharpestOf(midX, edges(lowest), map), sharpestOf(midX, edges(highest), map));
  const columns = sharper(
    sharpestOf(midY, edges(leftmost), map),
    sharpestOf(midY, edges(rightmost), map),
  );
  const rowsOverColumns =
    rows.sharpness / map.rows / Math.max(1e-9, columns.sharpness / map.columns);
  return { rowsOverColumns, slopeDegrees: rowsOverColumns >= 1 ? rows.degrees : 0 };
}

const lowest = (spot: Spot): number => spot.bottom;
const highest = (spot: Spot): number => spot.top;
const leftmost = (spot: Spot): number => spot.left;
const rightmost = (spot: Spot): number => spot.right;

/** Spots that may be letters, whichever way they stand; not more than are enough to tell a direction. */
export function letterSpots(map: InkMap): Spot[] {
  const least = Math.max(3, Math.max(map.rows, map.columns) / 400);
  const most = Math.min(map.rows, map.columns) / 12;
  const letters = map.spots.filter((spot) => {
    const height = spot.bottom - spot.top + 1;
    const width = spot.right - spot.left + 1;
    const long = Math.max(width, height);
    return long >= least && long <= most && Math.min(width, height) >= 0.2 * long;
  });
  const every = Math.ceil(letters.length / mostLetters);
  return letters.filter((_, index) => index % every === 0);
}

interface Sharpness {
  /** Sum of the squares of the letters in each row. */
  sharpness: number;
  degrees: number;
}

function sharpestOf(
  along: readonly number[],
  across: readonly number[],
  { rows, columns }: InkMap,
): Sharpness {
  const reach = Math.ceil(Math.max(rows, columns) * 1.3);
  let best: Sharpness = { sharpness: -1, degrees: 0 };
  const counts = new Uint16Array(3 * reach);
  for (let degrees = -mostDegrees; degrees <= mostDegrees; degrees++) {
    const slope = Math.tan((degrees * Math.PI) / 180);
    counts.fill(0);
    let sharpness = 0;
    for (const [index, place] of across.entries()) {
      const bin = reach + Math.round(place - slope * (along[index] ?? 0));
      const count = counts[bin] ?? 0;
      // The square of n is the sum of the first n odd numbers.
      sharpness += 2 * count + 1;
      counts[bin] = count + 1;
    }
    best = sharper(best, { sharpness, degrees });
  }
  return best;
}

function sharper(one: Sharpness, other: Sharpness): Sharpness {
  return other.sharpness > one.sharpness ? other : one;
}

import type { Box, Word } from '#kernel/word.ts';
import type { InkMap } from '../ink.ts';
import type { Figure } from './blocks.ts';

/** Smaller pictures are logos, icons and rules drawn as images. */
const leastArea = 0.012;
const leastSide = 0.04;
/** What covers more is the page itself, or its background. */
const mostArea = 0.75;
/** Pictures cut into strips and tiles lie this near to each other, as a share of the page. */
const nearby = 0.006;
/** Print inside a picture: more than this share of it is text set over a background. */
const mostWords = 0.15;

/** The pictures of a PDF page: its image objects, tiles joined. `words` are those of the page. */
export function figuresOfImages(images: readonly Box[], words: readonly Word[]): Figure[] {
  return joinNear(images)
    .filter(({ box }) => isFigure(box, words))
    .map(({ box }) => ({ box, confidence: 1 }));
}

/** Of a picture on a scan: this much of its box is ink … */
const leastInk = 0.12;
/** … in spots over so many times the height of a line. */
const spotLines = 3;
/** Ink looks like a picture for many reasons; zones of figures are accepted from 0.6 on. */
const inkConfidence = 0.8;

/** Large ink on a scan that is neither words nor in one of `tables`. */
export function figuresOfInk(
  ink: InkMap,
  words: readonly Word[],
  tables: readonly Box[],
): Figure[] {
  const line = medianHeight(words) * ink.rows;
  if (line === 0) return [];
  const spots = ink.spots
    .filter((spot) => spot.bottom - spot.top > spotLines * line && spot.right - spot.left > line)
    .map((spot) => ({
      ink: spot.area,
      box: {
        x: spot.left / ink.columns,
        y: spot.top / ink.rows,
        width: (spot.right - spot.left + 1) / ink.columns,
        height: (spot.bottom - spot.top + 1) / ink.rows,
      },
    }))
    .filter(({ box }) => !touchesEdges(box) && !tables.some((table) => areaShared(table, box) > 0));
  return joinNear(spots.map(({ box }) => box))
    .filter(({ box, parts }) => {
      const filled = parts.reduce((sum, part) => sum + (spots[part]?.ink ?? 0), 0);
      const cells = box.width * ink.columns * box.height * ink.rows;
      return filled > leastInk * cells && isFigure(box, words);
    })
    .map(({ box }) => ({ box, confidence: inkConfidence }));
}

function isFigure(box: Box, words: readonly Word[]): boolean {
  const area = box.width * box.height;
  if (area < leastArea || area > mostArea) return false;
  if (box.width < leastSide || box.height < leastSide) return false;
  return words.reduce((sum, word) => sum + areaShared(word, box), 0) < mostWords * area;
}

/** Shadows of the lid and of the fold run along the edges of a scan. */
function touchesEdges({ x, y, width, height }: Box): boolean {
  return x < 0.01 || y < 0.01 || x + width > 0.99 || y + height > 0.99;
}

interface Joined {
  box: Box;
  /** Indexes of the boxes it was joined from. */
  parts: number[];
}

function joinNear(boxes: readonly Box[]): Joined[] {
  let joined: Joined[] = boxes.map((box, index) => ({ box, parts: [index] }));
  for (let before = Infinity; joined.length < before;) {
    before = joined.length;
    joined = joinOnce(joined);
  }
  return joined;
}

function joinOnce(joined: readonly Joined[]): Joined[] {
  const next: Joined[] = [];
  for (const one of joined) {
    const home = next.find(({ box }) => isNear(box, one.box));
    if (home === undefined) {
      next.push({ box: one.box, parts: [...one.parts] });
    } else {
      home.box = around(home.box, one.box);
      home.parts.push(...one.parts);
    }
  }
  return next;
}

function isNear(a: Box, b: Box): boolean {
  return (
    Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width) <= nearby &&
    Math.max(a.y, b.y) - Math.min(a.y + a.height, b.y + b.height) <= nearby
  );
}

function around(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

function areaShared(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

function medianHeight(words: readonly Word[]): number {
  const heights = words.map((word) => word.height).sort((a, b) => a - b);
  return heights[heights.length >> 1] ?? 0;
}

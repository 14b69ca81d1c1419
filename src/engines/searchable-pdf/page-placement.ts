import type { Box } from '#kernel/word.ts';

/** The visible part of a page in its own coordinates: points, y upwards, before the page is turned. */
export interface PageFrame {
  left: number;
  bottom: number;
  right: number;
  top: number;
  /** Clockwise quarter turns in degrees: 0, 90, 180 or 270. */
  rotation: number;
}

/** Where a word stands on an unturned page: where its base line starts, and its directions. */
export interface Placement {
  x: number;
  y: number;
  /** Extent along the line and across it, in points. */
  length: number;
  size: number;
  /** The direction of the line: cosine and sine. */
  direction: readonly [number, number];
}

/** Which way a line runs on the page as shown: as most do, or sideways, from bottom to top or top to bottom. */
export type LineDirection = 'right' | 'up' | 'down';

/** The size of the page as shown, in points. */
export function shownSize(frame: PageFrame): { widthPt: number; heightPt: number } {
  const width = frame.right - frame.left;
  const height = frame.top - frame.bottom;
  return frame.rotation === 90 || frame.rotation === 270
    ? { widthPt: height, heightPt: width }
    : { widthPt: width, heightPt: height };
}

/** From a box in fractions of the page as shown to text in the page's own coordinates that fills it. */
export function placeBox(frame: PageFrame, box: Box, line: LineDirection): Placement {
  const { widthPt, heightPt } = shownSize(frame);
  const shown = placeShown(
    {
      left: box.x * widthPt,
      right: (box.x + box.width) * widthPt,
      bottom: (1 - box.y - box.height) * heightPt,
      top: (1 - box.y) * heightPt,
    },
    line,
  );
  return turnBack(frame, shown);
}

type Rectangle = Omit<PageFrame, 'rotation'>;

/** On the page as shown, from its lower left corner. */
function placeShown({ left, right, bottom, top }: Rectangle, line: LineDirection): Placement {
  const [width, height] = [right - left, top - bottom];
  switch (line) {
    case 'right':
      return { x: left, y: bottom, length: width, size: height, direction: [1, 0] };
    case 'up':
      return { x: right, y: bottom, length: height, size: width, direction: [0, 1] };
    case 'down':
      return { x: left, y: top, length: height, size: width, direction: [0, -1] };
  }
}

/** From the page as shown to the page as it is written, which is turned clockwise for showing. */
function turnBack(frame: PageFrame, shown: Placement): Placement {
  const { left, bottom, right, top, rotation } = frame;
  const { x, y } = shown;
  const [dx, dy] = shown.direction;
  switch (rotation) {
    case 90:
      return { ...shown, x: right - y, y: bottom + x, direction: [-dy, dx] };
    case 180:
      return { ...shown, x: right - x, y: top - y, direction: [-dx, -dy] };
    case 270:
      return { ...shown, x: left + y, y: top - x, direction: [dy, -dx] };
    default:
      return { ...shown, x: left + x, y: bottom + y };
  }
}

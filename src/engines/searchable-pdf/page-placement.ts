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

/** Where a word stands on an unturned page: its lower left corner as read, and its directions. */
export interface Placement {
  x: number;
  y: number;
  /** Extent along the line and across it, in points. */
  width: number;
  height: number;
  /** The direction of the line as read: cosine and sine. */
  across: readonly [number, number];
}

/** The size of the page as shown, in points. */
export function shownSize(frame: PageFrame): { widthPt: number; heightPt: number } {
  const width = frame.right - frame.left;
  const height = frame.top - frame.bottom;
  return isSideways(frame)
    ? { widthPt: height, heightPt: width }
    : { widthPt: width, heightPt: height };
}

/** From a box in fractions of the page as shown to the page's own coordinates. */
export function placeBox(frame: PageFrame, box: Box): Placement {
  const { left, bottom, right, top, rotation } = frame;
  const { widthPt, heightPt } = shownSize(frame);
  // How far the lower left corner of the box lies from the upper left corner of the page as shown.
  const along = box.x * widthPt;
  const down = (box.y + box.height) * heightPt;
  const size = { width: box.width * widthPt, height: box.height * heightPt };
  switch (rotation) {
    case 90:
      return { ...size, x: left + down, y: bottom + along, across: [0, 1] };
    case 180:
      return { ...size, x: right - along, y: bottom + down, across: [-1, 0] };
    case 270:
      return { ...size, x: right - down, y: top - along, across: [0, -1] };
    default:
      return { ...size, x: left + along, y: top - down, across: [1, 0] };
  }
}

function isSideways({ rotation }: PageFrame): boolean {
  return rotation === 90 || rotation === 270;
}

/** A rectangle as fractions of the page, origin at the top left; all values lie in 0..1. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One word on a page. `text` holds no white space; `confidence` is 0..1 (1 for a text layer). */
export interface Word extends Box {
  text: string;
  confidence: number;
}

/** The smallest box around all given boxes; undefined for none. */
export function boundingBox(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Moves a box into the page: what hangs over the edge is cut off. */
export function clampBox(box: Box): Box {
  const left = clampFraction(box.x);
  const top = clampFraction(box.y);
  return {
    x: left,
    y: top,
    width: clampFraction(box.x + box.width) - left,
    height: clampFraction(box.y + box.height) - top,
  };
}

function clampFraction(value: number): number {
  return Math.min(1, Math.max(0, value));
}

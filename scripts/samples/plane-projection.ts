/** A point in pixels, x to the right and y downwards. */
export type Point = readonly [x: number, y: number];

/** Top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point];

/**
 * Tells for a point of the picture where it lies on the sheet seen there as `quad`:
 * (0, 0) is the sheet's top left corner, (1, 1) its bottom right one. Points beside the sheet
 * give values outside 0..1. Plane projective mapping: eight equations fix the way from the
 * unit square to the quad, its inverse is what a picture needs.
 */
export function pictureToSheet(quad: Quad): (x: number, y: number) => Point {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = quad;
  const sumX = x0 - x1 + x2 - x3;
  const sumY = y0 - y1 + y2 - y3;
  const area = (x1 - x2) * (y3 - y2) - (x3 - x2) * (y1 - y2);
  const g = (sumX * (y3 - y2) - (x3 - x2) * sumY) / area;
  const h = ((x1 - x2) * sumY - sumX * (y1 - y2)) / area;
  const a = x1 - x0 + g * x1;
  const b = x3 - x0 + h * x3;
  const d = y1 - y0 + g * y1;
  const e = y3 - y0 + h * y3;
  // Rows of the adjugate; the scale of the matrix cancels in the division.
  return (x, y) => {
    const u = (e - y0 * h) * x + (x0 * h - b) * y + (b * y0 - x0 * e);
    const v = (y0 * g - d) * x + (a - x0 * g) * y + (x0 * d - a * y0);
    const w = (d * h - e * g) * x + (b * g - a * h) * y + (a * e - b * d);
    return [u / w, v / w];
  };
}

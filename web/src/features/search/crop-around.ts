import type { Box } from '#api/api-model.ts';

/**
 * The part of a page to show around the first places found, in page units (points), `aspect` =
 * width ÷ height. It is as wide as the words need but at least half the page, so that a reader sees
 * where it is, and never leaves the page unless the page is too small for the aspect.
 */
export function cropAround(
  boxes: readonly Box[],
  page: { width: number; height: number },
  aspect: number,
): Box {
  const [first = { x: 0, y: 0, width: 1, height: 0 }] = boxes;
  const width = page.width * Math.min(1, Math.max(0.5, first.width * 1.2));
  const height = width / aspect;
  const centreX = (first.x + first.width / 2) * page.width;
  const centreY = (first.y + first.height / 2) * page.height;
  return {
    x: keepInside(centreX - width / 2, page.width - width),
    y: keepInside(centreY - height / 2, page.height - height),
    width,
    height,
  };
}

function keepInside(start: number, last: number): number {
  return Math.min(Math.max(0, start), Math.max(0, last));
}

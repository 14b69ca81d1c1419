import type { InkMap } from '../ink.ts';

/** A rule, a fill or a grid of rules spans this share of the page. */
const longShare = 0.15;

/** Whether connected ink runs far over the page: a rule, a frame, a dark fill, a ruled table, or a picture. */
export function hasLongInk({ spots, columns, rows }: InkMap): boolean {
  return spots.some(
    ({ left, right, top, bottom }) =>
      right - left + 1 >= longShare * columns || bottom - top + 1 >= longShare * rows,
  );
}

import { findBands } from './column-bands.ts';
import { columnsOf } from './columns.ts';
import { centreY, joinLines, rowsOf, type Line } from './lines.ts';

/** Columns inside columns inside columns: deeper nesting is an accident of the numbers. */
const deepestNesting = 6;

/**
 * Puts the pieces of lines of a page into reading order: bands from the top, inside a band column by
 * column, inside a column row by row. Pieces that share a row are joined into one line.
 * Returns regions in reading order; a region is one column, its lines from the top. O(n log n) per level.
 */
export function orderIntoRegions(fragments: readonly Line[], depth = 0): Line[][] {
  const regions: Line[][] = [];
  let rowByRow = false;
  for (const band of findBands(fragments)) {
    const columns = depth < deepestNesting ? columnsOf(band) : undefined;
    if (columns !== undefined && columns.length > 1) {
      for (const column of columns) {
        for (const region of orderIntoRegions(column, depth + 1)) regions.push(region);
      }
      rowByRow = false;
      continue;
    }
    // Bands that are read row by row and follow each other are one region, so that no paragraph is cut.
    if (!rowByRow) regions.push([]);
    rowByRow = true;
    for (const line of joinRows(band.lines)) regions.at(-1)?.push(line);
  }
  return regions;
}

/** One line per baseline, from the top; pieces that overlap sideways stay lines of their own. */
function joinRows(fragments: readonly Line[]): Line[] {
  const sorted = [...fragments].sort((a, b) => centreY(a) - centreY(b) || a.left - b.left);
  return rowsOf(sorted).flatMap((row) => joinWhereApart(row.sort((a, b) => a.left - b.left)));
}

function joinWhereApart(row: readonly Line[]): Line[] {
  const apart: Line[] = [];
  const overlapping: Line[] = [];
  let edge = -Infinity;
  for (const line of row) {
    if (line.left < edge - 0.5 * line.em) {
      overlapping.push(line);
    } else {
      apart.push(line);
      edge = Math.max(edge, line.right);
    }
  }
  return [joinLines(apart), ...overlapping];
}

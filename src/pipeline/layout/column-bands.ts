import { centreY, type Line } from './lines.ts';

/** A stretch of white between x positions, in points; the margins are open-ended. */
interface Gap {
  from: number;
  to: number;
}

/** Neighbouring rows of a region with the white that runs through all of them. */
export interface Band {
  lines: Line[];
  /** How many rows the lines stand in. */
  rows: number;
  /** The x positions of the white columns that part the band; empty when it is one column. */
  gutters: number[];
}

interface Row {
  lines: Line[];
  top: number;
  bottom: number;
  free: Gap[];
}

/** White narrower than this share of the type size parts nothing. */
const narrowestGutterEm = 0.8;
/** Empty height, in type sizes, that ends a band: what is above need not be read first in each column. */
const bandBreakEm = 2.5;
/** The same beside the first and last row, which may be a page header or footer. */
const edgeBreakEm = 1.8;

/**
 * Parts a region into bands from top to bottom. A band is a run of rows through which the same white
 * columns run, so a heading across the page ends a band of columns, and a paragraph gap does not.
 * `lines` in any order; O(n log n).
 */
export function findBands(lines: readonly Line[]): Band[] {
  const em = medianEm(lines);
  const rows = buildRows(lines, em);
  const bands: Row[][] = [];
  let band: Row[] = [];
  let free: Gap[] = [];
  const start = (first: Row[]): void => {
    band = first;
    free = first.reduce((all, row) => shared(all, row.free, em), everywhere);
    bands.push(band);
  };
  rows.forEach((row, index) => {
    const before = band.at(-1);
    if (
      before === undefined ||
      breaksBand(before, row, band.length === 1 || index === rows.length - 1, em)
    ) {
      start([row]);
      return;
    }
    const both = shared(free, row.free, em);
    if (!hasGutter(both)) {
      if (hasGutter(free)) return start([row]);
      // Columns begin at the row before: beside this one where their baselines differ, else above it.
      if (band.length > 1 && hasGutter(shared(before.free, row.free, em))) {
        band.pop();
        return start([before, row]);
      }
    }
    band.push(row);
    free = both;
  });
  return bands.map((group) => ({
    lines: group.flatMap((row) => row.lines),
    rows: group.length,
    gutters: guttersOf(group.reduce((all, row) => shared(all, row.free, em), everywhere)),
  }));
}

const everywhere: Gap[] = [{ from: -Infinity, to: Infinity }];

function breaksBand(before: Row, row: Row, atEdge: boolean, em: number): boolean {
  return row.top - before.bottom > (atEdge ? edgeBreakEm : bandBreakEm) * em;
}

/** Rows are built from the middle half of each line's height, so that tight leading does not glue them. */
function buildRows(lines: readonly Line[], em: number): Row[] {
  const sorted = [...lines].sort((a, b) => centreY(a) - centreY(b));
  const rows: Row[] = [];
  let core = -Infinity;
  for (const line of sorted) {
    const half = (line.bottom - line.top) / 4;
    const row = rows.at(-1);
    if (row !== undefined && centreY(line) - half < core) {
      row.lines.push(line);
      row.top = Math.min(row.top, line.top);
      row.bottom = Math.max(row.bottom, line.bottom);
      core = Math.max(core, centreY(line) + half);
    } else {
      rows.push({ lines: [line], top: line.top, bottom: line.bottom, free: [] });
      core = centreY(line) + half;
    }
  }
  for (const row of rows) row.free = whiteOf(row.lines, em);
  return rows;
}

function whiteOf(lines: readonly Line[], em: number): Gap[] {
  const gaps: Gap[] = [];
  let edge = -Infinity;
  for (const line of [...lines].sort((a, b) => a.left - b.left)) {
    if (line.left - edge >= narrowestGutterEm * em) gaps.push({ from: edge, to: line.left });
    edge = Math.max(edge, line.right);
  }
  gaps.push({ from: edge, to: Infinity });
  return gaps;
}

function shared(a: readonly Gap[], b: readonly Gap[], em: number): Gap[] {
  const both: Gap[] = [];
  for (let i = 0, j = 0; ;) {
    const one = a[i];
    const two = b[j];
    if (one === undefined || two === undefined) return both;
    const from = Math.max(one.from, two.from);
    const to = Math.min(one.to, two.to);
    if (to - from >= narrowestGutterEm * em) both.push({ from, to });
    if (one.to < two.to) i++;
    else j++;
  }
}

function hasGutter(free: readonly Gap[]): boolean {
  return free.some((gap) => Number.isFinite(gap.from) && Number.isFinite(gap.to));
}

function guttersOf(free: readonly Gap[]): number[] {
  return free
    .filter((gap) => Number.isFinite(gap.from) && Number.isFinite(gap.to))
    .map((gap) => (gap.from + gap.to) / 2);
}

function medianEm(lines: readonly Line[]): number {
  const sizes = lines.map((line) => line.em).sort((a, b) => a - b);
  return sizes[sizes.length >> 1] ?? 0;
}

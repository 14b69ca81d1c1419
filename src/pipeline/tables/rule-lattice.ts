import { JoinedSets } from './joined-sets.ts';
import { ruleBit, wordBit, type RuleMask } from './rule-mask.ts';
import type { RuleSegment } from './rule-segments.ts';

/** Rules of one direction with the mask they were found in. */
export interface Rules {
  segments: readonly RuleSegment[];
  mask: RuleMask;
}

/** A cell of a lattice: rows and columns from 0, ends inclusive. */
export interface LatticeCell {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** Crossing rules as a grid, in pixels. */
export interface Lattice {
  /** The places of the vertical rules, and of the horizontal ones. */
  xs: number[];
  ys: number[];
  cells: LatticeCell[];
}

/** Rules nearer to each other than this share of an inch are one. */
const sameRuleInch = 1 / 18;
/** The lowest row of text, as a multiple of that. */
const lowestRow = 1.8;
/** The part of a wall that has to be there. */
const wholeWall = 0.7;
/** A wall of which less than this part lies outside of words is judged by its rules alone. */
const seenWall = 0.3;

/** Finds grids of at least two rows and two columns among rules that cross or touch. */
export function findLattices(across: Rules, down: Rules, dpi: number): Lattice[] {
  const tolerance = Math.max(3, Math.round(dpi * sameRuleInch));
  return connected(across.segments, down.segments, tolerance)
    .map((group) => latticeOf(group, { across, down, tolerance }))
    .filter((lattice) => lattice !== undefined);
}

interface Group {
  across: RuleSegment[];
  down: RuleSegment[];
}

function connected(
  across: readonly RuleSegment[],
  down: readonly RuleSegment[],
  tolerance: number,
): Group[] {
  const sets = new JoinedSets(across.length + down.length);
  across.forEach((row, i) => {
    down.forEach((column, j) => {
      if (touches(row, column.at, tolerance) && touches(column, row.at, tolerance)) {
        sets.join(i, across.length + j);
      }
    });
  });
  const groups = new Map<number, Group>();
  const groupOf = (member: number): Group => {
    const root = sets.find(member);
    const group = groups.get(root) ?? { across: [], down: [] };
    groups.set(root, group);
    return group;
  };
  across.forEach((segment, i) => groupOf(i).across.push(segment));
  down.forEach((segment, j) => groupOf(across.length + j).down.push(segment));
  return [...groups.values()];
}

function touches(segment: RuleSegment, at: number, tolerance: number): boolean {
  return at >= segment.from - tolerance && at <= segment.to + tolerance;
}

interface Sight {
  across: Rules;
  down: Rules;
  tolerance: number;
}

function latticeOf(group: Group, sight: Sight): Lattice | undefined {
  if (group.across.length < 2 || group.down.length < 2) return undefined;
  const { tolerance } = sight;
  const ys = withOpenSides(placesOf(group.across, tolerance), group.down, tolerance);
  const xs = withOpenSides(placesOf(group.down, tolerance), group.across, tolerance);
  if (ys.length < 3 || xs.length < 3) return undefined;
  return { xs, ys, cells: cellsOf(xs, ys, group, sight) };
}

/** Mean places of rules that lie together, weighted by their lengths. */
function placesOf(segments: readonly RuleSegment[], tolerance: number): number[] {
  const places: { weighted: number; weight: number; last: number }[] = [];
  for (const { at, from, to } of [...segments].sort((a, b) => a.at - b.at)) {
    const open = places.at(-1);
    const weight = to - from;
    if (open !== undefined && at - open.last <= tolerance) {
      open.weighted += at * weight;
      open.weight += weight;
      open.last = at;
    } else {
      places.push({ weighted: at * weight, weight, last: at });
    }
  }
  return apart(
    places.map(({ weighted, weight }) => ({ at: weighted / weight, weight })),
    tolerance * lowestRow,
  );
}

/** Of rules too near to each other for a line of text (double rules, the ragged edge of a dark fill) the longer stays. */
function apart(places: readonly { at: number; weight: number }[], nearest: number): number[] {
  const kept: { at: number; weight: number }[] = [];
  for (const place of places) {
    const before = kept.at(-1);
    if (before === undefined || place.at - before.at >= nearest) kept.push(place);
    else if (place.weight > before.weight) kept[kept.length - 1] = place;
  }
  return kept.map((place) => place.at);
}

/** Tables without side rules end where the rules across them end. */
function withOpenSides(
  places: readonly number[],
  crossing: readonly RuleSegment[],
  tolerance: number,
): number[] {
  const first = Math.min(...crossing.map((segment) => segment.from));
  const last = Math.max(...crossing.map((segment) => segment.to));
  const all = [...places];
  if ((all[0] ?? first) - first > 3 * tolerance) all.unshift(first);
  if (last - (all.at(-1) ?? last) > 3 * tolerance) all.push(last);
  return all;
}

/** Neighbours without a wall between them are one cell. */
function cellsOf(
  xs: readonly number[],
  ys: readonly number[],
  group: Group,
  { across, down, tolerance }: Sight,
): LatticeCell[] {
  const rows = ys.length - 1;
  const columns = xs.length - 1;
  const sets = new JoinedSets(rows * columns);
  const hasWall = (
    mask: RuleMask,
    segments: readonly RuleSegment[],
    at: number,
    from: number,
    to: number,
  ): boolean => {
    const inset = Math.min(tolerance, (to - from) / 4);
    const wall = { at, from: from + inset, to: to - inset, tolerance };
    return ruleShare(segments, wall) >= wholeWall || maskShare(mask, wall) >= wholeWall;
  };
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [top = 0, bottom = 0] = [ys[row], ys[row + 1]];
      const [left = 0, right = 0] = [xs[column], xs[column + 1]];
      const here = row * columns + column;
      if (column + 1 < columns && !hasWall(down.mask, group.down, right, top, bottom)) {
        sets.join(here, here + 1);
      }
      if (row + 1 < rows && !hasWall(across.mask, group.across, bottom, left, right)) {
        sets.join(here, here + columns);
      }
    }
  }
  return rectanglesOf(sets, rows, columns);
}

interface Wall {
  at: number;
  from: number;
  to: number;
  tolerance: number;
}

function ruleShare(segments: readonly RuleSegment[], { at, from, to, tolerance }: Wall): number {
  const near = segments
    .filter((segment) => Math.abs(segment.at - at) <= tolerance)
    .sort((a, b) => a.from - b.from);
  let covered = 0;
  let edge = from;
  for (const segment of near) {
    const end = Math.min(to, segment.to);
    const start = Math.max(edge, segment.from);
    if (end > start) {
      covered += end - start;
      edge = end;
    }
  }
  return covered / Math.max(1, to - from);
}

/** The share of the wall's places, words left out, at which the mask holds a rule. */
function maskShare({ marked, width, height }: RuleMask, { at, from, to, tolerance }: Wall): number {
  const reach = Math.max(1, tolerance >> 1);
  const top = Math.max(0, Math.round(at) - reach);
  const bottom = Math.min(height - 1, Math.round(at) + reach);
  let seen = 0;
  let ruled = 0;
  const last = Math.min(width - 1, Math.round(to));
  for (let place = Math.max(0, Math.round(from)); place <= last; place++) {
    let bits = 0;
    for (let row = top; row <= bottom; row++) bits |= marked[row * width + place] ?? 0;
    if ((bits & wordBit) !== 0) continue;
    seen++;
    if ((bits & ruleBit) !== 0) ruled++;
  }
  return seen >= seenWall * (to - from) && seen > 2 ? ruled / seen : 0;
}

/** Joined places as rectangles; sets that are none are grown to their bounds, joining what lies inside. */
function rectanglesOf(sets: JoinedSets, rows: number, columns: number): LatticeCell[] {
  for (;;) {
    const bounds = boundsOf(sets, rows, columns);
    let grew = false;
    for (const [root, cell] of bounds) {
      for (let row = cell.top; row <= cell.bottom; row++) {
        for (let column = cell.left; column <= cell.right; column++) {
          if (sets.find(row * columns + column) === sets.find(root)) continue;
          sets.join(row * columns + column, root);
          grew = true;
        }
      }
    }
    if (!grew) return [...bounds.values()];
  }
}

function boundsOf(sets: JoinedSets, rows: number, columns: number): Map<number, LatticeCell> {
  const bounds = new Map<number, LatticeCell>();
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const root = sets.find(row * columns + column);
      const cell = bounds.get(root);
      if (cell === undefined) {
        bounds.set(root, { top: row, left: column, bottom: row, right: column });
        continue;
      }
      cell.bottom = row;
      cell.left = Math.min(cell.left, column);
      cell.right = Math.max(cell.right, column);
    }
  }
  return bounds;
}

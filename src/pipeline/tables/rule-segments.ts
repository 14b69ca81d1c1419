import { ruleBit, type RuleMask } from './rule-mask.ts';

/** A straight rule: its place across, and where it begins and ends along itself, in pixels. */
export interface RuleSegment {
  at: number;
  from: number;
  to: number;
}

interface OpenSegment extends RuleSegment {
  lastRow: number;
  /** Sum of rows weighted by run length. */
  weighted: number;
  weight: number;
  gone: boolean;
}

/** Runs shorter than this share of an inch are letters. */
const shortestInch = 0.28;
/** What is thicker is a fill or a picture. */
const thickestInch = 1 / 12;
/** On coarse pictures, where the mark of a rule is wider than the rule. */
const thickestPx = 12;
/** Holes of so many pixels in a run are bridged … */
const widestHole = 2;
/** … when this share of the run is marked all the same. */
const leastMarked = 0.9;
/** Rows a crooked rule may skip, and pixels its pieces may lie apart. */
const rowSlack = 2;
const endSlack = 8;

/** Finds the rules of a mask along its rows. `dpi` is that of the picture. */
export function findSegments(mask: RuleMask, dpi: number): RuleSegment[] {
  const shortest = Math.round(dpi * shortestInch);
  const thickest = Math.max(thickestPx, dpi * thickestInch);
  const found: RuleSegment[] = [];
  let open: OpenSegment[] = [];
  const close = (segment: OpenSegment): void => {
    const { from, to, weight } = segment;
    // The mean thickness: ragged ends of a blurred rule must not count.
    if (segment.gone || weight > thickest * (to - from)) return;
    found.push({ at: segment.weighted / weight, from, to });
  };
  for (let row = 0; row < mask.height; row++) {
    eachRun(mask, row, shortest, (from, to) => addRun(open, row, from, to));
    open = open.filter((segment) => {
      if (!segment.gone && row - segment.lastRow <= rowSlack) return true;
      close(segment);
      return false;
    });
  }
  open.forEach(close);
  return found;
}

function addRun(open: OpenSegment[], row: number, from: number, to: number): void {
  const length = to - from;
  let home: OpenSegment | undefined;
  for (const segment of open) {
    if (segment.gone || from > segment.to + endSlack || to < segment.from - endSlack) continue;
    if (home === undefined) {
      home = segment;
      extend(home, { from, to, lastRow: row, weighted: row * length, weight: length });
    } else {
      extend(home, segment);
      segment.gone = true;
    }
  }
  if (home !== undefined) return;
  open.push({
    at: row,
    from,
    to,
    lastRow: row,
    weighted: row * length,
    weight: length,
    gone: false,
  });
}

function extend(
  segment: OpenSegment,
  by: Pick<OpenSegment, 'from' | 'to' | 'lastRow' | 'weighted' | 'weight'>,
): void {
  segment.from = Math.min(segment.from, by.from);
  segment.to = Math.max(segment.to, by.to);
  segment.lastRow = Math.max(segment.lastRow, by.lastRow);
  segment.weighted += by.weighted;
  segment.weight += by.weight;
}

function eachRun(
  { marked, width }: RuleMask,
  row: number,
  shortest: number,
  use: (from: number, to: number) => void,
): void {
  const start = row * width;
  let from = -1;
  let last = -1;
  let count = 0;
  const end = (): void => {
    const length = last - from + 1;
    if (from >= 0 && length >= shortest && count >= leastMarked * length) use(from, last);
  };
  for (let x = 0; x < width; x++) {
    if (((marked[start + x] ?? 0) & ruleBit) === 0) continue;
    if (from < 0 || x - last - 1 > widestHole) {
      end();
      from = x;
      count = 0;
    }
    count++;
    last = x;
  }
  end();
}

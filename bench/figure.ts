/** One measured number, ready for a row of the table or a line of JSON. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** What it was measured against in the same run, or null. */
  against: string | null;
  /** The value of that peer or limit, in the same unit. */
  reference: number | null;
  /** value / reference. */
  ratio: number | null;
  /** What it must reach, such as `>= 0.6 x` or `< 300 ms`; null for a figure that is only reported. */
  bar: string | null;
  ok: boolean;
}

/** A row that could not be measured on this machine. */
export interface SkippedFigure {
  name: string;
  skipped: string;
}

export type BenchRow = Figure | SkippedFigure;

export function isSkipped(row: BenchRow): row is SkippedFigure {
  return 'skipped' in row;
}

/** A figure where more is better, held against a peer: it must reach `atLeast` times the peer. */
export function againstPeer(
  name: string,
  unit: string,
  { value, against, reference, atLeast }: PeerComparison,
): Figure {
  const ratio = value / reference;
  const ok = ratio >= atLeast;
  return { name, value, unit, against, reference, ratio, bar: `>= ${atLeast} x`, ok };
}

interface PeerComparison {
  value: number;
  against: string;
  reference: number;
  atLeast: number;
}

/** A figure that must stay under a limit. Without a peer the limit itself is the reference. */
export function underLimit(
  name: string,
  unit: string,
  value: number,
  limit: number,
  peer: { against: string; reference: number } = { against: 'the bar', reference: limit },
): Figure {
  const ratio = value / peer.reference;
  return { name, value, unit, ...peer, ratio, bar: `< ${limit} ${unit}`, ok: value < limit };
}

/** A figure where more is better that must reach a fixed value. */
export function overLimit(name: string, unit: string, value: number, limit: number): Figure {
  const ratio = value / limit;
  const bar = `>= ${limit} ${unit}`;
  return {
    name,
    value,
    unit,
    against: 'the bar',
    reference: limit,
    ratio,
    bar,
    ok: value >= limit,
  };
}

/** A figure that is worth knowing and has no bar. */
export function plainFigure(name: string, unit: string, value: number): Figure {
  return { name, value, unit, against: null, reference: null, ratio: null, bar: null, ok: true };
}

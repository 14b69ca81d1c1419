import { AppError } from '#kernel/app-error.ts';

/** Zones of a selection, counted. */
export interface ZoneCounts {
  selected: number;
  /** Read by a machine or put right by a person. */
  processed: number;
  failed: number;
}

export interface GateVerdict extends ZoneCounts {
  /** 0..1; 1 when nothing is selected. */
  share: number;
  passes: boolean;
}

/** Share of the selected zones that must be processed. */
const leastShare = 0.95;

/** An export is made of what can be trusted: 95 % of its zones processed and none failed. */
export function judgeZones(counts: ZoneCounts): GateVerdict {
  const { selected, processed, failed } = counts;
  const share = selected === 0 ? 1 : processed / selected;
  return { ...counts, share, passes: failed === 0 && share >= leastShare };
}

export function exportBlocked({ selected, processed, failed }: GateVerdict): AppError {
  const reason =
    failed > 0
      ? `${failed} of the ${selected} selected zones have failed`
      : `only ${processed} of the ${selected} selected zones are processed; 95 % are needed`;
  return new AppError(
    'export.blocked',
    `The export is held back: ${reason}. Correct them, or override with a reason.`,
    { details: { selected, processed, failed } },
  );
}

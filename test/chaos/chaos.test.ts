import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runChaos } from './chaos-run.ts';
import { formatReport } from './chaos-table.ts';

const hasProc = existsSync('/proc/self/stat');
const why = hasProc ? '' : ' (skipped: the processes to kill are found through /proc)';

/** A machine that is busy with other things may take several times as long. */
const limitMs = 400_000;

test.skipIf(!hasProc).each(['one', 'two'] as const)(
  `nothing is lost, doubled or left behind when parts are killed at random (layout %s)${why}`,
  { timeout: limitMs },
  async (layout) => {
    const report = await runChaos({ layout, kills: 6, seed: 20_261_120, backlog: 4 });
    expect(report.violations, formatReport(report)).toEqual([]);
    expect(report.kills).toHaveLength(6);
    expect(report.acknowledged).toBeGreaterThan(0);
  },
);

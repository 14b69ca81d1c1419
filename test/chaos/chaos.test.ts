import { existsSync } from 'node:fs';
import { test } from 'vitest';
import { redisInstalled } from '#test/support/redis-server.ts';
import { runChaos } from './chaos-run.ts';
import { layouts } from './chaos-site.ts';
import { formatReport } from './chaos-table.ts';

const hasProc = existsSync('/proc/self/stat');

/** A machine that is busy with other things may take several times as long. */
const limitMs = 600_000;
/** In each of three layouts, one after the other: at once they starve each other on two cores. CI kills more. */
const kills = Number(process.env['CHAOS_KILLS'] ?? 6);

test.for(layouts)(
  'nothing is lost, doubled or left behind when parts are killed at random (layout %s)',
  { timeout: limitMs },
  async (layout, { skip, expect }) => {
    skip(!hasProc, 'the processes to kill are found through /proc');
    skip(layout === 'redis' && !redisInstalled(), 'redis-server is not installed');
    const report = await runChaos({ layout, kills, seed: 20_261_120, backlog: 4 });
    expect(report.violations, formatReport(report)).toEqual([]);
    expect(report.kills).toHaveLength(kills);
    expect(report.acknowledged).toBeGreaterThan(0);
  },
);

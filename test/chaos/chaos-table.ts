import type { ChaosReport } from './chaos-run.ts';
import type { KillRecord } from './kill-round.ts';

/** One fault often shows in hundreds of places. */
const shownViolations = 30;

/** A report as text: what was killed how often, how long it took to go on, and what was violated. */
export function formatReport(report: ChaosReport): string {
  const { layout, seed, acknowledged, answers, retried, failedStarts, temporaryLeft } = report;
  const lines = [
    `layout ${layout}, seed ${seed}: ${report.kills.length} kills, ${acknowledged} uploads acknowledged`,
    ...killTable(report.kills),
    `answers: ${[...answers].map(([answer, times]) => `${answer} × ${times}`).join(', ')}`,
    `documents that needed a retry: ${retried}; starts that failed: ${failedStarts}; ` +
      `temporary folders left: ${temporaryLeft}`,
    report.violations.length === 0 ? 'ok' : `${report.violations.length} VIOLATIONS`,
    ...report.violations.slice(0, shownViolations).map((violation) => `  - ${violation}`),
  ];
  return lines.join('\n');
}

function killTable(kills: readonly KillRecord[]): string[] {
  const rows = [...Map.groupBy(kills, (kill) => kill.victim)]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([victim, of]) => rowOf(victim, of));
  const head = [
    'killed',
    'times',
    'hurried',
    'work goes on: median',
    'worst',
    'held work: median',
    'worst',
  ];
  return toColumns([head, ...rows, rowOf('all', kills)]);
}

function rowOf(victim: string, kills: readonly KillRecord[]): string[] {
  const recoveries = kills.flatMap((kill) => kill.recovery ?? []);
  const work = recoveries.map((recovery) => recovery.workMs);
  const held = recoveries.map((recovery) => recovery.heldMs);
  const hurried = kills.filter((kill) => kill.recovery === null && kill.violation === undefined);
  return [
    victim,
    `${kills.length}`,
    `${hurried.length}`,
    ms(quantile(work, 0.5)),
    ms(quantile(work, 1)),
    ms(quantile(held, 0.5)),
    ms(quantile(held, 1)),
  ];
}

/** undefined for no values. */
function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1];
}

function ms(value: number | undefined): string {
  return value === undefined ? '-' : `${Math.round(value)} ms`;
}

function toColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths?.[column] ?? 0) : cell.padStart(widths?.[column] ?? 0),
      )
      .join('  '),
  );
}

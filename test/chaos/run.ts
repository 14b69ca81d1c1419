// Kills parts of a running Docmill at random and checks that nothing is lost, doubled or left behind:
// node test/chaos/run.ts [--kills N] [--seed S] [--layout one|two|redis] [--log FILE]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runChaos } from './chaos-run.ts';
import { layouts } from './chaos-site.ts';
import { formatReport } from './chaos-table.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '30' },
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    layout: { type: 'string' },
    log: { type: 'string' },
  },
});
const wanted = layouts.filter((layout) => values.layout === undefined || values.layout === layout);
for (const layout of wanted) {
  const report = await runChaos({
    layout,
    kills: Number(values.kills),
    seed: Number(values.seed),
    onEvent: (line) => console.error(`${new Date().toISOString()} ${line}`),
  });
  console.log(`\n${formatReport(report)}\n`);
  if (values.log !== undefined) writeFileSync(`${values.log}.${layout}`, report.log);
  if (report.violations.length > 0) process.exitCode = 1;
}

// Spoils sound files at random and checks that none of them can hurt:
// node test/hostile/run.ts [--count N] [--seed S] [--concurrency C]
import { parseArgs } from 'node:util';
import { runMutants } from './mutant-run.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '300' },
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    concurrency: { type: 'string', default: '2' },
  },
});
const startedAt = performance.now();
const report = await runMutants({
  count: Number(values.count),
  seed: Number(values.seed),
  concurrency: Number(values.concurrency),
  onMutant: (done, { index, from, how, outcome, detail, wrongs }) => {
    if (outcome === 'bug' || wrongs.length > 0) {
      console.error(
        `mutant ${index} of ${from} (${how}): ${outcome} ${detail} ${wrongs.join(', ')}`,
      );
    }
    if (done % 250 === 0) console.error(`${done} of ${values.count}`);
  },
});
const seconds = Math.round((performance.now() - startedAt) / 1_000);
console.log(
  JSON.stringify(
    { seed: Number(values.seed), count: Number(values.count), seconds, ...report },
    null,
    2,
  ),
);
if (report.wrongs.length > 0 || report.left.length > 0) process.exitCode = 1;

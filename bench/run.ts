import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { apiBench } from './api-bench.ts';
import { auditBench } from './audit-bench.ts';
import type { Bench, BenchContext } from './bench.ts';
import { type BenchRow, isSkipped } from './figure.ts';
import { formatTable } from './figure-table.ts';
import { dataBench } from './data/data-bench.ts';
import { firstPageBench } from './first-page-bench.ts';
import { liveBench } from './live-bench.ts';
import { stopAllServers } from './measured-server.ts';
import { memoryBench } from './memory-bench.ts';
import { migrationsBench } from './migrations-bench.ts';
import { ocrBench } from './ocr-bench.ts';
import { queueBench } from './queue-bench.ts';
import { readingBench } from './reading-bench.ts';
import { searchBench } from './search-bench.ts';
import { searchableBench } from './searchable-bench.ts';
import { startBench } from './start-bench.ts';
import { tablesBench } from './tables-bench.ts';
import { textBench } from './text-bench.ts';

const benches: readonly Bench[] = [
  textBench,
  ocrBench,
  readingBench,
  tablesBench,
  searchableBench,
  startBench,
  firstPageBench,
  memoryBench,
  apiBench,
  queueBench,
  liveBench,
  searchBench,
  dataBench,
  auditBench,
  migrationsBench,
];

const usage = `npm run bench -- NAME… [--json] [--check] [--runs N] [--search-pages N]
  all${' '.repeat(12)}every bench below
${benches.map(({ name, summary }) => `  ${name.padEnd(14)} ${summary}`).join('\n')}
  --json         one line of JSON per figure instead of the table
  --check        exit with 1 when a bar falls short
  --runs N       rounds per measurement, at least 3 (default 3)
  --search-pages N  pages in the database of the search bench, at least 10000 (default 100000)
  --api-uploads N  uploads at the same moment in the api bench, 5 MB each (default 1000)
  --data-zones N  zones in the database of the data bench, at least 10000 (default 1000000)`;

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseCommandLine(argv);
  const unknown = positionals.filter((name) => name !== 'all' && !isBench(name));
  if (values.help === true || positionals.length === 0 || unknown.length > 0) {
    if (unknown.length > 0) console.error(`There is no bench "${unknown.join('", "')}".\n`);
    console.error(usage);
    return values.help === true ? 0 : 2;
  }
  const chosen = benches.filter(
    ({ name }) => positionals.includes('all') || positionals.includes(name),
  );
  const rows: BenchRow[] = [];
  await inTemporaryFolder(async (folder) => {
    for (const bench of chosen) {
      const found = await bench.run(contextOf(folder, values));
      if (values.json === true) for (const row of found) console.log(JSON.stringify(row));
      rows.push(...found);
    }
  });
  if (values.json !== true) console.log(formatTable(rows));
  const missed = rows.filter((row) => !isSkipped(row) && !row.ok);
  return values.check === true && missed.length > 0 ? 1 : 0;
}

function parseCommandLine(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      check: { type: 'boolean' },
      help: { type: 'boolean' },
      runs: { type: 'string', default: '3' },
      'search-pages': { type: 'string', default: '100000' },
      'api-uploads': { type: 'string', default: '1000' },
      'data-zones': { type: 'string', default: '1000000' },
    },
  });
}

function isBench(name: string): boolean {
  return benches.some((bench) => bench.name === name);
}

function contextOf(
  folder: string,
  values: { runs: string; 'search-pages': string; 'api-uploads': string; 'data-zones': string },
): BenchContext {
  return {
    folder,
    runs: atLeast(3, values.runs, '--runs'),
    searchPages: atLeast(10_000, values['search-pages'], '--search-pages'),
    apiUploads: atLeast(10, values['api-uploads'], '--api-uploads'),
    dataZones: atLeast(10_000, values['data-zones'], '--data-zones'),
    say: (text) => console.error(`… ${text}`),
  };
}

function atLeast(least: number, text: string, option: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`${option} takes a whole number from ${least}; "${text}" is none.`);
}

async function inTemporaryFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docmill-bench-'));
  // Started as root, PostgreSQL runs as another user, who must be able to pass through to its data.
  await chmod(folder, 0o711);
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const interrupt = (): void => {
    void Promise.all([stopAllServers(), remove()]).finally(() => process.exit(130));
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    await work(folder);
  } finally {
    await remove();
  }
}

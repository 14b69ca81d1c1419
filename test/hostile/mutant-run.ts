import { seededRandom } from '../chaos/seeded-random.ts';
import { openHostileSite, type HostileResult } from './hostile-site.ts';
import { mutantStock, type StockFile } from './mutant-stock.ts';
import { mutateBytes } from './mutate-bytes.ts';

export interface MutantOptions {
  count: number;
  seed: number;
  /** Mutants under way at once. */
  concurrency: number;
  onMutant?: (done: number, mutant: Mutant) => void;
}

export interface Mutant extends HostileResult {
  /** With the seed, it makes the same mutant again. */
  index: number;
  from: string;
  how: string;
}

export interface MutantReport {
  outcomes: Record<string, number>;
  /** Error codes and how often each came. */
  codes: Record<string, number>;
  /** Mutants that could hurt. */
  wrongs: Mutant[];
  /** What was left when everything was closed. */
  left: string[];
  slowestSeconds: number;
}

/** Spoils sound files and reads each as the product would. Number `index` of a seed is always the same mutant. */
export async function runMutants(options: MutantOptions): Promise<MutantReport> {
  const stock = (await mutantStock()).flatMap((file) =>
    Array.from({ length: file.weight }, () => file),
  );
  const site = await openHostileSite(options.concurrency);
  const report: MutantReport = { outcomes: {}, codes: {}, wrongs: [], left: [], slowestSeconds: 0 };
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < options.count; index = next++) {
      const { file, bytes, how } = makeMutant(stock, options.seed, index);
      const mutant = { ...(await site.read(file.name, bytes)), index, from: file.name, how };
      done += 1;
      note(report, mutant);
      options.onMutant?.(done, mutant);
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, work));
  report.left = await site.close();
  return report;
}

function makeMutant(
  stock: readonly StockFile[],
  seed: number,
  index: number,
): { file: StockFile; bytes: Buffer; how: string } {
  const random = seededRandom(seed * 1_000_000 + index);
  const file = random.pick(stock);
  return { file, ...mutateBytes(file.bytes, random) };
}

function note(report: MutantReport, mutant: Mutant): void {
  const { outcome, detail, wrongs, seconds } = mutant;
  report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1;
  if (outcome === 'failed') report.codes[detail] = (report.codes[detail] ?? 0) + 1;
  if (outcome === 'bug' || wrongs.length > 0) report.wrongs.push(mutant);
  report.slowestSeconds = Math.max(report.slowestSeconds, seconds);
}

import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createEngines, type Engines } from '#engines/create-engines.ts';
import { defaultEngineLimits } from '#engines/engine-limits.ts';
import type { PageEngine } from '#engines/page-engine.ts';
import type { SourceFile } from '#engines/source-file.ts';
import { silentLogger } from '#kernel/logger.ts';
import type { PageReading } from '#pipeline/page-reading.ts';
import { runPipeline } from '#pipeline/run-pipeline.ts';
import type { StageEngines } from '#pipeline/stage.ts';
import { tableOf } from '#pipeline/zone-data.ts';
import { scanRaster, type ScanFlaws } from '#test/support/made-scan.ts';
import { faultsOf } from '#test/support/table-exactness.ts';
import {
  drawTimetables,
  makeTimetable,
  timetableStyles,
  type MadeTimetable,
} from '#test/support/made-timetable.ts';
import type { Bench, BenchContext } from './bench.ts';
import { overLimit, underLimit, type BenchRow } from './figure.ts';
import { repeatableRandom } from './repeatable-random.ts';
import { median } from './sample-statistics.ts';

/** Timetables of every style in every condition. */
const pagesPerStyle = 10;
const scanDpi = 200;

interface Condition {
  name: string;
  /** Undefined: the PDF itself is read by its text layer. */
  flaws?: ScanFlaws;
  /** Percent of whole tables without any fault, in every style. */
  bar: number;
}

const conditions: readonly Condition[] = [
  { name: 'text_layer', bar: 100 },
  { name: 'clean_scan', flaws: {}, bar: 90 },
  { name: 'noisy_scan', flaws: { noise: 8, jpeg: 60 }, bar: 80 },
  { name: 'skewed_scan', flaws: { skew: 1.3, noise: 6, jpeg: 70 }, bar: 80 },
];

export const tablesBench: Bench = {
  name: 'tables',
  summary: 'generated timetables: whole tables exact in shape, spans and every cell',
  async run(context) {
    const seed = randomInt(2 ** 31);
    context.say(`tables: seed ${seed}`);
    const engines = await createEngines({
      limits: defaultEngineLimits,
      ocr: 'auto',
      concurrency: 1,
      logger: silentLogger,
    });
    try {
      const rows: BenchRow[] = [];
      for (const condition of conditions) {
        context.say(`tables: ${condition.name}, ${pagesPerStyle} pages of each style`);
        rows.push(...(await measureCondition(context, engines, condition, seed)));
      }
      return rows;
    } finally {
      await engines.close();
    }
  },
};

async function measureCondition(
  context: BenchContext,
  engines: Engines,
  condition: Condition,
  seed: number,
): Promise<BenchRow[]> {
  const random = repeatableRandom(seed + conditions.indexOf(condition));
  const clock = new RecognisingClock(engines);
  const rows: BenchRow[] = [];
  const seconds: number[] = [];
  for (const style of timetableStyles) {
    const weeks = Array.from({ length: pagesPerStyle }, () => makeTimetable(random, style));
    const made = { weeks, engines, condition, random };
    const files = await drawFiles(context.folder, `${condition.name}-${style}`, made);
    let exact = 0;
    for (const [index, file] of files.entries()) {
      const before = clock.seconds;
      const startedAt = performance.now();
      const { pages } = await runPipeline(file, { engines: clock.engines });
      seconds.push((performance.now() - startedAt) / 1_000 - (clock.seconds - before));
      const faults = faultsOfPages(weeks[index], pages);
      for (const fault of faults) context.say(`tables: ${style} ${index}: ${fault}`);
      if (faults.length === 0) exact++;
    }
    const percent = (100 * exact) / weeks.length;
    rows.push(overLimit(`tables.${condition.name}.${style}`, '% exact', percent, condition.bar));
  }
  return [...rows, underLimit(`tables.${condition.name}.time`, 's/page', median(seconds), 0.3)];
}

function faultsOfPages(
  week: MadeTimetable | undefined,
  pages: readonly Pick<PageReading, 'zones'>[],
): string[] {
  const [table, another] = pages.flatMap(({ zones }) =>
    zones.flatMap(({ data }) => tableOf(data) ?? []),
  );
  return week && table && !another ? faultsOf(week, table) : ['not one table'];
}

/** Takes out of the time of a page what went into its raster and its recognition: zones and tables are what is left. */
class RecognisingClock {
  seconds = 0;
  readonly #engines: Engines;

  constructor(engines: Engines) {
    this.#engines = engines;
  }

  get engines(): StageEngines {
    const { ocr } = this.#engines;
    return {
      pageEngineFor: (type) => this.#timed(this.#engines.pageEngineFor(type)),
      flowEngineFor: (type) => this.#engines.flowEngineFor(type),
      ocr: { ...ocr, recognise: (...asked) => this.#time(ocr.recognise(...asked)) },
    };
  }

  #timed(pages: PageEngine): PageEngine {
    return { ...pages, renderGray: (...asked) => this.#time(pages.renderGray(...asked)) };
  }

  async #time<Result>(work: Promise<Result>): Promise<Result> {
    const startedAt = performance.now();
    try {
      return await work;
    } finally {
      this.seconds += (performance.now() - startedAt) / 1_000;
    }
  }
}

async function drawFiles(
  folder: string,
  name: string,
  made: {
    weeks: readonly MadeTimetable[];
    engines: Engines;
    condition: Condition;
    random: () => number;
  },
): Promise<SourceFile[]> {
  const { weeks, engines, condition, random } = made;
  const files: SourceFile[] = [];
  for (const [index, week] of weeks.entries()) {
    const pdf: SourceFile = {
      path: path.join(folder, `${name}-${index}.pdf`),
      mediaType: 'application/pdf',
      sha256: `${name}-${index}`,
    };
    await writeFile(pdf.path, await drawTimetables([week]));
    const raster =
      condition.flaws &&
      (await engines.pageEngineFor(pdf.mediaType).renderColour?.(pdf, 1, scanDpi));
    if (condition.flaws === undefined || raster === undefined) {
      files.push(pdf);
      continue;
    }
    const { bytes, mediaType } = await scanRaster(raster, condition.flaws, random);
    const file = path.join(folder, `${name}-${index}.scan`);
    await writeFile(file, bytes);
    files.push({ path: file, mediaType, sha256: `${name}-${index}-scan` });
  }
  return files;
}

import { availableParallelism } from 'node:os';
import { createEngines, type Engines } from '#engines/create-engines.ts';
import { defaultEngineLimits } from '#engines/engine-limits.ts';
import { findTesseract } from '#engines/find-tesseract.ts';
import { silentLogger } from '#kernel/logger.ts';
import type { Word } from '#kernel/word.ts';
import { runPipeline } from '#pipeline/run-pipeline.ts';
import type { Bench, BenchContext } from './bench.ts';
import { againstPeer, overLimit, underLimit, type BenchRow } from './figure.ts';
import { readPlainly } from './peers/plain-tesseract.ts';
import { makeTruePages, type PageCondition } from './reading/made-pages.ts';
import {
  realDocumentsFolder,
  realForms,
  realLetter,
  realReceipts,
  type TrueDocument,
} from './reading/real-documents.ts';
import {
  characterErrorRate,
  countWords,
  errorsByTenth,
  foldText,
  markRight,
  rankingPower,
  wordsOf,
  type JudgedWord,
} from './reading/text-accuracy.ts';
import { runInParallel } from './run-in-parallel.ts';

const pagesPerCondition = 4;
const seed = 31;

/** The best rows of the tables of errors in research/ocr.md §3, in percent of the characters. */
const conditions: readonly (PageCondition & { bar: number })[] = [
  { dpi: 100, bad: false, bar: 0.92 },
  { dpi: 150, bad: false, bar: 0.87 },
  { dpi: 200, bad: false, bar: 0.85 },
  { dpi: 300, bad: false, bar: 0.86 },
  { dpi: 150, bad: true, bar: 2.8 },
  { dpi: 200, bad: true, bar: 1.02 },
  { dpi: 300, bad: true, bar: 3.6 },
];
/** A confidence that ranks worse is no help to a reviewer. */
const leastRankingPower = 0.8;

interface Reader {
  engines: Engines;
  /** The program by itself, or null. */
  plain: ((file: TrueDocument['file']) => Promise<string>) | null;
}

interface ReadDocument {
  truth: string;
  text: string;
  words: readonly Word[];
  plain: string | null;
}

export const readingBench: Bench = {
  name: 'reading',
  summary: 'words and characters read right on forms, receipts and pages of known text',
  async run(context) {
    const engines = await createEngines({
      limits: defaultEngineLimits,
      ocr: 'auto',
      concurrency: availableParallelism(),
      logger: silentLogger,
    });
    try {
      const tesseract = await findTesseract();
      const pdf = {
        engine: engines.pageEngineFor('application/pdf'),
        folder: context.folder,
      };
      const plain =
        tesseract && ((file: TrueDocument['file']) => readPlainly(tesseract.binary, file, pdf));
      const reader = { engines, plain };
      return [...(await measureReal(context, reader)), ...(await measureMade(context, reader))];
    } finally {
      await engines.close();
    }
  },
};

async function measureReal({ say }: BenchContext, reader: Reader): Promise<BenchRow[]> {
  if (realDocumentsFolder() === null) {
    return [{ name: 'reading.real', skipped: 'the documents of ../shared/data are not here' }];
  }
  const rows: BenchRow[] = [];
  const judged: JudgedWord[] = [];
  for (const [kind, load] of [
    ['forms', realForms],
    ['receipts', realReceipts],
  ] as const) {
    say(`reading: ${kind}`);
    const read = await readAll(reader, await load());
    rows.push(...wordFigures(`reading.${kind}`, read));
    for (const document of read) judged.push(...judgeWords(document));
  }
  rows.push(overLimit('reading.confidence_ranks', 'AUC', rankingPower(judged), leastRankingPower));
  const tenths = errorsByTenth(judged).map((share) => `${Math.round(share * 100)} %`);
  say(`reading: wrong words by tenths of confidence, least sure first: ${tenths.join(', ')}`);
  say('reading: linn');
  for (const [index, document] of (await readAll(reader, await realLetter())).entries()) {
    const name = `reading.linn_${index === 0 ? 'pdf' : 'png'}`;
    const ours = 100 * characterErrorRate(document.truth, document.text);
    const plain =
      document.plain === null ? null : 100 * characterErrorRate(document.truth, document.plain);
    rows.push(
      plain === null
        ? { name, skipped: 'tesseract is not installed' }
        : // Ours may be as good as the program by itself, not worse.
          underLimit(name, '% CER', ours, plain + 0.005, {
            against: 'tesseract',
            reference: plain,
          }),
    );
  }
  return rows;
}

async function measureMade({ folder, say }: BenchContext, reader: Reader): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const engine = reader.engines.pageEngineFor('application/pdf');
  for (const { bar, ...condition } of conditions) {
    const name = `reading.${condition.bad ? 'bad_scan' : 'clean'}_${condition.dpi}`;
    say(name.replace('.', ': '));
    const pages = await makeTruePages(engine, folder, {
      pages: pagesPerCondition,
      seed,
      ...condition,
    });
    const read = await readAll(reader, pages);
    const peer = errorsOf(read, ({ plain }) => plain);
    rows.push(
      underLimit(
        name,
        '% CER',
        errorsOf(read, ({ text }) => text) ?? 100,
        bar,
        peer === null ? undefined : { against: 'tesseract', reference: peer },
      ),
    );
  }
  return rows;
}

async function readAll(
  { engines, plain }: Reader,
  documents: readonly TrueDocument[],
): Promise<ReadDocument[]> {
  const read = new Map<TrueDocument, ReadDocument>();
  await runInParallel(documents, availableParallelism(), async (document) => {
    const { pages } = await runPipeline(document.file, {
      engines,
      settings: { forceOcr: true },
    });
    read.set(document, {
      truth: document.text,
      text: pages.map(({ text }) => text).join('\n'),
      words: pages.flatMap(({ words }) => words),
      plain: plain === null ? null : await plain(document.file),
    });
  });
  return documents.flatMap((document) => read.get(document) ?? []);
}

function wordFigures(name: string, read: readonly ReadDocument[]): BenchRow[] {
  const ours = totalOf(read, ({ text }) => text);
  const peer = totalOf(read, ({ plain }) => plain);
  if (ours === null || peer === null) return [{ name, skipped: 'tesseract is not installed' }];
  const figure = (what: string, value: number, reference: number): BenchRow =>
    againstPeer(`${name}.${what}`, '% words', {
      value: 100 * value,
      against: 'tesseract',
      reference: 100 * reference,
      atLeast: 1,
    });
  return [
    figure('recall', ours.right / ours.truth, peer.right / peer.truth),
    figure('precision', ours.right / ours.read, peer.right / peer.read),
  ];
}

function totalOf(read: readonly ReadDocument[], textOf: (one: ReadDocument) => string | null) {
  const total = { right: 0, truth: 0, read: 0 };
  for (const document of read) {
    const text = textOf(document);
    if (text === null) return null;
    const counts = countWords(wordsOf(document.truth), wordsOf(text));
    total.right += counts.right;
    total.truth += counts.truth;
    total.read += counts.read;
  }
  return total;
}

/** Mean of the pages, in percent. */
function errorsOf(
  read: readonly ReadDocument[],
  textOf: (one: ReadDocument) => string | null,
): number | null {
  let sum = 0;
  for (const document of read) {
    const text = textOf(document);
    if (text === null) return null;
    sum += characterErrorRate(document.truth, text);
  }
  return (100 * sum) / read.length;
}

function judgeWords({ truth, words }: ReadDocument): JudgedWord[] {
  const right = markRight(
    wordsOf(truth),
    words.map(({ text }) => foldText(text)),
  );
  return words.map(({ confidence }, index) => ({ confidence, right: right[index] === true }));
}

import { z } from 'zod';
import type { Database } from '#db/database.ts';
import { localOwner } from '#features/identity/index.ts';
import { countHits } from '#features/search/search-repository.ts';
import type { Bench, BenchContext } from './bench.ts';
import { type Figure, overLimit, plainFigure, underLimit } from './figure.ts';
import {
  databaseUrls,
  type FilledDocument,
  insertDocuments,
  openAsOwner,
} from './filled-library.ts';
import { withServer } from './measured-server.ts';
import { runInParallel } from './run-in-parallel.ts';
import { percentile } from './sample-statistics.ts';
import { secondsOf } from './take-turns.ts';
import { drawRanks, wordOfRank } from './zipf-words.ts';

const pagesPerDocument = 50;
const wordsPerPage = 200;
const vocabulary = 30_000;
const limitMs = 50;
const requestsPerClass = 100;

/** Ranks of the words that are asked for: on nearly every page, on some per cent, on under one in a thousand. */
const classes = [
  { name: 'common', firstRank: 0, step: 1 },
  { name: 'middling', firstRank: 900, step: 10 },
  { name: 'rare', firstRank: 20_000, step: 900 },
];

export const searchBench: Bench = {
  name: 'search',
  summary: 'GET /v1/search over 100,000 pages for common, middling and rare words',
  run: (context) =>
    withServer({ DOCMILL_WORKER_CONCURRENCY: '1' }, async (server) => {
      const { owner } = await databaseUrls(server.dataDir);
      const database = openAsOwner(owner);
      try {
        const loadSeconds = await fillPages(context, database);
        const figures: Figure[] = [];
        for (const wordClass of classes) {
          const latencies = await searchFor(server.url, wordsOf(wordClass));
          const p95 = percentile(latencies, 0.95);
          figures.push(underLimit(`search.${wordClass.name}_p95`, 'ms', p95, limitMs));
        }
        figures.push(await measureIndex(database));
        return [...figures, plainFigure('search.load', 's', loadSeconds)];
      } finally {
        await database.close();
      }
    }),
};

function wordsOf({ firstRank, step }: (typeof classes)[number]): string[] {
  return Array.from({ length: 10 }, (_, index) => wordOfRank(firstRank + index * step));
}

/** How many times faster the database finds rare words by the index on words than without it; it is gone afterwards. */
async function measureIndex(database: Database): Promise<Figure> {
  const rare = classes.filter(({ name }) => name === 'rare').flatMap(wordsOf);
  const median = async (): Promise<number> => {
    const seconds: number[] = [];
    for (const query of [...rare, ...rare]) {
      const search = { query, documentId: undefined, limit: 20 };
      const count = () => countHits(database.as(localOwner), localOwner, search, 1_001);
      seconds.push(await secondsOf(count));
    }
    return percentile(seconds.slice(rare.length), 0.5);
  };
  const withIndex = await median();
  await database.slow`drop index pages_search`;
  const times = (await median()) / withIndex;
  return overLimit('search.rare_times_faster_by_index', 'times', times, 10);
}

/** Two at a time: PostgreSQL spends the time on the search column, one processor each. */
async function fillPages({ searchPages, say }: BenchContext, database: Database): Promise<number> {
  say(`search: inserting ${searchPages} pages`);
  const count = Math.ceil(searchPages / pagesPerDocument);
  return secondsOf(async () => {
    const documents = await insertDocuments(database, count, pagesPerDocument);
    const batches = Array.from({ length: Math.ceil(count / 40) }, (_, batch) =>
      documents.slice(batch * 40, (batch + 1) * 40),
    );
    // Built at the end, as after a restore: row by row it would cost twice the time.
    await database.slow`drop index pages_search`;
    await runInParallel(batches, 2, (batch) => copyPages(database, batch, batches.indexOf(batch)));
    await database.slow`create index pages_search on pages using gin (search)`;
    // As autovacuum would within a minute.
    await database.slow`vacuum analyze`;
  });
}

const columns = [
  'version_id',
  'number',
  'owner_id',
  'job_id',
  'width',
  'height',
  'text',
  'text_source',
  'tool',
  'confidence',
  'word_boxes',
];

async function copyPages(
  database: Database,
  documents: readonly FilledDocument[],
  seed: number,
): Promise<void> {
  const draw = drawRanks(seed, vocabulary);
  await database.transaction((sql) => sql.copyInto('pages', columns, pageRows(documents, draw)));
}

function* pageRows(documents: readonly FilledDocument[], draw: () => number) {
  for (const { versionId, jobId } of documents) {
    for (let number = 1; number <= pagesPerDocument; number++) {
      const words = Array.from({ length: wordsPerPage }, () => wordOfRank(draw()));
      const boxes = Uint16Array.from(
        words.flatMap((_, index) => [
          1_000 + (index % 10) * 800,
          1_000 + Math.floor(index / 10) * 400,
          700,
          131,
          9_800,
        ]),
      );
      yield [
        versionId,
        number,
        localOwner.userId,
        jobId,
        595,
        842,
        words.join(' '),
        'text_layer',
        'bench',
        0.98,
        String.raw`\x` + Buffer.from(boxes.buffer).swap16().toString('hex'),
      ];
    }
  }
}

const searchAnswer = z.object({ items: z.array(z.unknown()).min(1) });

/** Milliseconds per request, one client, after a first round that is not counted. */
async function searchFor(server: string, words: readonly string[]): Promise<number[]> {
  const latencies: number[] = [];
  const turns = requestsPerClass + words.length;
  for (let turn = 0; turn < turns; turn++) {
    const startedAt = performance.now();
    const response = await fetch(`${server}/v1/search?q=${words[turn % words.length] ?? ''}`);
    const body = await response.text();
    if (turn >= words.length) latencies.push(performance.now() - startedAt);
    searchAnswer.parse(JSON.parse(body));
  }
  return latencies;
}

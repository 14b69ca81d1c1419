import path from 'node:path';
import { startEmbeddedServer } from '#db/embedded/embedded-server.ts';
import { readMigrations } from '#db/migrate/migration-file.ts';
import { migrateUp } from '#db/migrate/run-migrations.ts';
import { silentLogger } from '#kernel/logger.ts';
import { productPaths } from '../src/product-paths.ts';
import type { Bench, BenchContext } from './bench.ts';
import { type Figure, againstPeer, overLimit, plainFigure, underLimit } from './figure.ts';
import { openGraphileQueue } from './peers/graphile-queue.ts';
import { openPgBossQueue } from './peers/pg-boss-queue.ts';
import { type DocmillQueue, openDocmillQueue } from './queue/docmill-queue.ts';
import { killWorker } from './queue/queue-kill.ts';
import type { QueueEngine } from './queue/queue-engine.ts';
import {
  measureBulk,
  measureDrain,
  measurePickups,
  measureSingles,
} from './queue/queue-measures.ts';
import { median, percentile } from './sample-statistics.ts';
import { type Turn, makeTurn, takeTurns } from './take-turns.ts';

const drainItems = 50_000;
const historyLines = 1_000_000;

interface QueueBench {
  context: BenchContext;
  url: string;
  ours: DocmillQueue;
  peers: readonly QueueEngine[];
}

export const queueBench: Bench = {
  name: 'queue',
  summary: 'drain, enqueue, pickup and kill -9 beside graphile-worker and pg-boss at their best',
  run: (context) =>
    withQueues(context, async (bench) => [
      ...(await benchDrain(bench)),
      ...(await benchEnqueue(bench)),
      ...(await benchPickup(bench)),
      ...(await benchSize(bench)),
      ...(await benchKill(bench)),
    ]),
};

/** All engines in one database of one server: synchronous_commit and fsync on, as PostgreSQL has them. */
async function withQueues(
  context: BenchContext,
  work: (bench: QueueBench) => Promise<Figure[]>,
): Promise<Figure[]> {
  const dataDir = path.join(context.folder, 'queue');
  const server = await startEmbeddedServer({ dataDir, logger: silentLogger });
  const opened: QueueEngine[] = [];
  try {
    const url = server.ownerUrl;
    await migrateUp(url, await readMigrations(productPaths.migrations));
    const ours = await openDocmillQueue(url);
    opened.push(ours);
    for (const open of [openGraphileQueue, openPgBossQueue]) opened.push(await open(url));
    await ours.reset();
    return await work({ context, url, ours, peers: opened.slice(1) });
  } finally {
    for (const engine of opened) await engine.close();
    await server.stop();
  }
}

async function fill({ ours }: QueueBench, engine: QueueEngine, items: number): Promise<void> {
  await engine.reset();
  await engine.enqueueMany(items);
  // The best that can befall a planner; ours is measured without it below.
  await ours.database.slow`vacuum analyze`;
  await ours.database.slow`checkpoint`.catch(() => undefined);
}

/** One figure against each peer. */
function compare(
  name: string,
  unit: string,
  own: Turn,
  peers: readonly { engine: QueueEngine; turn: Turn }[],
): Figure[] {
  return peers.map(({ engine, turn }) =>
    againstPeer(name, unit, {
      value: own.median(),
      against: engine.name,
      reference: turn.median(),
      atLeast: 1,
    }),
  );
}

/** Measures every engine in turn. */
async function inTurns(
  { context, ours, peers }: QueueBench,
  measure: (engine: QueueEngine) => Promise<number>,
) {
  const own = makeTurn(() => measure(ours));
  const others = peers.map((engine) => ({ engine, turn: makeTurn(() => measure(engine)) }));
  await takeTurns(context.runs, [own, ...others.map(({ turn }) => turn)]);
  return { own, others };
}

async function benchDrain(bench: QueueBench): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const concurrency of [1, 10, 50]) {
    bench.context.say(`queue: ${drainItems} items at concurrency ${concurrency}`);
    const { own, others } = await inTurns(bench, async (engine) => {
      await fill(bench, engine, drainItems);
      return measureDrain(engine, drainItems, concurrency);
    });
    figures.push(...compare(`queue.drain_${concurrency}`, 'items/s', own, others));
    if (concurrency === 10) {
      figures.push(overLimit('queue.drain_10', 'items/s', own.median(), 40_000));
    }
  }
  return figures;
}

async function benchEnqueue(bench: QueueBench): Promise<Figure[]> {
  bench.context.say('queue: enqueuing');
  const singles = await inTurns(bench, async (engine) => {
    await engine.reset();
    return measureSingles(engine, 2);
  });
  const bulk = await inTurns(bench, async (engine) => {
    await engine.reset();
    await engine.enqueueMany(1_000);
    return measureBulk(engine);
  });
  return [
    ...compare('queue.enqueue_singles', 'items/s', singles.own, singles.others),
    ...compare('queue.enqueue_bulk', 'items/s', bulk.own, bulk.others),
  ];
}

async function benchPickup(bench: QueueBench): Promise<Figure[]> {
  bench.context.say('queue: pickup');
  const samples = new Map<QueueEngine, number[]>();
  for (let round = 0; round < bench.context.runs; round++) {
    for (const engine of [bench.ours, ...bench.peers]) {
      await engine.reset();
      const latencies = await measurePickups(engine, 150);
      samples.set(engine, [...(samples.get(engine) ?? []), ...latencies]);
    }
  }
  const of = (engine: QueueEngine, share: number): number =>
    percentile(samples.get(engine) ?? [], share);
  return [
    ...bench.peers.map((engine) =>
      underLimit('queue.pickup_p50', 'ms', of(bench.ours, 0.5), of(engine, 0.5), {
        against: engine.name,
        reference: of(engine, 0.5),
      }),
    ),
    underLimit('queue.pickup_p99', 'ms', of(bench.ours, 0.99), 5),
  ];
}

/** What a long history and statistics taken at the wrong moment cost. */
async function benchSize(bench: QueueBench): Promise<Figure[]> {
  const { context, ours } = bench;
  const items = 20_000;
  context.say(`queue: ${historyLines} finished items`);
  const drain = async (prepare: () => Promise<void>): Promise<number> => {
    const rates: number[] = [];
    for (let round = 0; round < context.runs; round++) {
      await prepare();
      rates.push(await measureDrain(ours, items, 10));
    }
    return median(rates);
  };
  const empty = await drain(() => fill(bench, ours, items));
  const analysedEmpty = await drain(async () => {
    await ours.reset();
    await ours.database.slow`vacuum analyze processing_queue`;
    await ours.enqueueMany(items);
  });
  await ours.reset();
  await ours.fillHistory(historyLines);
  await ours.database.slow`vacuum analyze`;
  const full = await drain(() => ours.enqueueMany(items));
  await ours.reset();
  const against = 'an empty table';
  return [
    againstPeer('queue.drain_after_1m', 'items/s', {
      value: full,
      against,
      reference: empty,
      atLeast: 0.9,
    }),
    againstPeer('queue.drain_analysed_empty', 'items/s', {
      value: analysedEmpty,
      against: 'analysed full',
      reference: empty,
      atLeast: 0.9,
    }),
  ];
}

async function benchKill(bench: QueueBench): Promise<Figure[]> {
  bench.context.say('queue: kill -9');
  const outcome = await killWorker(bench.ours, bench.url, 60_000);
  const figures = [
    underLimit('queue.kill_lost', 'items', outcome.lost, 1),
    underLimit('queue.kill_doubled', 'items', outcome.doubled, 1),
    underLimit('queue.kill_restart', 'ms', outcome.restartMs ?? Infinity, 2_000),
  ];
  for (const peer of bench.peers) {
    const { lost, doubled, restartMs } = await killWorker(peer, bench.url, 45_000);
    const name = peer.name.replace('-', '_');
    figures.push(
      plainFigure(`queue.kill_unfinished_after_45_s.${name}`, 'items', lost),
      plainFigure(`queue.kill_doubled.${name}`, 'items', doubled),
    );
    if (restartMs !== null) {
      figures.push(plainFigure(`queue.kill_restart.${name}`, 'ms', restartMs));
    }
  }
  return figures;
}

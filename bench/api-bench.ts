import autocannon from 'autocannon';
import type { Bench, BenchContext } from './bench.ts';
import { againstPeer, type BenchRow, plainFigure, underLimit } from './figure.ts';
import { databaseUrls, insertDocuments, openAsOwner } from './filled-library.ts';
import { withServer } from './measured-server.ts';
import { measureMixedLoad } from './mixed-load.ts';
import { runOpenLoop } from './open-loop.ts';
import { startBareRoute } from './peers/bare-route.ts';
import { percentile } from './sample-statistics.ts';
import { measureUploadBurst } from './upload-burst.ts';
import { makeTurn, takeTurns, type Turn } from './take-turns.ts';

const documents = 1_000;
const route = '/v1/documents?limit=20';
const closedConnections = 20;
const roundSeconds = 5;
const openConnections = 1_000;
const openSeconds = 20;

export const apiBench: Bench = {
  name: 'api',
  summary:
    'the list of documents against a bare route, 1,000 clients reading and writing, uploads at once',
  run: async (context) => [
    ...(await measureList(context)),
    ...(await measureMixedLoad(context)),
    ...(await measureUploadBurst(context)),
  ],
};

function measureList(context: BenchContext): Promise<BenchRow[]> {
  return withServer({ DOCMILL_WORKER_CONCURRENCY: '1' }, async (server) => {
    const urls = await databaseUrls(server.dataDir);
    const owner = openAsOwner(urls.owner);
    await insertDocuments(owner, documents, 10);
    await owner.sql`analyze`;
    await owner.close();
    return [
      await measureThroughput(context, server.url, urls.app),
      ...(await measureLatency(context, server.url)),
    ];
  });
}

async function measureThroughput(
  { runs, say }: BenchContext,
  server: string,
  databaseUrl: string,
): Promise<BenchRow> {
  const bare = await startBareRoute(databaseUrl);
  try {
    say(`api: ${runs} rounds of ${roundSeconds} s, closed loop`);
    const ours = throughput(server);
    const peer = throughput(bare.url);
    // Lets both compilers and both pools warm up.
    await ours.measure();
    await peer.measure();
    await takeTurns(runs, [ours, peer]);
    return againstPeer('api.closed_loop', 'requests/s', {
      value: ours.median(),
      against: 'bare Fastify route, one query',
      reference: peer.median(),
      atLeast: 0.5,
    });
  } finally {
    await bare.stop();
  }
}

function throughput(server: string): Turn {
  return makeTurn(async () => {
    const { requests, non2xx, errors } = await autocannon({
      url: `${server}${route}`,
      connections: closedConnections,
      duration: roundSeconds,
    });
    if (non2xx + errors > 0) throw new Error(`${server}: ${non2xx} refused, ${errors} failed`);
    return requests.average;
  });
}

async function measureLatency({ say }: BenchContext, server: string): Promise<BenchRow[]> {
  say(`api: ${openConnections} clients at one request a second each for ${openSeconds} s`);
  const load = { server, route, connections: openConnections, everyMs: 1_000 };
  await runOpenLoop({ ...load, durationMs: 3_000 });
  const durationMs = openSeconds * 1_000;
  const { latenciesMs, errors, elapsedMs } = await runOpenLoop({ ...load, durationMs });
  const errorPercent = (100 * errors) / (latenciesMs.length + errors);
  return [
    underLimit('api.open_loop_p95', 'ms', percentile(latenciesMs, 0.95), 150),
    underLimit('api.open_loop_p99', 'ms', percentile(latenciesMs, 0.99), 500),
    underLimit('api.open_loop_errors', '%', errorPercent, 0.1),
    plainFigure('api.open_loop_answered', 'requests/s', (1_000 * latenciesMs.length) / elapsedMs),
  ];
}

import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createLocalBlobStore } from '#blobs/local-blob-store.ts';
import { BlobSweeper } from '#features/documents/index.ts';
import type { ChaosFile } from './chaos-corpus.ts';
import { makeCorpus } from './chaos-corpus.ts';
import type { ChaosSite, Layout } from './chaos-site.ts';
import { openSite } from './chaos-site.ts';
import { runChecks } from './checks/run-checks.ts';
import type { KillRecord } from './kill-round.ts';
import { runKills } from './kill-round.ts';
import { stopAndLookForRemains } from './remains.ts';
import { retryUnlucky, waitForRest } from './coming-to-rest.ts';
import { seededRandom } from './seeded-random.ts';
import { UploadClient } from './upload-client.ts';
import { UploadHistory } from './upload-history.ts';
import { eventually } from '#test/support/eventually.ts';

export interface ChaosOptions {
  layout: Layout;
  kills: number;
  seed: number;
  /** Uploads pause while so many jobs are open. Default 12. */
  backlog?: number;
  /** Told what happens, line by line. */
  onEvent?: (line: string) => void;
}

export interface ChaosReport {
  layout: Layout;
  seed: number;
  kills: KillRecord[];
  acknowledged: number;
  answers: ReadonlyMap<string, number>;
  /** Documents whose tries were used up by kills, and which were retried. */
  retried: number;
  failedStarts: number;
  /** Folders that killed processes left among the temporary files. */
  temporaryLeft: number;
  violations: string[];
  /** What the processes logged. */
  log: string;
}

/**
 * Starts Docmill, uploads to it without end, kills parts of it `kills` times, lets it come to rest and
 * checks that nothing was lost, doubled or left behind.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const random = seededRandom(options.seed);
  const corpus = await makeCorpus(random);
  const site = await openSite(options.layout);
  try {
    return await runOn(site, corpus, options);
  } finally {
    for (const process of site.processes) await process.stop();
    await site.database.close();
    await site.remove();
  }
}

async function runOn(
  site: ChaosSite,
  corpus: readonly ChaosFile[],
  options: ChaosOptions,
): Promise<ChaosReport> {
  const { layout, seed, kills: wanted, backlog: most = 12, onEvent = () => undefined } = options;
  const history = new UploadHistory(path.join(site.folder, 'acknowledged.jsonl'));
  const backlog = watchBacklog(site);
  const client = new UploadClient({
    address: () => site.server.address,
    corpus,
    random: seededRandom(seed + 1),
    history,
    isBusy: () => backlog.open() >= most,
  });
  client.start(2);
  const kills = await runKills(site, { count: wanted, random: seededRandom(seed + 2), onEvent });
  await client.stop();
  backlog.stop();
  onEvent('waiting for the last job');
  const violations = [...client.violations, ...kills.flatMap((kill) => kill.violation ?? [])];
  violations.push(...(await waitForRest(site.database)));
  await eventually('the server to answer again', () => isReady(site), 60_000);
  const retried = await retryUnlucky(site, corpus);
  if (retried.count > 0) violations.push(...(await waitForRest(site.database)));
  onEvent('checking');
  const acknowledged = history.read();
  violations.push(...retried.violations, ...(await checkAll(site, corpus, history)));
  const remains = await stopAndLookForRemains(
    site,
    kills.flatMap((kill) => kill.processes),
  );
  violations.push(...remains.violations);
  violations.push(...site.processes.flatMap((process) => process.ownDeaths));
  return {
    layout,
    seed,
    kills,
    acknowledged: acknowledged.length,
    answers: client.answers,
    retried: retried.count,
    failedStarts: site.processes.reduce((sum, process) => sum + process.failedStarts, 0),
    temporaryLeft: remains.temporaryLeft,
    violations,
    log: site.processes.map((process) => process.log).join('\n'),
  };
}

/** The number of jobs that wait or run, looked up now and then; the last known one while the database is down. */
function watchBacklog({ database }: ChaosSite): { open(): number; stop(): void } {
  let open = 0;
  const stopping = new AbortController();
  const look = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const rows = await database.sql<{ open: number }>`
          select count(*) as open from processing_jobs where status in ('queued', 'running')`;
        open = rows[0]?.open ?? 0;
      } catch {
        // Uploading goes on without the database: the client must be told that it is away.
      }
      await pause(100);
    }
  };
  void look();
  return { open: () => open, stop: () => stopping.abort() };
}

/** The last victim may still be on its way back: the checks download from it. */
async function isReady({ server }: ChaosSite): Promise<boolean> {
  try {
    return server.address !== undefined && (await fetch(`${server.address}/health/ready`)).ok;
  } catch {
    return false;
  }
}

async function checkAll(
  site: ChaosSite,
  corpus: readonly ChaosFile[],
  history: UploadHistory,
): Promise<string[]> {
  const { database, dataDir, server } = site;
  const blobs = createLocalBlobStore({ folder: path.join(dataDir, 'blobs') });
  // Nobody uploads any more: whatever is pending now is left over.
  await new BlobSweeper({ database, blobs, pendingMs: 0 }).tick();
  return runChecks({
    database,
    blobs,
    acknowledged: history.read(),
    fates: new Map(corpus.map((file) => [file.fileName, file.fate])),
    async download(id) {
      const response = await fetch(`${server.address}/v1/documents/${id}/download/original`);
      return new Uint8Array(await response.arrayBuffer());
    },
  });
}

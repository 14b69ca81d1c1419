import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { ChaosFile } from '#test/chaos/chaos-corpus.ts';
import { makeCorpus } from '#test/chaos/chaos-corpus.ts';
import type { ChaosSite } from '#test/chaos/chaos-site.ts';
import { openSite } from '#test/chaos/chaos-site.ts';
import {
  checkPagesComplete,
  checkQueueAtRest,
  checkWorkDoneOnce,
} from '#test/chaos/checks/work-checks.ts';
import type { Lease } from '#test/chaos/recovery-watch.ts';
import { areTakenUp, listHeld } from '#test/chaos/recovery-watch.ts';
import { seededRandom } from '#test/chaos/seeded-random.ts';
import type { SupervisedProcess } from '#test/chaos/supervised-process.ts';
import { eventually } from '#test/support/eventually.ts';

const hasSignals = existsSync('/proc/self/stat');
const why = hasSignals ? '' : ' (skipped: this system has no SIGSTOP)';

/** A lease is 15 s and looked at every 5 s; the machine may be busy. */
const patienceMs = 120_000;

test.skipIf(!hasSignals)(
  `a worker that slept longer than its lease is refused, and the work is done once${why}`,
  { timeout: 3 * patienceMs },
  async () => {
    const site = await openSite('two');
    const second = site.newWorker('second worker');
    onTestFinished(async () => {
      for (const process of [second, ...site.processes.toReversed()]) {
        process.signal('SIGCONT');
        await process.stop();
      }
      await site.database.close();
      await site.remove();
    });
    const [, sleeper] = site.processes;
    if (sleeper === undefined) throw new Error('layout two has a worker');
    const corpus = await makeCorpus(seededRandom(5));

    const held = await putToSleepAtWork(site, sleeper, corpus);
    await eventually('the leases to run out', () => haveRunOut(site, held), patienceMs);
    await second.start();
    await eventually(
      'the second worker to take over',
      () => areTakenUp(site.database, held),
      patienceMs,
    );
    // Its results are ready and the second worker is not done: now only the fence stands between them.
    sleeper.signal('SIGCONT');

    const dropped = await eventually(
      'the sleeper to drop what it held',
      () => {
        const lines = sleeper.log.split('\n').filter((line) => line.includes('item.dropped'));
        return lines.length >= held.length && lines;
      },
      patienceMs,
    );
    for (const line of dropped) expect(line).toMatch(/no longer leased|the lease was lost/);
    const outcomes = await eventually('all jobs to end', () => endedJobs(site), patienceMs);
    expect(outcomes).toEqual(outcomes.map(() => 'completed'));
    for (const check of [checkWorkDoneOnce, checkQueueAtRest, checkPagesComplete]) {
      expect(await check(site)).toEqual([]);
    }
  },
);

/**
 * Uploads and stops the worker while it holds items but no open transaction, whose row locks would hide
 * them from everybody else. Resolves to what it holds.
 */
async function putToSleepAtWork(
  site: ChaosSite,
  sleeper: SupervisedProcess,
  corpus: readonly ChaosFile[],
): Promise<Lease[]> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline;) {
    await upload(site, corpus, 'text-60.pdf');
    await eventually('work under way', async () => (await listHeld(site.database)).length > 0);
    sleeper.signal('SIGSTOP');
    // What it had sent before is answered by now, and what stays open then is open for good.
    await pause(1_000);
    const held = await listHeld(site.database);
    if (held.length > 0 && !(await hasOpenTransaction(site))) return held;
    sleeper.signal('SIGCONT');
  }
  throw new Error('the worker was never caught with work in its hands');
}

async function upload(
  site: ChaosSite,
  corpus: readonly ChaosFile[],
  fileName: string,
): Promise<void> {
  const file = corpus.find((each) => each.fileName === fileName);
  if (file === undefined) throw new Error(`there is no ${fileName} in the corpus`);
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(file.bytes)]), fileName);
  const answer = await fetch(`${site.server.address}/v1/documents`, { method: 'POST', body: form });
  expect(answer.status).toBe(202);
}

async function haveRunOut({ database }: ChaosSite, leases: readonly Lease[]): Promise<boolean> {
  const rows = await database.sql`
    select id from processing_queue
    where id = any(${leases.map((lease) => lease.id)}::bigint[]) and lease_expires_at > now()`;
  return rows.length === 0;
}

/** Also one whose session counts as active, because it waits for the rows of a COPY. */
async function hasOpenTransaction({ database }: ChaosSite): Promise<boolean> {
  const rows = await database.sql`
    select pid from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
      and xact_start < now() - interval '500 ms'`;
  return rows.length > 0;
}

/** How each job ended, with its reason if it failed; false while one has not. */
async function endedJobs({ database }: ChaosSite): Promise<string[] | false> {
  const jobs = await database.sql<{ status: string; outcome: string }>`
    select status, concat_ws(': ', status, error_message) as outcome from processing_jobs`;
  return jobs.every((job) => job.status === 'completed' || job.status === 'failed')
    ? jobs.map((job) => job.outcome)
    : false;
}

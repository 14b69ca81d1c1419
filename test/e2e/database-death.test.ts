import { existsSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { findPidHolder, readPostmasterPid } from '#db/embedded/postmaster-pid.ts';
import { eventually } from '#test/support/eventually.ts';
import { makeRawPdf } from '#test/support/make-files.ts';
import { startServer, stopServer } from '#test/support/start-server.ts';
import type { TestServer } from '#test/support/start-server.ts';

const canKill = existsSync('/proc/self/stat');
const why = canKill ? '' : ' (skipped: PostgreSQL is told from other processes through /proc)';
const patienceMs = 60_000;

const jobEvent = z.object({ id: z.string(), status: z.string() });
const uploadResult = z.object({ accepted: z.array(z.object({ job: jobEvent })) });

test.skipIf(!canKill)(
  `a server outlives its database: 503 meanwhile, then requests, work and live events go on${why}`,
  { timeout: 4 * patienceMs },
  async () => {
    const server = await startServer();
    onTestFinished(() => stopServer(server));
    const events = await watchJobs(server);
    const first = await upload(server);
    await eventually('the first job', () => events.ended.has(first), patienceMs);

    await killPostgres(server);
    const refused = await eventually('a refusal', async () => {
      const answer = await fetch(`${server.url}/v1/documents`);
      return answer.status !== 200 && answer;
    });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    expect(await refused.json()).toMatchObject({ code: 'db.unavailable' });

    await eventually(
      'the server to be ready again',
      async () => (await fetch(`${server.url}/health/ready`)).ok,
      patienceMs,
    );
    const second = await upload(server);
    await eventually(
      'the second job, in the same stream',
      () => events.ended.has(second),
      patienceMs,
    );
    await eventually('the listener', () => server.log().includes('db.listen_restored'), patienceMs);
    expect(server.log()).toContain('embedded.restarted');
    events.close();
  },
);

async function killPostgres({ dataDir }: TestServer): Promise<void> {
  const cluster = `${dataDir}/pg18`;
  const found = await readPostmasterPid(cluster);
  if (found === null || (await findPidHolder(found.pid, cluster)) !== 'our_postmaster') {
    throw new Error('there is no PostgreSQL to kill');
  }
  process.kill(found.pid, 'SIGKILL');
}

/** Resolves to the id of the job. */
async function upload({ url }: TestServer): Promise<string> {
  const form = new FormData();
  const bytes = new Uint8Array(makeRawPdf('BT /F1 24 Tf 72 700 Td (A small file) Tj ET'));
  form.append('file', new Blob([bytes]), 'small.pdf');
  const answer = await fetch(`${url}/v1/documents`, { method: 'POST', body: form });
  expect(answer.status).toBe(202);
  const [accepted] = uploadResult.parse(await answer.json()).accepted;
  if (accepted === undefined) throw new Error('202 without an accepted file');
  return accepted.job.id;
}

/** Follows the live events of all jobs over one connection. */
async function watchJobs({ url }: TestServer): Promise<{ ended: Set<string>; close(): void }> {
  const ended = new Set<string>();
  const closing = new AbortController();
  const answer = await fetch(`${url}/v1/events`, { signal: closing.signal });
  const read = async (): Promise<void> => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines.filter((each) => each.startsWith('data: {"'))) {
        const job = jobEvent.parse(JSON.parse(line.slice('data: '.length)));
        if (job.status === 'completed') ended.add(job.id);
      }
    }
  };
  // It ends with an error when the test closes it.
  read().catch(() => undefined);
  return { ended, close: () => closing.abort() };
}

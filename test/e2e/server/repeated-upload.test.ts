import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { ownerUrl, readCredentials } from '#db/embedded/cluster-credentials.ts';
import { uploadResultSchema } from '#features/documents/index.ts';
import type { Failpoint } from '#kernel/failpoint.ts';
import { eventually } from '#test/support/eventually.ts';
import { type TestServer, startServer, stopServer } from '#test/support/start-server.ts';

const preload = path.resolve(import.meta.dirname, '../../chaos/failpoint-preload.ts');
const listSchema = z.object({ items: z.array(z.looseObject({ id: z.string() })) });
const refusalSchema = z.looseObject({
  code: z.string(),
  details: z.looseObject({ resources: z.array(z.string()).optional() }).optional(),
});

/** The same upload each time, under the same key. */
function upload(url: string): Promise<Response> {
  const body = new FormData();
  body.append('files', new File(['A letter that is sent twice.'], 'letter.txt'));
  const headers = { 'idempotency-key': 'letter-1' };
  return fetch(`${url}/v1/documents`, { method: 'POST', headers, body });
}

async function documentsOf(url: string): Promise<string[]> {
  const { items } = listSchema.parse(await (await fetch(`${url}/v1/documents`)).json());
  return items.map(({ id }) => id);
}

/** A server that is killed at the point by an upload, and the one that is started after it over the same folder. */
async function killDuringUpload(point: Failpoint): Promise<TestServer> {
  const failpoints = await mkdtemp(path.join(tmpdir(), 'docmill-failpoints-'));
  const env = { NODE_OPTIONS: `--import=${preload}`, CHAOS_FAILPOINTS: failpoints };
  const first = await startServer({ env });
  let current = first;
  onTestFinished(async () => {
    await stopServer(current);
    await rm(failpoints, { recursive: true, force: true });
  });
  await writeFile(path.join(failpoints, point), '');
  await expect(upload(first.url)).rejects.toThrow('fetch failed');
  await eventually('the server to be gone', () => isGone(first.pid));
  current = await startServer({ dataDir: first.dataDir });
  return current;
}

async function isGone(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

test('an upload whose answer was stored but not sent is answered again as it was', async () => {
  const { url } = await killDuringUpload('answer.stored');
  const again = await upload(url);
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([202, 'true']);
  const { accepted } = uploadResultSchema.parse(await again.json());
  expect(accepted).toHaveLength(1);
  expect(await documentsOf(url)).toEqual([accepted[0]?.document.id]);
});

test('an upload that was killed before its answer was stored is not done again, and its document is named', async () => {
  const { url, dataDir } = await killDuringUpload('answer.made');
  const early = await upload(url);
  expect([early.status, refusalSchema.parse(await early.json()).code]).toEqual([
    409,
    'idempotency.running',
  ]);
  await endLeases(dataDir);
  const again = await upload(url);
  const [document, ...others] = await documentsOf(url);
  expect(others).toEqual([]);
  const { code, details } = refusalSchema.parse(await again.json());
  expect([again.status, code]).toEqual([409, 'idempotency.answer_gone']);
  expect(details?.resources).toContain(`documents/${document}`);
});

/** As if the minute were over in which a try counts as being at work. */
async function endLeases(dataDir: string): Promise<void> {
  const credentials = await readCredentials(path.join(dataDir, 'pg18.json'));
  const client = new Client({ connectionString: ownerUrl(credentials) });
  await client.connect();
  await client.query('update idempotency_keys set lease_expires_at = now()');
  await client.end();
}

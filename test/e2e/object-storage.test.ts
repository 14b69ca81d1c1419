import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createS3BlobStore } from '#blobs/s3-blob-store.ts';
import {
  radosGatewayInstalled,
  startRadosGateway,
  type RadosGateway,
} from '#test/support/rados-gateway.ts';
import { runDocmill } from '#test/support/run-docmill.ts';
import { startServer, stopServer, type TestServer } from '#test/support/start-server.ts';

const sample = path.resolve(import.meta.dirname, '../../samples/museum-report.pdf');
const isInstalled = radosGatewayInstalled();

const uploadSchema = z.object({
  accepted: z.array(
    z.object({ document: z.object({ id: z.string() }), job: z.object({ id: z.string() }) }),
  ),
});
const jobSchema = z.object({ status: z.string() });

let gateway: RadosGateway;
let server: TestServer;

beforeAll(async () => {
  if (!isInstalled) return;
  gateway = await startRadosGateway();
  server = await startServer({ env: environment() });
}, 120_000);

afterAll(async () => {
  if (!isInstalled) return;
  await stopServer(server);
  await gateway.stop();
});

function environment(): Record<string, string> {
  const { bucket, prefix, endpoint = '', credentials } = gateway.settings;
  return {
    S3_BUCKET: bucket,
    S3_PREFIX: prefix,
    S3_ENDPOINT: endpoint,
    S3_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
    S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
  };
}

async function finished(jobId: string): Promise<string> {
  for (let turn = 0; turn < 600; turn++) {
    const job = jobSchema.parse(await (await fetch(`${server.url}/v1/jobs/${jobId}`)).json());
    if (['completed', 'failed', 'cancelled'].includes(job.status)) return job.status;
    await delay(100);
  }
  return 'still running';
}

test.skipIf(!isInstalled)(
  'a document is kept in a real S3 bucket, read from there and given back byte-equal (Debian packages radosgw, ceph-mon, ceph-osd; root)',
  async () => {
    const bytes = await readFile(sample);
    const form = new FormData();
    form.append('file', new Blob([bytes], { type: 'application/pdf' }), 'museum-report.pdf');
    const answer = await fetch(`${server.url}/v1/documents`, { method: 'POST', body: form });
    expect(answer.status).toBe(202);
    const [accepted] = uploadSchema.parse(await answer.json()).accepted;
    expect(await finished(accepted?.job.id ?? '')).toBe('completed');
    const document = `${server.url}/v1/documents/${accepted?.document.id ?? ''}`;
    const original = await fetch(`${document}/download/original`);
    expect(Buffer.from(await original.arrayBuffer()).equals(bytes)).toBe(true);

    const store = createS3BlobStore(gateway.settings);
    const kept = await Array.fromAsync(store.list());
    store.close();
    expect(kept.map((blob) => blob.sizeBytes)).toEqual([bytes.length]);
  },
  90_000,
);

test.skipIf(!isInstalled)(
  'a server whose bucket is not there does not start, and says why',
  async () => {
    const run = await runDocmill(['serve'], {
      env: {
        ...environment(),
        S3_BUCKET: 'not-there',
        DOCMILL_DATA_DIR: path.join(server.dataDir, 'second'),
        DOCMILL_PORT: '0',
      },
    });
    expect(run.code).not.toBe(0);
    expect(run.stderr).toMatch(/The bucket not-there cannot be used: NoSuchBucket/);
  },
);

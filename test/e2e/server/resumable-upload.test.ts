import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DefaultHttpStack, Upload } from 'tus-js-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startCuttingProxy } from '#test/support/cutting-proxy.ts';
import { freeTestPort } from '#test/support/free-test-port.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestServer, startServer } from '#test/support/start-server.ts';

const mebibyte = 1024 * 1024;
let dataDir: string;
let port: number;
let server: TestServer;

const start = () => startServer({ dataDir, env: { DOCMILL_PORT: String(port) } });

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'docmill-test-'));
  port = await freeTestPort();
  server = await start();
}, 120_000);
afterAll(async () => {
  await server.kill('SIGTERM');
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

const uploadSchema = z.object({ status: z.string(), documentId: z.string().nullable() });

/** Sends a file with the client that browsers use; resolves to the address of the upload when all has arrived. */
function send(
  endpoint: string,
  bytes: Buffer,
  onProgress: (sent: number) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint: `${endpoint}/v1/uploads`,
      httpStack: new DefaultHttpStack({ agent: undefined }),
      // Patient: the server is away for as long as a start takes.
      retryDelays: Array.from({ length: 400 }, () => 250),
      metadata: { filename: 'large.pdf' },
      onShouldRetry: () => true,
      onProgress,
      onError: reject,
      onSuccess: () => resolve(upload.url ?? ''),
    });
    upload.start();
  });
}

test('an upload survives cut connections and a killed server, and arrives byte by byte', async () => {
  const pdf = Buffer.from(await makePdf([{ width: 200, height: 200 }]));
  const bytes = Buffer.concat([pdf, randomBytes(40 * mebibyte)]);
  const proxy = await startCuttingProxy(port, () => Math.ceil(Math.random() * 12 * mebibyte));
  try {
    const killAt = [10, 25].map((part) => (part + Math.random() * 10) * mebibyte);
    let restarting: Promise<void> | undefined;
    const restart = async (): Promise<void> => {
      await server.kill('SIGKILL');
      server = await start();
      restarting = undefined;
    };
    const url = await send(proxy.url, bytes, (sent) => {
      const [next] = killAt;
      if (next === undefined || sent < next || restarting) return;
      killAt.shift();
      restarting = restart();
    });
    await restarting;
    proxy.calm();
    expect(killAt).toEqual([]);
    expect(proxy.cuts()).toBeGreaterThan(2);
    const location = new URL(url).pathname;
    const { status, documentId } = uploadSchema.parse(
      await (await fetch(server.url + location)).json(),
    );
    expect(status).toBe('accepted');
    const original = await fetch(`${server.url}/v1/documents/${documentId}/download/original`);
    const hash = createHash('sha256').update(Buffer.from(await original.arrayBuffer()));
    expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
  } finally {
    await proxy.close();
  }
}, 240_000);

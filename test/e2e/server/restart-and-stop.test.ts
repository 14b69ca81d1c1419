import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { documentSchema } from '#features/documents/document-schema.ts';
import { uploadResultSchema } from '#features/documents/index.ts';
import { searchResultSchema } from '#features/search/index.ts';
import { eventually } from '#test/support/eventually.ts';
import { type TestServer, startServer, stopServer } from '#test/support/start-server.ts';

const report = readFileSync(
  path.resolve(import.meta.dirname, '../../../samples/museum-report.pdf'),
);

let server: TestServer;
afterEach(() => stopServer(server));

async function getJson<Schema extends z.ZodType>(
  route: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  return schema.parse(await (await fetch(`${server.url}${route}`)).json());
}

async function upload(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const form = new FormData();
  form.append('files', new Blob([bytes]), 'report.pdf');
  const response = await fetch(`${server.url}/v1/documents`, { method: 'POST', body: form });
  const { accepted } = uploadResultSchema.parse(await response.json());
  return accepted[0]?.document.id ?? '';
}

const statusSchema = z.object({ status: z.string() });
const completed = (id: string) =>
  eventually('the document to be read', async () => {
    const { status } = await getJson(`/v1/documents/${id}`, statusSchema);
    return status === 'completed';
  });

interface SlowUpload {
  request: ClientRequest;
  answer: Promise<IncomingMessage>;
}

/** A form whose last bytes are still to come, over a connection that would be kept alive. */
function beginUpload(url: string, agent: Agent): SlowUpload {
  const sent = request(`${url}/v1/documents`, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
  });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    sent.on('response', resolve).on('error', reject);
  });
  sent.write('--x\r\ncontent-disposition: form-data; name="f"; filename="slow.pdf"\r\n\r\n');
  sent.write(report);
  return { request: sent, answer };
}

test('SIGTERM lets a running upload end within 30 s, and a restart finds everything', async () => {
  server = await startServer();
  const read = await upload(report);
  await completed(read);
  const before = await getJson(`/v1/documents/${read}`, documentSchema);
  const watching = (await fetch(`${server.url}/v1/events`)).text();
  const agent = new Agent({ keepAlive: true });
  const slow = beginUpload(server.url, agent);
  const arriving = path.join(server.dataDir, 'blobs', 'tmp');
  await eventually('the first bytes to have arrived', async () => {
    const files = await readdir(arriving).catch(() => []);
    return files.length === 1;
  });
  const waiting = await upload(Buffer.concat([report, randomBytes(10)]));

  const begun = Date.now();
  const exit = server.kill('SIGTERM');
  await eventually('the stop to begin', async () => {
    const ready = await fetch(`${server.url}/health/ready`);
    await ready.body?.cancel();
    return ready.status === 503;
  });
  slow.request.end('\r\n--x--\r\n');
  const answer = await slow.answer;
  expect(answer.statusCode).toBe(202);
  const { accepted } = uploadResultSchema.parse(JSON.parse(await text(answer)));
  const late = accepted[0]?.document.id ?? '';
  expect(await exit).toBe(0);
  expect(Date.now() - begun).toBeLessThan(30_000);
  expect(await watching).toContain('retry: 1000');
  agent.destroy();

  server = await startServer({ dataDir: server.dataDir });
  await completed(waiting);
  await completed(late);
  expect(await getJson(`/v1/documents/${read}`, documentSchema)).toEqual(before);
  const found = await getJson('/v1/search?q=museum', searchResultSchema);
  expect(new Set(found.items.map((hit) => hit.documentId))).toEqual(new Set([read, waiting, late]));
  const original = await fetch(`${server.url}/v1/documents/${late}/download/original`);
  expect(Buffer.from(await original.arrayBuffer()).equals(report)).toBe(true);
});

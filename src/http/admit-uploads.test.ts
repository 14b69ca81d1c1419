import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '#test/support/eventually.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';

let parts: TestParts;
let app: TestApp;
beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts, {}, undefined, undefined, { uploadsAtOnce: 1 });
});
afterAll(async () => {
  await app.close();
  await parts.close();
});

/** An upload that never ends by itself. */
async function beginUpload() {
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const head = [
    'POST /v1/documents HTTP/1.1',
    `host: ${hostname}:${port}`,
    'content-length: 100000',
  ];
  socket.write([...head, 'content-type: multipart/form-data; boundary=x', '', '--x'].join('\r\n'));
  return socket;
}

async function upload() {
  const form = new FormData();
  const page = { width: 100, height: 100, lines: [] };
  form.append('files', new Blob([Buffer.from(await makePdf([page]))]), 'a.pdf');
  return fetch(`${app.url}/v1/documents`, { method: 'POST', body: form });
}

test('more uploads than may run at once are asked to come again, and their bytes are not kept', async () => {
  const socket = await beginUpload();
  const refused = await eventually('the other upload to run', async () => {
    const answer = await upload();
    return answer.status === 503 && answer;
  });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect(await refused.json()).toMatchObject({ code: 'upload.busy' });
  const before = await parts.database.sql`select count(*) as count from blobs`;
  expect((await upload()).status).toBe(503);
  expect(await parts.database.sql`select count(*) as count from blobs`).toEqual(before);
  expect((await fetch(`${app.url}/v1/documents`)).status).toBe(200);
  socket.destroy();
  await eventually('the place of a broken upload to be free', async () => {
    return (await upload()).status === 202;
  });
});

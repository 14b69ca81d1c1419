import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type TestServer, startServer, stopServer } from '#test/support/start-server.ts';

const listSchema = z.object({ items: z.array(z.object({ title: z.string() })) });
const linkPattern = /(http\S+)\/first-admin#token=(\S+)/;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => stopServer(server));

async function restart(): Promise<void> {
  await server.kill('SIGTERM');
  server = await startServer({ dataDir: server.dataDir, env: { DOCMILL_SIGN_IN: 'required' } });
}

test('what was uploaded before there were accounts belongs to the first admin, who is made by the printed link', async () => {
  // 1. As a single user on a laptop.
  const form = new FormData();
  form.append('files', new Blob(['Notes on herons.'], { type: 'text/plain' }), 'herons.txt');
  const upload = await fetch(`${server.url}/v1/documents`, { method: 'POST', body: form });
  expect(upload.status).toBe(202);
  expect(server.log()).not.toMatch(linkPattern);

  // 2. With accounts: the link is printed, and nobody gets in without it.
  await restart();
  const [, address, token] = linkPattern.exec(server.log()) ?? [];
  expect(address).toBe(server.url);
  expect((await fetch(`${server.url}/v1/documents`)).status).toBe(401);
  const claim = await fetch(`${server.url}/v1/auth/first-admin`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, email: 'ada@example.org', password: 'correct horse battery' }),
  });
  expect(claim.status).toBe(200);
  const cookie = claim.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const list = await fetch(`${server.url}/v1/documents`, { headers: { cookie } });
  expect(listSchema.parse(await list.json()).items.map(({ title }) => title)).toEqual(['herons']);

  // 3. From then on there is no link, and the session outlives the server.
  await restart();
  expect(server.log()).not.toMatch(linkPattern);
  expect((await fetch(`${server.url}/v1/account`, { headers: { cookie } })).status).toBe(200);
}, 60_000);

import type { ServerResponse } from 'node:http';

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { type LoopbackReceiver, startReceiver } from '#test/support/loopback-receiver.ts';

import { createOutgoingFetch } from './outgoing-fetch.ts';
import type { Resolve } from './outgoing-guard.ts';
import { type Outgoing, createOutgoing } from './outgoing.ts';

let receiver: LoopbackReceiver;
let open: Outgoing;

beforeAll(async () => {
  receiver = await startReceiver();
  open = createOutgoing({ allow: ['127.0.0.1'] });
});

afterAll(() => receiver.close());

beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer((_, response) => void response.end('ok'));
});

/** A resolver with a fixed answer for each look, the last one for all that follow. */
function resolveTo(...looks: string[][]): Resolve & { count: number } {
  const resolve = async () => {
    const addresses = looks[Math.min(resolve.count, looks.length - 1)] ?? [];
    resolve.count += 1;
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  resolve.count = 0;
  return resolve;
}

const refused = { code: 'outgoing.refused' };

test('a server that is let through is called, and its answer comes back whole', async () => {
  receiver.answer((_, response) => {
    response.writeHead(202, { 'x-one': 'two' });
    response.end('taken');
  });
  const answer = await open.send({
    url: `${receiver.url}/hook?a=1`,
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: 'grüße',
  });
  expect(answer.status).toBe(202);
  expect(answer.headers['x-one']).toBe('two');
  expect(answer.body.toString()).toBe('taken');
  expect(receiver.received).toMatchObject([
    { method: 'POST', path: '/hook?a=1', body: 'grüße', headers: { 'content-length': '7' } },
  ]);
});

test.each([
  'http://127.0.0.1',
  'http://example.org',
  'https://127.0.0.1',
  'https://127.1',
  'https://2130706433',
  'https://0x7f.0.0.1',
  'https://0177.0.0.1',
  'https://[::1]',
  'https://[::ffff:127.0.0.1]',
  'https://[::ffff:7f00:1]',
  'https://[64:ff9b::7f00:1]',
  'https://169.254.169.254/latest/meta-data',
  'https://10.0.0.1.',
  'https://0.0.0.0',
  'https://8.8.8.8:22',
  'https://user:secret@8.8.8.8',
  'ftp://8.8.8.8',
  'file:///etc/passwd',
  'data:text/plain,x',
  'not an address',
])('%s is not called', async (url) => {
  const resolve = resolveTo(['127.0.0.1']);
  const closed = createOutgoing({ allow: [], resolve });
  await expect(closed.send({ url })).rejects.toMatchObject(refused);
});

test('a name with a private address is not called, also beside a public one', async () => {
  for (const addresses of [['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], ['2606:4700::1111', '::1']]) {
    const closed = createOutgoing({ allow: [], resolve: resolveTo(addresses) });
    await expect(closed.send({ url: 'https://hooks.example.org/' })).rejects.toMatchObject(refused);
  }
});

test('a name that is public when looked at and private when used is not reached', async () => {
  // The first look is the only one: what was checked is what is connected to.
  const resolve = resolveTo(['192.0.2.7'], ['127.0.0.1']);
  const closed = createOutgoing({ allow: ['192.0.2.7/32'], resolve });
  const url = `http://rebind.example.org:${receiver.port}/`;
  await expect(closed.send({ url, timeoutMs: 300 })).rejects.toThrow();
  expect(resolve.count).toBe(1);
  // The second call looks again and finds the private one.
  await expect(closed.send({ url, timeoutMs: 300 })).rejects.toMatchObject(refused);
  expect(resolve.count).toBe(2);
  expect(receiver.received).toEqual([]);
});

test('what is not let through by name is not called by a name that leads to it', async () => {
  const resolve = resolveTo(['127.0.0.1']);
  const byName = createOutgoing({ allow: ['hooks.internal'], resolve });
  const answer = await byName.send({ url: `http://hooks.internal:${receiver.port}/` });
  expect(answer.status).toBe(200);
  const other = byName.send({ url: `http://other.internal:${receiver.port}/` });
  await expect(other).rejects.toMatchObject(refused);
  expect(receiver.received).toHaveLength(1);
});

test('the refusal does not tell which private address a name has', async () => {
  const closed = createOutgoing({ allow: [], resolve: resolveTo(['10.20.30.40']) });
  const error: unknown = await closed
    .send({ url: 'https://hooks.example.org' })
    .catch((e: unknown) => e);
  expect(String(error)).not.toContain('10.20.30.40');
});

test('a redirect is an answer like another, and nothing is called for it', async () => {
  receiver.answer((_, response) => {
    response.writeHead(302, { location: `${receiver.url}/elsewhere` });
    response.end();
  });
  expect((await open.send({ url: receiver.url })).status).toBe(302);
  await expect(createOutgoingFetch(open)(receiver.url)).rejects.toMatchObject(refused);
  expect(receiver.received.map((one) => one.path)).toEqual(['/', '/']);
});

test('a server that says nothing, or stops in the middle, is given up in time', async () => {
  receiver.answer(() => undefined);
  const silent = open.send({ url: receiver.url, timeoutMs: 150 });
  await expect(silent).rejects.toMatchObject({ code: 'outgoing.timeout' });
  receiver.answer((_, response) => void response.write('a'));
  const stuck = open.send({ url: receiver.url, timeoutMs: 150 });
  await expect(stuck).rejects.toMatchObject({ code: 'outgoing.timeout' });
});

test('a resolver that says nothing is given up in time', async () => {
  const slow = createOutgoing({ allow: [], resolve: () => new Promise(() => undefined) });
  const call = slow.send({ url: 'https://hooks.example.org', timeoutMs: 150 });
  await expect(call).rejects.toMatchObject({ code: 'outgoing.timeout' });
});

test('a huge answer is refused, or cut where only its beginning is wanted', async () => {
  const endless = (response: ServerResponse): void => {
    const piece = 'x'.repeat(64 * 1024);
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  };
  receiver.answer((_, response) => endless(response));
  const whole = open.send({ url: receiver.url, maxBytes: 100_000 });
  await expect(whole).rejects.toMatchObject({ code: 'outgoing.too_large' });
  const cut = await open.send({ url: receiver.url, maxBytes: 1_000, cutBody: true });
  expect(cut.body.toString()).toBe('x'.repeat(1_000));
});

test('headers without end are refused', async () => {
  receiver.answer((_, response) => {
    response.writeHead(200, { 'x-long': 'x'.repeat(20_000) });
    response.end();
  });
  await expect(open.send({ url: receiver.url })).rejects.toMatchObject({ code: 'outgoing.failed' });
});

test('a connection that is cut, before or within the answer, is a failure of the call', async () => {
  receiver.answer((_, response) => void response.destroy());
  await expect(open.send({ url: receiver.url })).rejects.toMatchObject({ code: 'outgoing.failed' });
  receiver.answer((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('only this');
    setImmediate(() => response.destroy());
  });
  await expect(open.send({ url: receiver.url })).rejects.toMatchObject({ code: 'outgoing.failed' });
});

test('the caller can end a call', async () => {
  receiver.answer(() => undefined);
  const stop = new AbortController();
  const call = open.send({ url: receiver.url, signal: stop.signal });
  await receiver.until(1);
  stop.abort();
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
});

test('fetch gives libraries status, headers and body', async () => {
  receiver.answer((request, response) => {
    response.writeHead(request.path === '/none' ? 204 : 200, {
      'content-type': 'application/json',
    });
    response.end(request.path === '/none' ? '' : JSON.stringify({ got: request.body }));
  });
  const fetch = createOutgoingFetch(open);
  const answer = await fetch(`${receiver.url}/keys`, { method: 'POST', body: 'a=b' });
  expect(answer.ok).toBe(true);
  expect(await answer.json()).toEqual({ got: 'a=b' });
  expect((await fetch(`${receiver.url}/none`)).status).toBe(204);
});

test('a wrong entry of the allowance stops the start', () => {
  expect(() => createOutgoing({ allow: ['10.0.0.0/99'] })).toThrow('10.0.0.0/99');
});

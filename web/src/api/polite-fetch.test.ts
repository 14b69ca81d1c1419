import { afterEach, expect, test, vi } from 'vitest';
import { politeFetch } from './polite-fetch.ts';

afterEach(() => vi.unstubAllGlobals());

/** Answers one after the other. */
function answer(...answers: Response[]): () => number {
  let asked = 0;
  vi.stubGlobal('fetch', async () => answers[asked++] ?? Response.error());
  return () => asked;
}

const busy = (seconds: number) =>
  new Response(null, { status: 429, headers: { 'retry-after': String(seconds) } });

test('a short wait is waited, and the request is sent again', async () => {
  const asked = answer(busy(0), new Response('done'));
  expect((await politeFetch('/v1/zones', {})).status).toBe(200);
  expect(asked()).toBe(2);
});

test('a long wait is for the person to know', async () => {
  const asked = answer(busy(60), new Response('done'));
  expect((await politeFetch('/v1/zones', {})).status).toBe(429);
  expect(asked()).toBe(1);
});

test('who goes away while waiting waits no longer', async () => {
  answer(busy(10));
  const abort = new AbortController();
  const asking = politeFetch('/v1/zones', { signal: abort.signal });
  abort.abort(new Error('gone'));
  await expect(asking).rejects.toThrow('gone');
});

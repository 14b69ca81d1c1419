import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#features/identity/index.ts';
import { openRealtime } from '#realtime/open-realtime.ts';
import type { RateLimiter } from '#realtime/rate-limiter.ts';
import { guessedVerdict } from '#realtime/rate-limiter.ts';
import { insertUser } from '#test/support/factories.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';
import type { RateLimits } from './limit-rates.ts';
import { limitRates } from './limit-rates.ts';
import { sendProblem } from './problem.ts';

const rates = { auth: '2/15m', upload: '2/1m', write: '3/1m,4/10m', read: '2/1m' };

let parts: TestParts;
let limiter: RateLimiter;
const apps: TestApp[] = [];
beforeAll(async () => {
  parts = await openParts();
  limiter = openRealtime({ ...parts, redisUrl: undefined }).rateLimits;
});
afterAll(async () => {
  for (const app of apps) await app.close();
  await parts.close();
});

/** A server where the header x-user says who asks, with limits. */
async function serve(changes: Partial<RateLimits> = {}, own?: Actor['limits']) {
  const users = new Map<string, Actor>();
  const app = await startApp(
    parts,
    {},
    undefined,
    async ({ headers }) => {
      const name = String(headers['x-user'] ?? 'ann');
      const actor = users.get(name) ?? { ...(await insertUser(parts.database)), limits: own };
      users.set(name, actor);
      return actor;
    },
    { rates: { limiter, rates, ...changes }, trustedProxies: ['127.0.0.1'] },
  );
  apps.push(app);
  return (path: string, init: RequestInit = {}) => fetch(`${app.url}${path}`, init);
}

test('what is over the limit is refused, per user and route, and every answer says what is left', async () => {
  const ask = await serve();
  const first = await ask('/v1/documents');
  expect(first.headers.get('ratelimit-policy')).toBe('"read-60s";q=2;w=60');
  expect(first.headers.get('ratelimit')).toMatch(/^"read-60s";r=1;t=(59|60)$/);
  expect((await ask('/v1/documents')).status).toBe(200);
  const refused = await ask('/v1/documents');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('ratelimit')).toMatch(/^"read-60s";r=0;t=\d+$/);
  const wait = Number(refused.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(50);
  expect(wait).toBeLessThanOrEqual(60);
  expect(await refused.json()).toMatchObject({
    code: 'request.too_many',
    details: { limit: 2, seconds: 60, retryAfterSeconds: wait },
  });
  expect((await ask('/v1/folders')).status).toBe(200);
  expect((await ask('/v1/documents', { headers: { 'x-user': 'bob' } })).status).toBe(200);
});

test('a burst is let through as long as the longer window has room', async () => {
  const ask = await serve();
  const write = (name: string) =>
    ask('/v1/folders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    });
  const first = await write('a');
  expect(first.status).toBe(201);
  expect(first.headers.get('ratelimit-policy')).toBe(
    '"write-60s";q=3;w=60, "write-600s";q=4;w=600',
  );
  await write('b');
  await write('c');
  expect((await write('d')).status).toBe(429);
  expect((await ask('/v1/folders')).status).toBe(200);
});

test('the limits of a user go before those of the server', async () => {
  const ask = await serve({}, { rates: { read: 'off', write: '1/1m' } });
  for (let count = 0; count < 5; count += 1) {
    const answer = await ask('/v1/documents');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('ratelimit')).toBeNull();
  }
});

/** A server with a sign-in that says what it is told to. */
async function serveSignIn(counted: RateLimiter = limiter) {
  const http = fastify({ trustProxy: ['127.0.0.1'] });
  http.setErrorHandler(sendProblem);
  http.decorateRequest('actor');
  limitRates(http, { limiter: counted, rates });
  http.post('/v1/auth/sign-in', (request, reply) => {
    void reply.status(request.url.endsWith('?good') ? 200 : 401).send({});
  });
  http.post('/v1/auth/reset-request', (_request, reply) => void reply.status(202).send({}));
  return async (path: string, address: string) => {
    const headers = { 'x-forwarded-for': address };
    const answer = await http.inject({ method: 'POST', url: `/v1/auth/${path}`, headers });
    return answer.statusCode;
  };
}

test('failed sign-ins count by address, and those that succeed do not', async () => {
  const post = await serveSignIn();
  const statuses: number[] = [];
  for (const path of ['sign-in?good', 'sign-in', 'sign-in?good', 'sign-in?good', 'sign-in']) {
    statuses.push(await post(path, '192.0.2.1'));
  }
  expect(statuses).toEqual([200, 401, 200, 200, 401]);
  expect(await post('sign-in?good', '192.0.2.1')).toBe(429);
  expect(await post('sign-in', '192.0.2.2')).toBe(401);
});

test('what succeeds for anybody, such as a mail to reset a password, counts always', async () => {
  const post = await serveSignIn();
  const statuses: number[] = [];
  for (let count = 0; count < 3; count += 1) {
    statuses.push(await post('reset-request', '192.0.2.3'));
  }
  expect(statuses).toEqual([202, 202, 429]);
});

test('while nothing can be counted reads pass and sign-ins do not', async () => {
  const broken: RateLimiter = {
    take: async (_principal, limit) => guessedVerdict(limit),
    giveBack: async () => undefined,
  };
  const ask = await serve({ limiter: broken });
  expect((await ask('/v1/documents')).status).toBe(200);
  const post = await serveSignIn(broken);
  expect(await post('sign-in?good', '192.0.2.4')).toBe(503);
});

test('pages of the web application and health checks are not counted', async () => {
  const ask = await serve();
  for (let count = 0; count < 4; count += 1) {
    expect((await ask('/health/live')).status).toBe(200);
  }
});

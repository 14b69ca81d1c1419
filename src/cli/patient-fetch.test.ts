import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { patientFetch } from './patient-fetch.ts';

const servers: FastifyInstance[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Gives the answers one after the other, the last one again and again. */
async function serve(...answers: { status: number; retryAfter?: string }[]) {
  const bodies: string[] = [];
  const server = fastify({ forceCloseConnections: true });
  server.addContentTypeParser(
    '*',
    { parseAs: 'string' },
    async (_request: unknown, body: string) => body,
  );
  server.all('/', async (request, reply) => {
    const { status, retryAfter } = answers[Math.min(bodies.length, answers.length - 1)] ?? {};
    bodies.push(typeof request.body === 'string' ? request.body : '');
    if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
    return reply.status(status ?? 500).send('');
  });
  servers.push(server);
  return { url: await server.listen({ host: '127.0.0.1', port: 0 }), bodies };
}

test('a busy server is asked again after the time it says, with the same body', async () => {
  const { url, bodies } = await serve(
    { status: 503, retryAfter: '0' },
    { status: 429, retryAfter: '1' },
    { status: 200 },
  );
  const waits: number[] = [];
  const body = new FormData();
  body.append('file', new Blob(['all of it']), 'a.txt');
  const answer = await patientFetch(url, { method: 'POST', body }, (wait) => waits.push(wait));
  expect(answer.status).toBe(200);
  expect(waits).toEqual([0, 1]);
  expect(bodies.map((text) => text.includes('all of it'))).toEqual([true, true, true]);
});

test('an answer that says no time, or too long a time, is final', async () => {
  for (const answer of [{ status: 503 }, { status: 429, retryAfter: '100000' }, { status: 404 }]) {
    const { url, bodies } = await serve(answer);
    expect((await patientFetch(url, undefined, () => undefined)).status).toBe(answer.status);
    expect(bodies).toHaveLength(1);
  }
});

test('a server that is always busy is given up', async () => {
  const { url, bodies } = await serve({ status: 503, retryAfter: '0' });
  expect((await patientFetch(url, undefined, () => undefined)).status).toBe(503);
  expect(bodies).toHaveLength(10);
});

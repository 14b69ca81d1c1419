import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { runOpenLoop } from './open-loop.ts';
import { percentile } from './sample-statistics.ts';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return `http://127.0.0.1:${address.port}`;
}

const load = { route: '/list', connections: 4, everyMs: 50, durationMs: 300 };

test('every connection sends each request of its timetable over one connection', async () => {
  const sockets = new Set<unknown>();
  const server = await serve((request, response) => {
    sockets.add(request.socket);
    response.end('x'.repeat(200_000));
  });
  const { latenciesMs, errors } = await runOpenLoop({ ...load, server });
  expect(latenciesMs).toHaveLength(24);
  expect(errors).toBe(0);
  expect(sockets.size).toBe(4);
});

test('a request that was due while the last one was unanswered pays for the wait', async () => {
  const server = await serve((_request, response) => void setTimeout(() => response.end('x'), 100));
  const { latenciesMs, elapsedMs } = await runOpenLoop({ ...load, connections: 1, server });
  // The sixth is due at 250 ms and answered at 600 ms at the earliest.
  expect(percentile(latenciesMs, 1)).toBeGreaterThan(300);
  expect(elapsedMs).toBeGreaterThan(550);
});

test('requests of several kinds take turns, and each has its own latencies', async () => {
  const seen: string[] = [];
  const server = await serve((request, response) => {
    request.resume().on('end', () => {
      seen.push(`${request.method} ${request.url}`);
      response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-length': 1 }).end('x');
    });
  });
  const host = `host: ${new URL(server).host}`;
  const requests = [
    Buffer.from(`GET /a HTTP/1.1\r\n${host}\r\n\r\n`),
    Buffer.from(`POST /b HTTP/1.1\r\n${host}\r\ncontent-length: 3\r\n\r\nabc`),
  ];
  const { latenciesOf, errors } = await runOpenLoop({ ...load, requests, server });
  expect(errors).toBe(0);
  expect(latenciesOf.map((latencies) => latencies.length)).toEqual([12, 12]);
  expect(seen.filter((line) => line === 'POST /b')).toHaveLength(12);
});

test('answers outside of 2xx and broken connections are errors', async () => {
  const refusing = await serve((_request, response) => {
    response.statusCode = 503;
    response.end('busy');
  });
  expect((await runOpenLoop({ ...load, server: refusing })).errors).toBe(24);
  const breaking = await serve((request) => request.socket.destroy());
  expect((await runOpenLoop({ ...load, server: breaking })).errors).toBeGreaterThan(0);
});

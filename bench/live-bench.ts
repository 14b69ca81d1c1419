import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Bench, BenchContext } from './bench.ts';
import type { Figure } from './figure.ts';
import { overLimit, underLimit } from './figure.ts';
import { type MeasuredServer, withServer } from './measured-server.ts';
import { percentile } from './sample-statistics.ts';

const connections = 1_000;
const changes = 40;
const limitMs = 100;

export const liveBench: Bench = {
  name: 'live',
  summary:
    'from a request that changes something to the event at the client, alone and among 1,000',
  run: (context) => withServer({}, (server) => measure(context, server)),
};

async function measure({ folder, say }: BenchContext, server: MeasuredServer): Promise<Figure[]> {
  const file = path.join(folder, 'live.pdf');
  await writeFile(file, '%PDF-1.7\nand nothing more');
  const { documentId, jobId } = await server.upload(file);
  await untilFailed(server.url, jobId);
  const watcher = await connect(server.url);
  const alone = await measureChanges(server.url, documentId, jobId, [watcher]);
  say(
    `live: a job told after ${Math.round(percentile(alone.job, 0.5))} ms (median), opening ${connections} connections`,
  );
  const crowd = [watcher];
  while (crowd.length < connections) {
    crowd.push(...(await Promise.all(Array.from({ length: 20 }, () => connect(server.url)))));
  }
  const all = await measureChanges(server.url, documentId, jobId, crowd);
  const held = crowd.filter(({ readyState }) => readyState === WebSocket.OPEN).length;
  for (const socket of crowd) socket.terminate();
  return [
    overLimit('live.connections_held', 'connections', held, connections),
    underLimit('live.job.p50', 'ms', percentile(alone.job, 0.5), limitMs),
    underLimit('live.job.p99', 'ms', percentile(alone.job, 0.99), limitMs),
    underLimit('live.document.p50', 'ms', percentile(alone.document, 0.5), limitMs),
    underLimit('live.document.p99', 'ms', percentile(alone.document, 0.99), limitMs),
    // The clients share the processors with the server here, so that the last of a thousand is told as well.
    underLimit('live.job.p50_of_1000', 'ms', percentile(all.job, 0.5), limitMs * 2),
  ];
}

async function connect(url: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/live`);
  await once(socket, 'open');
  socket.send('{"type":"subscribe_all"}');
  await heard(socket, (text) => text.startsWith('{"type":"subscribed"'));
  return socket;
}

/** Milliseconds by which the event came after the answer, which is sent as soon as the change is committed; 0 when before. */
async function measureChanges(
  url: string,
  documentId: string,
  jobId: string,
  sockets: readonly WebSocket[],
): Promise<{ job: number[]; document: number[] }> {
  const samples: { job: number[]; document: number[] } = { job: [], document: [] };
  const rounds = sockets.length > 1 ? changes / 8 : changes;
  for (let round = 0; round < rounds; round += 1) {
    // What is told of the round before has come by then.
    await pause(2 * limitMs);
    samples.job.push(
      // Whatever it is by the time its snapshot is read: a worker may have taken it, and even have failed.
      ...(await timed(sockets, /^\{"type":"job"/, () =>
        fetch(`${url}/v1/jobs/${jobId}/retry`, { method: 'POST' }),
      )),
    );
    await untilFailed(url, jobId);
    const title = `Round ${round} of ${sockets.length}`;
    samples.document.push(
      ...(await timed(sockets, new RegExp(`^\\{"type":"document".*"${title}"`), () =>
        fetch(`${url}/v1/documents/${documentId}`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ title }),
        }),
      )),
    );
  }
  return samples;
}

async function timed(
  sockets: readonly WebSocket[],
  sign: RegExp,
  change: () => Promise<Response>,
): Promise<number[]> {
  const arrivals = sockets.map(async (socket) => {
    await heard(socket, (text) => sign.test(text));
    return performance.now();
  });
  const response = await change();
  const answeredAt = performance.now();
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`a change of the bench was answered with ${response.status}`);
  return (await Promise.all(arrivals)).map((arrivedAt) => Math.max(0, arrivedAt - answeredAt));
}

function heard(socket: WebSocket, isWanted: (text: string) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('an event of the bench never came')), 30_000);
    const listen = (data: Buffer): void => {
      if (!isWanted(data.toString('utf8'))) return;
      clearTimeout(timer);
      socket.off('message', listen);
      resolve();
    };
    socket.on('message', listen);
  });
}

const jobAnswer = z.object({ status: z.string() });

async function untilFailed(url: string, jobId: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(`${url}/v1/jobs/${jobId}`);
    if (jobAnswer.parse(await answer.json()).status === 'failed') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the job of the bench does not end');
}

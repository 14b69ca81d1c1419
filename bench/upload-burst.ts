import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { BenchContext } from './bench.ts';
import { type BenchRow, plainFigure, underLimit } from './figure.ts';
import { withServer } from './measured-server.ts';
import { memoryOf } from './resident-memory.ts';
import { pdfOfSize, uploadRequest } from './upload-request.ts';

const megabyte = 1024 * 1024;
const fileMegabytes = 5;

interface Outcome {
  acknowledged: number;
  /** Answers 429 or 503, after which the client waited as long as it was told. */
  asked: number;
  lost: number;
}

/** As many uploads of 5 MB at the same moment as asked for; clients wait when they are told and come again. */
export async function measureUploadBurst(context: BenchContext): Promise<BenchRow[]> {
  const { apiUploads: uploads, say } = context;
  return withServer(
    {},
    async (server) => {
      say(`api: ${uploads} uploads of ${fileMegabytes} MB at once`);
      const request = uploadRequest(server.url, pdfOfSize(fileMegabytes * megabyte));
      const outcome: Outcome = { acknowledged: 0, asked: 0, lost: 0 };
      const startedAt = performance.now();
      const clients = Array.from({ length: uploads }, () => upload(server.url, request, outcome));
      await Promise.all(clients);
      const elapsed = (performance.now() - startedAt) / 1_000;
      return [
        underLimit('api.burst_not_acknowledged', 'uploads', uploads - outcome.acknowledged, 1),
        plainFigure('api.burst_asked_to_wait', 'answers', outcome.asked),
        plainFigure('api.burst_broken_connections', 'tries', outcome.lost),
        plainFigure('api.burst_throughput', 'MB/s', (uploads * fileMegabytes) / elapsed),
        underLimit('api.burst_server_peak', 'MiB', memoryOf(server.pid, 'VmHWM'), 512),
      ];
    },
    ['--roles', 'api'],
  );
}

const mostTries = 500;

async function upload(server: string, request: Buffer, outcome: Outcome): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { status, waitSeconds } = await sendOnce(server, request);
    if (status === 202) {
      outcome.acknowledged += 1;
      return;
    }
    if (status === 429 || status === 503) outcome.asked += 1;
    else outcome.lost += 1;
    await delay(1_000 * waitSeconds);
  }
}

/** One try over a connection of its own; status 0 for one that broke without an answer. */
async function sendOnce(
  server: string,
  request: Buffer,
): Promise<{ status: number; waitSeconds: number }> {
  const { hostname, port } = new URL(server);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  let head = '';
  const answered = new Promise<void>((resolve) => {
    socket.setEncoding('latin1').on('data', (text: string) => {
      head += text;
      if (head.includes('\r\n\r\n')) resolve();
    });
    socket.on('close', () => resolve());
  });
  await Promise.race([once(socket, 'connect'), answered]);
  socket.write(request);
  await answered;
  socket.destroy();
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0);
  const waitSeconds = Number(/^retry-after: (\d+)/im.exec(head)?.[1] ?? 1);
  return { status, waitSeconds };
}

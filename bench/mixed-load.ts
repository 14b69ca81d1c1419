import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { BenchContext } from './bench.ts';
import { type BenchRow, plainFigure, underLimit } from './figure.ts';
import { withServer } from './measured-server.ts';
import { runOpenLoop } from './open-loop.ts';
import { memoryOf } from './resident-memory.ts';
import { percentile } from './sample-statistics.ts';
import { pdfOfSize, uploadRequest } from './upload-request.ts';

const connections = 1_000;
const seconds = 20;
const megabyte = 1024 * 1024;
/** Of twenty requests. */
const [reads, writes] = [16, 3];
const delaySchema = z.object({ p99: z.number(), max: z.number() });

/**
 * 1,000 clients at one request a second each: 80 % lists, 15 % journal entries, 5 % uploads of 1 MB. The server only
 * takes in: what is uploaded waits for workers, which would be other processes.
 */
export async function measureMixedLoad({ folder, say }: BenchContext): Promise<BenchRow[]> {
  const delayFile = path.join(folder, 'event-loop-delay.json');
  const preload = path.join(import.meta.dirname, 'delay-preload.ts');
  const env = { NODE_OPTIONS: `--import=${preload}`, BENCH_DELAY_FILE: delayFile };
  return withServer(
    env,
    async (server) => {
      say(`api: ${connections} clients, reads, writes and uploads mixed, for ${seconds} s`);
      const requests = wheel(server.url);
      const load = { server: server.url, requests, connections, everyMs: 1_000 };
      await runOpenLoop({ ...load, durationMs: 3_000 });
      const found = await runOpenLoop({ ...load, durationMs: seconds * 1_000 });
      const { latenciesMs, latenciesOf, errors, elapsedMs } = found;
      const slowest = (from: number, to: number): number =>
        percentile(latenciesOf.slice(from, to).flat(), 0.95);
      const delay = delaySchema.parse(JSON.parse(readFileSync(delayFile, 'utf8')));
      const errorPercent = (100 * errors) / (latenciesMs.length + errors);
      return [
        underLimit('api.mixed_p95', 'ms', percentile(latenciesMs, 0.95), 150),
        underLimit('api.mixed_p99', 'ms', percentile(latenciesMs, 0.99), 500),
        underLimit('api.mixed_errors', '%', errorPercent, 0.1),
        plainFigure('api.mixed_read_p95', 'ms', slowest(0, reads)),
        plainFigure('api.mixed_write_p95', 'ms', slowest(reads, reads + writes)),
        plainFigure('api.mixed_upload_p95', 'ms', slowest(reads + writes, requests.length)),
        plainFigure('api.mixed_answered', 'requests/s', (1_000 * latenciesMs.length) / elapsedMs),
        plainFigure('api.mixed_server_peak', 'MiB', memoryOf(server.pid, 'VmHWM')),
        plainFigure('api.mixed_loop_delay_p99', 'ms', delay.p99),
        plainFigure('api.mixed_loop_delay_max', 'ms', delay.max),
      ];
    },
    ['--roles', 'api'],
  );
}

/** Twenty requests in the order that spreads them best; kinds stand together so that they can be told apart. */
function wheel(server: string): Buffer[] {
  const { host } = new URL(server);
  const read = Buffer.from(`GET /v1/documents?limit=20 HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
  const body = JSON.stringify({ rawData: { text: 'A note of the bench about nothing much.' } });
  const head = `host: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
  const write = Buffer.from(`POST /v1/journal HTTP/1.1\r\n${head}\r\n\r\n${body}`);
  const upload = uploadRequest(server, pdfOfSize(megabyte));
  return [
    ...Array.from({ length: reads }, () => read),
    ...Array.from({ length: writes }, () => write),
    upload,
  ];
}

import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localOwner } from '#features/identity/index.ts';
import type { JobId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { eventually } from '#test/support/eventually.ts';
import { insertUser, makeReading, storeDocument } from '#test/support/factories.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';
import { JobFeed, type JobSubscriber } from './job-feed.ts';
import { cancelJob } from './job-control.ts';

let parts: TestParts;
let app: TestApp;
beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts);
});
afterAll(async () => {
  await app.close();
  await parts.close();
});

interface Stream {
  response: Response;
  /** Blocks of the stream so far, comments included. */
  blocks: string[];
  /** Resolves when the server ends the stream. */
  ended: Promise<void>;
  close(): void;
}

/** Says everything twice, as a change at the same moment as the subscription may. */
class EagerFeed extends JobFeed {
  override subscribe(subscriber: JobSubscriber): Promise<() => void> {
    return super.subscribe({
      ...subscriber,
      send(job) {
        subscriber.send(job);
        subscriber.send(job);
      },
    });
  }
}

async function open(route: string, server: TestApp = app): Promise<Stream> {
  const abort = new AbortController();
  const response = await fetch(`${server.url}${route}`, { signal: abort.signal });
  const blocks: string[] = [];
  const ended = collect(response, blocks).catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  return { response, blocks, ended, close: () => abort.abort() };
}

async function collect(response: Response, blocks: string[]): Promise<void> {
  let rest = '';
  for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parted = (rest + text).split('\n\n');
    rest = parted.pop() ?? '';
    blocks.push(...parted);
  }
}

/** Snapshots of `event: job`, in order. */
function jobsIn(stream: Stream): { id: string; status: string }[] {
  return stream.blocks
    .filter((block) => block.includes('event: job\n'))
    .map((block) => JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null'));
}

async function run(jobId: JobId): Promise<void> {
  await parts.database.sql`
    update processing_jobs set status = 'running', started_at = now() where id = ${jobId}`;
  parts.bells.jobs.ring(jobId);
}

describe('the stream of one job', () => {
  test('follows it to its end and then ends itself', async () => {
    const { jobId } = await storeDocument(parts.database);
    const stream = await open(`/v1/jobs/${jobId}/events`);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await eventually('the first snapshot', () => jobsIn(stream).length === 1);
    await run(jobId);
    await eventually('the second', () => jobsIn(stream).at(-1)?.status === 'running');
    await cancelJob(parts, localOwner, jobId);
    await stream.ended;
    expect(jobsIn(stream).map((job) => job.status)).toEqual(['queued', 'running', 'cancelled']);
    expect(stream.blocks[0]).toBe('retry: 1000');
    expect(stream.blocks.at(-1)).toBe('event: end\ndata: {}');
  });

  test('of a finished job is its last snapshot', async () => {
    const { jobId } = await storeDocument(parts.database, { pages: [makeReading(1, 'x')] });
    const stream = await open(`/v1/jobs/${jobId}/events`);
    await stream.ended;
    expect(jobsIn(stream)).toMatchObject([{ id: jobId, status: 'completed' }]);
  });

  test('is right again after a reconnect, whatever was missed', async () => {
    const { jobId } = await storeDocument(parts.database);
    const first = await open(`/v1/jobs/${jobId}/events`);
    await eventually('the first snapshot', () => jobsIn(first).length === 1);
    first.close();
    await first.ended;
    await run(jobId);
    const second = await open(`/v1/jobs/${jobId}/events`);
    await eventually('the state', () => jobsIn(second)[0]?.status === 'running');
    second.close();
  });

  test('carries the headers that every answer carries', async () => {
    const { jobId } = await storeDocument(parts.database, { pages: [makeReading(1, 'x')] });
    const { response, ended } = await open(`/v1/jobs/${jobId}/events`);
    await ended;
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('is refused with a problem for a job that is missing or foreign', async () => {
    const stranger = await insertUser(parts.database);
    const { jobId } = await storeDocument(parts.database, {}, stranger);
    for (const id of [jobId, newId<JobId>()]) {
      const response = await fetch(`${app.url}/v1/jobs/${id}/events`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: 'job.not_found' });
    }
  });

  test('takes a final snapshot that comes again while it closes', async () => {
    const { jobId } = await storeDocument(parts.database, { pages: [makeReading(1, 'x')] });
    const feed = new EagerFeed(parts.database, parts.bells.jobs, parts.logger);
    const other = await startApp(parts, { feed });
    const errors: Error[] = [];
    other.http.server.on('request', (_request, response) => {
      response.on('error', (error: Error) => errors.push(error));
    });
    const stream = await open(`/v1/jobs/${jobId}/events`, other);
    await stream.ended;
    expect(jobsIn(stream)).toHaveLength(1);
    expect(errors).toEqual([]);
    expect((await fetch(`${other.url}/health/live`)).status).toBe(200);
    await other.close();
  });

  test('survives clients that leave at once', async () => {
    const { jobId } = await storeDocument(parts.database);
    const { port } = new URL(app.url);
    for (let round = 0; round < 20; round++) {
      const socket = connect(Number(port), '127.0.0.1');
      await once(socket, 'connect');
      socket.write(`GET /v1/jobs/${jobId}/events HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`);
      if (round % 2 === 0) await once(socket, 'data');
      socket.destroy();
      parts.bells.jobs.ring(jobId);
    }
    expect((await fetch(`${app.url}/health/live`)).status).toBe(200);
  });
});

test('the stream of everything shows my jobs and goes on after one has ended', async () => {
  const stranger = await insertUser(parts.database);
  const foreign = await storeDocument(parts.database, {}, stranger);
  const [one, two] = [await storeDocument(parts.database), await storeDocument(parts.database)];
  const stream = await open('/v1/events');
  const statusOf = (id: string) => jobsIn(stream).findLast((job) => job.id === id)?.status;
  await eventually('both', () => statusOf(one.jobId) === 'queued' && statusOf(two.jobId));
  await cancelJob(parts, localOwner, one.jobId);
  await eventually('the end of one', () => statusOf(one.jobId) === 'cancelled');
  await run(two.jobId);
  parts.bells.jobs.ring(foreign.jobId);
  await eventually('the other', () => statusOf(two.jobId) === 'running');
  expect(statusOf(foreign.jobId)).toBeUndefined();
  stream.close();
});

test('open streams do not keep the server from closing', async () => {
  const other = await startApp(parts);
  const response = await fetch(`${other.url}/v1/events`);
  const read = response.text();
  await other.close();
  expect(await read).toContain('retry: 1000');
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createDocumentTeller } from '#features/documents/index.ts';
import type { JobId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { OutboxPublisher } from '#queue/outbox-publisher.ts';
import { eventually } from '#test/support/eventually.ts';
import { insertUser, storeDocument } from '#test/support/factories.ts';
import { type LiveClient, openLive } from '#test/support/live-client.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';

let parts: TestParts;
let app: TestApp;
/** A second API process over the same database. */
let elsewhere: TestApp;
let publisher: OutboxPublisher;
let opened: LiveClient[] = [];

beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts);
  elsewhere = await startApp(parts);
  const handlers = { 'document.changed': createDocumentTeller(parts.bells.documents) };
  publisher = new OutboxPublisher({ ...parts, handlers, pollMs: 20 });
  await publisher.start();
});
afterEach(async () => {
  await Promise.all(opened.map((client) => client.close()));
  opened = [];
  await parts.database.sql`delete from documents`;
});
afterAll(async () => {
  await publisher.stop();
  await Promise.all([app.close(), elsewhere.close()]);
  await parts.close();
});

async function connect(server: TestApp = app): Promise<LiveClient> {
  const client = await openLive(server.url);
  opened.push(client);
  return client;
}

async function run(jobId: JobId): Promise<void> {
  await parts.database.sql`
    update processing_jobs set status = 'running', started_at = now() where id = ${jobId}`;
  parts.bells.jobs.ring(jobId);
}

async function cancel(jobId: JobId, ring = true): Promise<void> {
  await parts.database.sql`
    update processing_jobs set status = 'cancelled', completed_at = now() where id = ${jobId}`;
  if (ring) parts.bells.jobs.ring(jobId);
}

const store = () => storeDocument(parts.database);

describe('jobs by name', () => {
  test('begin with a snapshot and follow every change, in every API process', async () => {
    const { jobId } = await store();
    const clients = [await connect(), await connect(elsewhere)];
    for (const client of clients) {
      client.say({ type: 'subscribe', jobIds: [jobId] });
      await client.hear('job', ({ data }) => data.status === 'queued');
      expect(await client.hear('subscribed')).toEqual({
        type: 'subscribed',
        jobIds: [jobId],
        all: false,
      });
    }
    await run(jobId);
    for (const client of clients) await client.hear('job', ({ data }) => data.status === 'running');
    await cancel(jobId);
    for (const client of clients) {
      await client.hear('job', ({ data }) => data.status === 'cancelled');
      const ids = client.all('job').map((message) => Number(message.id));
      expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    }
  });

  test('that are not watched any more are not told of', async () => {
    const [one, two] = [await store(), await store()];
    const client = await connect();
    client.say({ type: 'subscribe', jobIds: [one.jobId, two.jobId] });
    client.say({ type: 'unsubscribe', jobIds: [one.jobId] });
    await client.hear('subscribed', ({ jobIds }) => jobIds.length === 1);
    await run(one.jobId);
    await run(two.jobId);
    await client.hear('job', ({ data }) => data.id === two.jobId && data.status === 'running');
    const ofOne = client.all('job').filter(({ data }) => data.id === one.jobId);
    expect(ofOne.map(({ data }) => data.status)).toEqual(['queued']);
  });

  test('that are foreign or missing are refused, and the others are watched all the same', async () => {
    const foreign = await storeDocument(parts.database, {}, await insertUser(parts.database));
    const { jobId } = await store();
    const client = await connect();
    client.say({ type: 'subscribe', jobIds: [foreign.jobId, newId<JobId>(), jobId] });
    const { jobIds } = await client.hear('subscribed');
    expect(jobIds).toEqual([jobId]);
    expect(client.all('error').map(({ code }) => code)).toEqual(['job.not_found', 'job.not_found']);
    parts.bells.jobs.ring(foreign.jobId);
    await run(jobId);
    await client.hear('job', ({ data }) => data.status === 'running');
    expect(client.all('job').filter(({ data }) => data.id === foreign.jobId)).toEqual([]);
  });

  test('are taken up by a new connection of the same user', async () => {
    const { jobId } = await store();
    const lost = await connect();
    lost.say({ type: 'subscribe', jobIds: [jobId] });
    await lost.hear('subscribed');
    lost.socket.terminate();
    await run(jobId);
    const next = await connect(elsewhere);
    next.say({ type: 'resume' });
    expect((await next.hear('subscribed')).jobIds).toContain(jobId);
    await next.hear('job', ({ data }) => data.id === jobId && data.status === 'running');
  });
});

describe('everything of mine', () => {
  test('tells of jobs and documents, new ones too, and of nobody else’s', async () => {
    const client = await connect();
    client.say({ type: 'subscribe_all' });
    await client.hear('subscribed', ({ all }) => all);
    const { documentId, jobId } = await store();
    const foreign = await storeDocument(parts.database, {}, await insertUser(parts.database));
    await client.hear('document', ({ data }) => data.id === documentId);
    await run(jobId);
    await client.hear('job', ({ data }) => data.id === jobId && data.status === 'running');
    await client.hear('document', ({ data }) => data.status === 'processing');
    await parts.database.sql`update documents set title = 'Renamed' where id = ${documentId}`;
    await client.hear('document', ({ data }) => data.title === 'Renamed');
    await parts.database.sql`update documents set deleted_at = now() where id = ${documentId}`;
    await client.hear('document', ({ data }) => data.trashed);
    expect(client.all('document').some(({ data }) => data.id === foreign.documentId)).toBe(false);
    client.say({ type: 'unsubscribe_all' });
    await client.hear('subscribed', ({ all }) => !all);
  });

  test('resumed after an event tells what ended while nobody listened', async () => {
    const [one, two] = [await store(), await store()];
    const lost = await connect();
    lost.say({ type: 'subscribe_all' });
    const { id } = await lost.hear('job', ({ data }) => data.id === two.jobId);
    await lost.close();
    // Without a hint, which might still reach those who come now.
    await cancel(one.jobId, false);
    const plain = await connect();
    plain.say({ type: 'subscribe_all' });
    await plain.hear('subscribed');
    expect(plain.all('job').map(({ data }) => data.id)).toEqual([two.jobId]);
    const resumed = await connect(elsewhere);
    resumed.say({ type: 'subscribe_all', after: id });
    await resumed.hear('job', ({ data }) => data.id === one.jobId && data.status === 'cancelled');
    await resumed.hear('job', ({ data }) => data.id === two.jobId);
  });

  test('and a job by name are one snapshot a change', async () => {
    const { jobId } = await store();
    const client = await connect();
    client.say({ type: 'subscribe_all' });
    client.say({ type: 'subscribe', jobIds: [jobId] });
    await client.hear('subscribed', ({ jobIds }) => jobIds.length === 1);
    await run(jobId);
    await cancel(jobId);
    await client.hear('job', ({ data }) => data.status === 'cancelled');
    const moments = client.all('job').map(({ id }) => id);
    expect(moments).toEqual([...new Set(moments)]);
  });
});

describe('the event stream', () => {
  test('resumed by Last-Event-ID tells what ended meanwhile', async () => {
    const { jobId } = await store();
    await cancel(jobId);
    const abort = new AbortController();
    const response = await fetch(`${app.url}/v1/events`, {
      headers: { 'last-event-id': String(Date.now() - 1_000) },
      signal: abort.signal,
    });
    let text = '';
    const reading = (async () => {
      for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? [])
        text += piece;
    })().catch(() => undefined);
    await eventually('the ended job', () => text.includes('"status":"cancelled"'));
    expect(text).toMatch(/id: \d+\nevent: job\n/);
    abort.abort();
    await reading;
  });
});

describe('what is refused', () => {
  test.each([
    'no json',
    '{}',
    '{"type":"subscribe"}',
    '{"type":"subscribe","jobIds":["x"]}',
    '{"type":"subscribe","jobIds":[]}',
    '[1]',
  ])('%s is answered with a reason, and the connection goes on', async (text) => {
    const client = await connect();
    client.socket.send(text);
    expect(await client.hear('error')).toMatchObject({ code: 'request.invalid' });
    client.say({ type: 'ping' });
    await client.hear('heartbeat');
  });

  test('a message over the limit ends the connection', async () => {
    const client = await connect();
    client.socket.send('x'.repeat(17_000));
    expect(await client.closed).toBe(1009);
  });

  test('a flood of messages ends the connection', async () => {
    const client = await connect();
    for (let count = 0; count < 500; count += 1) client.say({ type: 'resume' });
    expect(await client.closed).toBe(1013);
  });

  test.each([
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { host: 'evil.example' },
  ])('a connection with %j is not opened', async (headers) => {
    await expect(openLive(app.url, headers)).rejects.toThrow(/Unexpected server response: 4\d\d/);
  });

  test('the own origin is let in', async () => {
    const client = await openLive(app.url, { origin: app.url });
    await client.close();
  });

  test('a plain request for the address is answered, not hung', async () => {
    expect((await fetch(`${app.url}/v1/live`)).status).toBe(404);
  });
});

describe('a client', () => {
  test('that does not answer a heartbeat is dropped, the others are not', async () => {
    const server = await startApp(parts, { heartbeatMs: 100 });
    const [good, dumb] = [await openLive(server.url), await openLive(server.url)];
    dumb.socket.pause();
    const open = (): Promise<number> =>
      new Promise((resolve) => {
        server.http.server.getConnections((_, count) => resolve(count));
      });
    expect(await open()).toBe(2);
    await eventually('the drop', async () => (await open()) === 1);
    await eventually('beats', () => good.all('heartbeat').length >= 3);
    expect(good.socket.readyState).toBe(good.socket.OPEN);
    await good.close();
    dumb.socket.terminate();
    await server.close();
  });

  test('does not keep the server from closing, whether it answers or not', async () => {
    const server = await startApp(parts);
    const [good, dumb] = [await openLive(server.url), await openLive(server.url)];
    dumb.socket.pause();
    const startedMs = Date.now();
    await server.close();
    expect(Date.now() - startedMs).toBeLessThan(5_000);
    expect(await good.closed).toBe(1001);
    dumb.socket.terminate();
  });
});

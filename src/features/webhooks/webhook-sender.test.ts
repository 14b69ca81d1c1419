import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { createSecretBox } from '#kernel/secret-box.ts';
import { localOwner } from '#features/identity/index.ts';
import { makeReading, storeDocument } from '#test/support/factories.ts';
import { type LoopbackReceiver, startReceiver } from '#test/support/loopback-receiver.ts';
import { type TestParts, openParts } from '#test/support/start-app.ts';
import { eventually } from '#test/support/eventually.ts';
import { type WebhookDesk, messageIds, openDesk } from '#test/support/webhook-desk.ts';

import { createWebhook } from './webhook-service.ts';
import { WebhookSender } from './webhook-sender.ts';

const key = randomBytes(32);
let parts: TestParts;
let desk: WebhookDesk;
let receiver: LoopbackReceiver;

beforeAll(async () => {
  parts = { ...(await openParts()), box: createSecretBox(key) };
  desk = await openDesk(parts);
});

afterAll(async () => {
  await desk.app.close();
  await parts.close();
});

beforeEach(async () => {
  receiver = await startReceiver();
});

afterEach(async () => {
  await desk.sender.idle();
  await receiver.close();
  await parts.database.sql`delete from webhook_endpoints`;
});

const make = (path = '/') =>
  createWebhook(parts, localOwner, {
    url: `${receiver.url}${path}`,
    description: null,
    events: ['document.completed'],
  });
const complete = () => storeDocument(parts.database, { pages: [makeReading(1, 'one')] });

interface Row {
  status: string;
  attempts: number;
  nextAttemptAt: Date | null;
  responseStatus: number | null;
  errorMessage: string | null;
}

const rows = () => parts.database.sql<Row>`
  select status, attempts, next_attempt_at, response_status, error_message
  from webhook_deliveries order by id`;
const pauses = () => parts.database.sql<{ pauseReason: string | null }>`
  select pause_reason from webhook_endpoints order by id`;

const hours = (count: number): Date => new Date(Date.now() + count * 3_600_000);

test.each([
  ['an error', 500, 'The receiver answered 500.'],
  ['a redirect', 302, 'The receiver answered 302; redirects are not followed.'],
  ['a refusal', 401, 'The receiver answered 401.'],
])('%s is tried again later', async (_, status, errorMessage) => {
  await make();
  receiver.answer((__, response) => {
    response.writeHead(status, { location: `${receiver.url}/elsewhere` });
    response.end('no');
  });
  await complete();
  await desk.deliver();
  expect(await rows()).toMatchObject([
    { status: 'pending', attempts: 1, responseStatus: status, errorMessage },
  ]);
  expect(receiver.received.map((one) => one.path)).toEqual(['/']);
  // Not before its time.
  await desk.deliver();
  expect(receiver.received).toHaveLength(1);
  receiver.answer((__, response) => void response.end());
  await desk.deliver(hours(1));
  expect(await rows()).toMatchObject([{ status: 'delivered', attempts: 2, errorMessage: null }]);
  expect(new Set(messageIds(receiver)).size).toBe(1);
});

test('silence, a cut connection and an answer that stops are tried again, and say so', async () => {
  await make();
  receiver.answer(() => undefined);
  await complete();
  await desk.deliver();
  expect(await rows()).toMatchObject([
    { status: 'pending', responseStatus: null, errorMessage: expect.stringContaining('0.4 s') },
  ]);
  receiver.answer((_, response) => void response.destroy());
  await desk.deliver(hours(1));
  expect(await rows()).toMatchObject([
    { attempts: 2, errorMessage: expect.stringContaining('could not be called') },
  ]);
});

test('of a huge answer the beginning is kept, and the status counts', async () => {
  await make();
  receiver.answer((_, response) => {
    response.writeHead(200);
    const more = (): void => {
      if (!response.destroyed) response.write('y'.repeat(10_000), more);
    };
    more();
  });
  await complete();
  await desk.deliver();
  expect(await rows()).toMatchObject([{ status: 'delivered', responseStatus: 200 }]);
  const [row] = await parts.database.sql<{ size: number }>`
    select length(response_excerpt) as size from webhook_deliveries`;
  expect(row?.size).toBe(1_000);
});

test('after eight attempts without any success the delivery is dead and the endpoint paused', async () => {
  const { webhook } = await make();
  receiver.answer((_, response) => {
    response.writeHead(503);
    response.end();
  });
  await complete();
  await complete();
  for (let day = 0; day < 9; day += 1) await desk.deliver(hours(day * 20));
  const found = await rows();
  expect(found.filter((row) => row.status === 'dead').length).toBeGreaterThan(0);
  expect(found.every((row) => ['dead', 'held'].includes(row.status))).toBe(true);
  expect(await pauses()).toMatchObject([{ pauseReason: expect.stringContaining('503') }]);
  // While it is paused events wait; nothing is lost.
  await complete();
  const before = receiver.received.length;
  await desk.deliver(hours(200));
  expect(receiver.received).toHaveLength(before);
  receiver.answer((_, response) => void response.end());
  const on = await desk.ask('PATCH', `/v1/webhooks/${webhook.id}`, { isActive: true });
  expect(on.body).toMatchObject({ pausedAt: null, pauseReason: null });
  await desk.deliver();
  const after = await rows();
  expect(after.filter((row) => row.status === 'held')).toEqual([]);
  expect(after.at(-1)).toMatchObject({ status: 'delivered' });
});

test('an endpoint that took something meanwhile is not paused for one event it refuses', async () => {
  await make();
  const { documentId: refused } = await complete();
  receiver.answer((request, response) => {
    response.writeHead(request.body.includes(refused) ? 422 : 200);
    response.end();
  });
  await desk.deliver();
  await complete();
  for (let day = 0; day < 9; day += 1) await desk.deliver(hours(day * 20));
  expect(await rows()).toMatchObject([{ status: 'dead', attempts: 8 }, { status: 'delivered' }]);
  expect(await pauses()).toEqual([{ pauseReason: null }]);
});

test('a receiver that says 410 is paused at once', async () => {
  await make();
  receiver.answer((_, response) => {
    response.writeHead(410);
    response.end();
  });
  await complete();
  await desk.deliver();
  expect(await rows()).toMatchObject([{ status: 'dead', attempts: 1 }]);
  expect(await pauses()).toMatchObject([{ pauseReason: expect.stringContaining('410') }]);
});

test('a sender that is killed between sending and writing it down sends again under the same id', async () => {
  await make();
  await complete();
  while ((await desk.fanOut()) > 0);
  receiver.answer(() => undefined);

  const child = fork(new URL('../../../test/support/webhook-child.ts', import.meta.url).pathname, [
    parts.appUrl,
    key.toString('base64'),
  ]);
  await receiver.until(1);
  child.kill('SIGKILL');
  await once(child, 'exit');
  receiver.answer((_, response) => void response.end());
  // Its lease is not over.
  await desk.deliver();
  expect(receiver.received).toHaveLength(1);
  await desk.deliver(new Date(Date.now() + 61_000));
  expect(messageIds(receiver)).toHaveLength(2);
  expect(new Set(messageIds(receiver)).size).toBe(1);
  expect(await rows()).toMatchObject([{ status: 'delivered', attempts: 2 }]);
});

test('a sender that comes too late does not write over the one that took its place', async () => {
  await make();
  await complete();
  while ((await desk.fanOut()) > 0);
  let refuse = (): void => undefined;
  receiver.answer((_, response) => {
    refuse = () => {
      response.writeHead(500);
      response.end();
    };
  });
  const late = new WebhookSender({ ...parts, timeoutMs: 10_000 });
  await late.tick();
  await receiver.until(1);
  receiver.answer((_, response) => void response.end());
  await desk.deliver(new Date(Date.now() + 61_000));
  refuse();
  await late.idle();
  expect(await rows()).toMatchObject([{ status: 'delivered', attempts: 2, responseStatus: 200 }]);
  // Nor over a replay that waits.
  await parts.database.sql`
    update webhook_deliveries set status = 'pending', attempts = 0, delivered_at = null, next_attempt_at = now()`;
  receiver.answer((_, response) => {
    refuse = () => {
      response.writeHead(500);
      response.end();
    };
  });
  await late.tick();
  await receiver.until(3);
  await parts.database.sql`update webhook_deliveries set attempts = 0, next_attempt_at = now()`;
  refuse();
  await late.idle();
  expect(await rows()).toMatchObject([{ status: 'pending', attempts: 0 }]);
});

test('a slow receiver holds up itself alone', async () => {
  const fast = await startReceiver();
  await make();
  await createWebhook(parts, localOwner, {
    url: fast.url,
    description: null,
    events: ['document.completed'],
  });
  receiver.answer(() => undefined);
  for (let n = 0; n < 5; n += 1) await complete();
  while ((await desk.fanOut()) > 0);
  const sender = new WebhookSender({ ...parts, timeoutMs: 10_000, graceMs: 100, pollMs: 20 });
  await sender.start();
  await fast.until(5);
  // Two at once of one endpoint, whatever waits.
  expect(receiver.received).toHaveLength(2);
  await sender.stop();
  await fast.close();
});

test('two senders share the work and send nothing twice', async () => {
  await make();
  for (let n = 0; n < 12; n += 1) await complete();
  while ((await desk.fanOut()) > 0);
  const senders = [1, 2].map(() => new WebhookSender({ ...parts, pollMs: 10 }));
  await Promise.all(senders.map((sender) => sender.start()));
  await eventually('all delivered', async () =>
    (await rows()).every((row) => row.status === 'delivered'),
  );
  await Promise.all(senders.map((sender) => sender.stop()));
  expect(receiver.received).toHaveLength(12);
  expect(new Set(messageIds(receiver)).size).toBe(12);
});

test('a secret that cannot be read is said, and nothing goes out unsigned', async () => {
  await make();
  await complete();
  while ((await desk.fanOut()) > 0);
  const box = createSecretBox(randomBytes(32));
  const sender = new WebhookSender({ ...parts, box });
  await sender.tick();
  await sender.idle();
  expect(receiver.received).toEqual([]);
  expect(await rows()).toMatchObject([
    { status: 'pending', errorMessage: expect.stringContaining('secret cannot be read') },
  ]);
});

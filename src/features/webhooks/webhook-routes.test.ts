import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';

import { localOwner } from '#features/identity/index.ts';
import { insertUser, makeReading, storeDocument } from '#test/support/factories.ts';
import { type LoopbackReceiver, startReceiver } from '#test/support/loopback-receiver.ts';
import { type TestParts, openParts } from '#test/support/start-app.ts';
import { type WebhookDesk, messageIds, openDesk, verified } from '#test/support/webhook-desk.ts';

import { deliveryWithPayloadSchema, webhookWithSecretSchema } from './webhook-schema.ts';

let parts: TestParts;
let desk: WebhookDesk;
let receiver: LoopbackReceiver;

beforeAll(async () => {
  parts = await openParts();
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

const allEvents = [
  'document.completed',
  'document.failed',
  'review.requested',
  'review.completed',
  'zone.corrected',
  'export.ready',
  'export.failed',
];

async function make(events: readonly string[] = allEvents, path = '/hook') {
  const made = await desk.ask('POST', '/v1/webhooks', { url: `${receiver.url}${path}`, events });
  expect(made.status).toBe(201);
  return webhookWithSecretSchema.parse(made.body);
}

const complete = () =>
  storeDocument(parts.database, { pages: [makeReading(1, 'one two', 'three')] });
const deliveriesSchema = z.object({ items: z.array(z.looseObject({ status: z.string() })) });

async function log(id: string, query = '') {
  const answer = await desk.ask('GET', `/v1/webhooks/${id}/deliveries${query}`);
  return deliveriesSchema.parse(answer.body).items;
}

test('a completed document is told once, signed, to each endpoint that wants it', async () => {
  const { webhook, secret } = await make(['document.completed']);
  await make(['zone.corrected'], '/other');
  const { documentId, versionId } = await complete();
  await desk.deliver();
  await desk.deliver();
  expect(receiver.received).toMatchObject([{ method: 'POST', path: '/hook' }]);
  expect(verified(secret, receiver.received[0])).toMatchObject({
    type: 'document.completed',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    sequence: expect.any(Number),
    data: { documentId, versionId, status: 'completed' },
  });
  expect(await log(webhook.id)).toMatchObject([
    {
      id: messageIds(receiver)[0],
      event: 'document.completed',
      status: 'delivered',
      attempts: 1,
      responseStatus: 200,
      responseExcerpt: 'ok',
      durationMs: expect.any(Number),
    },
  ]);
});

test('a change that is rolled back is told to nobody', async () => {
  await make();
  const undone = parts.database.transaction(async (sql) => {
    await sql`update documents set status = 'failed'`;
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await desk.deliver();
  expect(receiver.received).toEqual([]);
});

test('a failed document, a correction, a review and an export are told', async () => {
  const { secret } = await make();
  const { documentId, versionId, jobId } = await complete();
  const { documentId: failing } = await storeDocument(parts.database);
  const { sql } = parts.database;
  await sql`update documents set status = 'failed' where id = ${failing}`;
  const [zone] = await sql<{ id: string }>`
    select id from zones where version_id = ${versionId} order by position limit 1`;
  const zoneId = zone?.id ?? '';
  const corrected = await desk.ask('PATCH', `/v1/zones/${zoneId}`, { content: 'one 2' });
  expect(corrected.status).toBe(200);
  const taskId = crypto.randomUUID();
  await sql`
    insert into hitl_tasks (id, owner_id, job_id, page_number, zone_id, reason)
    values (${taskId}, ${localOwner.userId}, ${jobId}, 1, ${zoneId}, 'low_confidence')`;
  const exported = await desk.ask('POST', `/v1/documents/${documentId}/exports`, {
    formats: ['txt', 'md'],
    override: { reason: 'a test' },
  });
  expect(exported.status).toBe(201);
  await desk.deliver();
  const told = receiver.received.map((request) => verified(secret, request));
  const byType = Object.groupBy(
    told.map((one) => z.looseObject({ type: z.string() }).parse(one)),
    (one) => one.type,
  );
  expect(Object.keys(byType).toSorted()).toEqual([
    'document.completed',
    'document.failed',
    'export.ready',
    'review.requested',
    'zone.corrected',
  ]);
  expect(byType['document.failed']).toMatchObject([{ data: { documentId: failing } }]);
  expect(byType['zone.corrected']).toMatchObject([{ data: { zoneId, documentId, pageNumber: 1 } }]);
  expect(byType['review.requested']).toMatchObject([{ data: { taskId, documentId } }]);
  expect(byType['export.ready']).toMatchObject([{ data: { documentId, status: 'completed' } }]);
});

test('nothing is written for owners without a webhook for the event', async () => {
  await make(['export.ready']);
  await complete();
  const rows = await parts.database.sql`
    select from outbox where topic = 'webhook.event' and published_at is null`;
  expect(rows).toEqual([]);
});

test('the secret is shown once, encrypted in the table, masked in the audit log, and rotates with overlap', async () => {
  const { webhook, secret } = await make();
  const bytes = Buffer.from(secret.slice('whsec_'.length), 'base64');
  expect(bytes).toHaveLength(32);
  const one = await desk.ask('GET', `/v1/webhooks/${webhook.id}`);
  expect(JSON.stringify(one.body)).not.toContain(secret);
  const rotated = await desk.ask('POST', `/v1/webhooks/${webhook.id}/rotate-secret`);
  const next = webhookWithSecretSchema.parse(rotated.body);
  expect(next.secret).not.toBe(secret);
  expect(next.webhook.previousSecretUntil).not.toBeNull();
  await complete();
  await desk.deliver();
  // Who still checks with the old secret and who has the new one, both take it.
  expect(verified(secret, receiver.received[0])).toEqual(
    verified(next.secret, receiver.received[0]),
  );
  const [stored] = await parts.database.sql<{ secret: Uint8Array; text: string }>`
    select secret, row_to_json(e)::text as text from webhook_endpoints e where id = ${webhook.id}`;
  expect(Buffer.from(stored?.secret ?? []).includes(bytes)).toBe(false);
  expect(stored?.text).not.toContain(bytes.toString('hex'));
  const audited = await parts.database.sql<{ changes: Record<string, unknown> }>`
    select changes from audit_logs where resource_type = 'webhook_endpoints' and resource_id = ${webhook.id} order by id`;
  expect(audited).toHaveLength(2);
  expect(audited.map(({ changes }) => changes['secret'])).toEqual([
    { to: '***' },
    { from: '***', to: '***' },
  ]);
  await parts.database.sql`update webhook_endpoints set previous_until = now()`;
  await complete();
  await desk.deliver();
  expect(verified(next.secret, receiver.received[1])).toBeTruthy();
  expect(() => verified(secret, receiver.received[1])).toThrow('No matching signature');
});

test('a webhook is changed, switched off, and deleted with its log', async () => {
  const { webhook } = await make(['document.completed']);
  const path = `/v1/webhooks/${webhook.id}`;
  const changed = await desk.ask('PATCH', path, { description: 'Books', isActive: false });
  expect(changed.body).toMatchObject({ description: 'Books', isActive: false });
  await complete();
  await desk.deliver();
  expect(receiver.received).toEqual([]);
  await desk.ask('PATCH', path, { isActive: true });
  // What happened while it was off is not made up for.
  await desk.deliver();
  expect(receiver.received).toEqual([]);
  await complete();
  await desk.deliver();
  expect(receiver.received).toHaveLength(1);
  expect(await desk.ask('DELETE', path)).toEqual({ status: 204, body: null });
  expect(await desk.ask('GET', path)).toMatchObject({
    status: 404,
    body: { code: 'webhook.not_found' },
  });
  expect(await parts.database.sql`select from webhook_deliveries`).toEqual([]);
});

test('an address that is private, plain or taken already is refused', async () => {
  const ask = (url: string) =>
    desk.ask('POST', '/v1/webhooks', { url, events: ['document.completed'] });
  for (const url of ['https://10.0.0.1/', 'https://u:p@example.org/', 'https://[::1]/']) {
    expect(await ask(url)).toMatchObject({ status: 422, body: { code: 'outgoing.refused' } });
  }
  expect(await ask('ftp://example.org/')).toMatchObject({ status: 400 });
  const { webhook } = await make();
  expect(await ask(webhook.url)).toMatchObject({ status: 409, body: { code: 'webhook.conflict' } });
  const unknown = await desk.ask('POST', '/v1/webhooks', { url: receiver.url, events: ['x.y'] });
  expect(unknown.status).toBe(400);
});

test('there may be twenty webhooks', async () => {
  for (let n = 0; n < 20; n += 1) await make(['export.ready'], `/${n}`);
  const more = await desk.ask('POST', '/v1/webhooks', {
    url: `${receiver.url}/more`,
    events: ['export.ready'],
  });
  expect(more).toMatchObject({ status: 422, body: { code: 'webhook.invalid' } });
});

test('a ping is one attempt at once, and its answer comes back', async () => {
  const { webhook, secret } = await make(['export.ready']);
  const ping = async () =>
    deliveryWithPayloadSchema.parse(
      (await desk.ask('POST', `/v1/webhooks/${webhook.id}/ping`)).body,
    );
  expect(await ping()).toMatchObject({
    event: 'webhook.ping',
    status: 'delivered',
    responseStatus: 200,
  });
  expect(verified(secret, receiver.received[0])).toMatchObject({ type: 'webhook.ping' });
  receiver.answer((_, response) => {
    response.writeHead(500);
    response.end('out of order');
  });
  expect(await ping()).toMatchObject({
    status: 'dead',
    attempts: 1,
    responseStatus: 500,
    responseExcerpt: 'out of order',
  });
  // It says nothing of the endpoint, which goes on.
  const { body } = await desk.ask('GET', `/v1/webhooks/${webhook.id}`);
  expect(body).toMatchObject({ pausedAt: null });
});

test('one delivery, or all that failed since an instant, is sent again under the same id', async () => {
  const { webhook } = await make(['document.completed']);
  const since = new Date(Date.now() - 60_000).toISOString();
  await complete();
  await complete();
  await desk.deliver();
  const first = messageIds(receiver);
  await parts.database.sql`
    update webhook_deliveries set status = 'dead', delivered_at = null where id = ${first[0] ?? ''}`;
  const path = `/v1/webhooks/${webhook.id}`;
  const failed = await desk.ask('POST', `${path}/replay`, { since });
  expect(failed).toEqual({ status: 202, body: { count: 1 } });
  await desk.deliver();
  expect(messageIds(receiver)).toEqual([...first, first[0]]);
  const all = await desk.ask('POST', `${path}/replay`, { since, onlyDead: false });
  expect(all.body).toEqual({ count: 2 });
  await desk.deliver();
  const one = await desk.ask('POST', `${path}/deliveries/${first[1] ?? ''}/replay`);
  expect(one).toMatchObject({ status: 202, body: { status: 'pending', attempts: 0 } });
  await desk.deliver();
  const again = messageIds(receiver).slice(3);
  expect(again.map((id) => first.indexOf(id)).toSorted((a, b) => a - b)).toEqual([0, 1, 1]);
  expect(await log(webhook.id, '?status=delivered')).toHaveLength(2);
  expect(await log(webhook.id, '?status=dead')).toHaveLength(0);
});

test('the webhooks of others are not there, and a share link opens none', async () => {
  const { webhook } = await make(['document.completed']);
  await complete();
  await desk.deliver();
  const [delivery] = messageIds(receiver);
  const stranger = await openDesk(parts, await insertUser(parts.database));
  const link = await openDesk(parts, { ...localOwner, kind: 'link' });
  const path = `/v1/webhooks/${webhook.id}`;
  const asked: [string, string, unknown?][] = [
    ['GET', path],
    ['PATCH', path, { isActive: false }],
    ['POST', `${path}/rotate-secret`],
    ['POST', `${path}/ping`],
    ['POST', `${path}/replay`, { since: new Date().toISOString() }],
    ['GET', `${path}/deliveries`],
    ['GET', `${path}/deliveries/${delivery ?? ''}`],
    ['POST', `${path}/deliveries/${delivery ?? ''}/replay`],
    ['DELETE', path],
  ];
  for (const [method, route, body] of asked) {
    const foreign = await stranger.ask(method, route, body);
    expect(foreign).toMatchObject({ status: 404, body: { code: 'webhook.not_found' } });
    const linked = await link.ask(method, route, body);
    // Refused at the door: a link opens nothing but what it names.
    expect(linked).toMatchObject({ status: 401, body: { code: 'auth.required' } });
  }
  expect((await stranger.ask('GET', '/v1/webhooks')).body).toEqual({ items: [] });
  await stranger.app.close();
  await link.app.close();
  expect(receiver.received).toHaveLength(1);
});

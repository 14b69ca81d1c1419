import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { makeClerkUser } from '#test/support/clerk-stage.ts';
import { type LoopbackReceiver, startReceiver } from '#test/support/loopback-receiver.ts';
import { type TestParts, openParts } from '#test/support/start-app.ts';

import { createClerkApi } from './clerk-api.ts';
import { type ClerkSyncLine, syncClerk } from './clerk-sync.ts';

let parts: TestParts;
let receiver: LoopbackReceiver;
/** What the instance knows, oldest first. */
let users: Record<string, unknown>[];
/** Left out of lists, as one that moves between two pages may be. */
let hidden: string | null;

beforeAll(async () => {
  parts = await openParts();
  receiver = await startReceiver();
});

afterAll(async () => {
  await receiver.close();
  await parts.close();
});

beforeEach(() => {
  hidden = null;
  receiver.received.length = 0;
  receiver.answer((request, response) => {
    if (request.headers.authorization !== 'Bearer sk_test_1') {
      response.writeHead(401);
      return void response.end('{}');
    }
    const url = new URL(request.path, receiver.url);
    const id = /^\/v1\/users\/(.+)$/.exec(url.pathname)?.[1];
    if (id !== undefined) {
      const found = users.find((user) => user['id'] === id);
      response.writeHead(found ? 200 : 404);
      return void response.end(JSON.stringify(found ?? { errors: [] }));
    }
    const offset = Number(url.searchParams.get('offset'));
    const limit = Number(url.searchParams.get('limit'));
    const listed = users.filter((user) => user['id'] !== hidden);
    return void response.end(JSON.stringify(listed.slice(offset, offset + limit)));
  });
});

const run = (options: { dryRun?: boolean; secretKey?: string } = {}) => {
  const { dryRun = false, secretKey = 'sk_test_1' } = options;
  const { outgoing } = parts;
  const api = createClerkApi({ outgoing, url: `${receiver.url}/v1`, secretKey, pageSize: 3 });
  return syncClerk({ ...parts, api }, { dryRun });
};

const effects = (lines: readonly ClerkSyncLine[]) =>
  Object.fromEntries(lines.map(({ subject, effect }) => [subject, effect]));

const statuses = async () => {
  const rows = await parts.database.sql<{ subject: string; status: string }>`
    select i.subject, u.status from user_identities i join users u on u.id = i.user_id order by 1`;
  return Object.fromEntries(rows.map(({ subject, status }) => [subject, status]));
};

const rowCounts = () => parts.database.sql`
  select (select count(*) from users) as users, (select count(*) from user_identities) as identities,
    (select count(*) from clerk_users) as lines, (select count(*) from audit_logs) as audited`;

test('the accounts are brought to what the API says, page by page, again and again', async () => {
  users = Array.from({ length: 7 }, (_, n) => makeClerkUser({ id: `user_${n}`, updatedAt: 1_000 }));
  const before = await rowCounts();
  const dry = effects(await run({ dryRun: true }));
  expect(new Set(Object.values(dry))).toEqual(new Set(['created']));
  expect(Object.keys(dry)).toHaveLength(7);
  expect(await rowCounts()).toEqual(before);
  expect(effects(await run())).toEqual(dry);
  expect(receiver.received.some((one) => one.path.includes('offset=6'))).toBe(true);
  expect(new Set(Object.values(effects(await run())))).toEqual(new Set(['unchanged']));

  // One changed, one banned, one gone, one that the list leaves out.
  const change = (n: number, more: Record<string, unknown>) => {
    users[n] = { ...users[n], updated_at: 2_000, ...more };
  };
  change(1, { first_name: 'Grace' });
  change(2, { banned: true });
  users = users.filter((user) => user['id'] !== 'user_3');
  hidden = 'user_4';
  const lines = effects(await run());
  expect(lines).toEqual({
    user_0: 'unchanged',
    user_1: 'updated',
    user_2: 'disabled',
    user_3: 'disabled',
    user_5: 'unchanged',
    user_6: 'unchanged',
  });
  expect(await statuses()).toMatchObject({
    user_2: 'suspended',
    user_3: 'suspended',
    user_4: 'active',
  });
  // What is gone is not asked for for ever.
  expect(effects(await run())['user_3']).toBeUndefined();
});

test('a user that cannot be brought over is named and stops nobody', async () => {
  users = [
    makeClerkUser({ id: 'user_x', email: 'owner@docmill.localhost' }),
    makeClerkUser({ id: 'user_y' }),
  ];
  const lines = await run();
  expect(lines.find(({ subject }) => subject === 'user_x')).toMatchObject({
    effect: null,
    failure: expect.stringContaining('address'),
  });
  expect(effects(lines)['user_y']).toBe('created');
});

test('an API that refuses, or says something else, disables nobody', async () => {
  const before = await statuses();
  const failed = { code: 'clerk.api_failed' };
  await expect(run({ secretKey: 'sk_wrong' })).rejects.toMatchObject(failed);
  for (const text of ['{"errors": []}', '[{"id": 1}]', '<html>']) {
    receiver.answer((_, response) => void response.end(text));
    await expect(run()).rejects.toMatchObject(failed);
  }
  expect(await statuses()).toEqual(before);
});

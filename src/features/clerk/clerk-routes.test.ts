import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';

import {
  type MadeUser,
  type SignedMessage,
  makeClerkUser,
  newSvixSecret,
  signMessage,
} from '#test/support/clerk-stage.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';

const [secret, nextSecret] = [newSvixSecret(), newSvixSecret()];
let parts: TestParts;
let app: TestApp;

beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts, { clerk: { webhookSecrets: [secret, nextSecret] } });
});

afterAll(async () => {
  await app.close();
  await parts.close();
});

beforeEach(async () => {
  const { sql } = parts.database;
  await sql`delete from clerk_events`;
  await sql`delete from clerk_users`;
  await sql`delete from user_identities where provider = 'clerk'`;
  await sql`update users set email = id || '@gone.test'`;
});

const answerSchema = z.looseObject({ effect: z.string().optional(), code: z.string().optional() });

async function post({ body, headers }: SignedMessage) {
  const answer = await fetch(`${app.url}/webhooks/clerk`, { method: 'POST', body, headers });
  return { status: answer.status, ...answerSchema.parse(await answer.json()) };
}

const tell = (type: string, data: unknown, options: { id?: string; at?: Date } = {}) =>
  post(signMessage(secret, { type, object: 'event', data, timestamp: Date.now() }, options));

const email = 'ada@example.test';
const ada = (wish: MadeUser = {}) => makeClerkUser({ id: 'user_ada', email, ...wish });

interface Account {
  email: string;
  firstName: string | null;
  lastName: string | null;
  status: string;
  role: string;
  isVerified: boolean;
}

async function accountOf(subject = 'user_ada'): Promise<Account | undefined> {
  const rows = await parts.database.sql<Account>`
    select u.email, u.first_name, u.last_name, u.status, u.role, u.email_verified_at is not null as is_verified
    from users u join user_identities i on i.user_id = u.id
    where i.provider = 'clerk' and i.subject = ${subject}`;
  return rows[0];
}

test('a new user at Clerk is a new account here, once, whatever is sent again', async () => {
  const message = signMessage(secret, { type: 'user.created', data: ada(), timestamp: Date.now() });
  expect(await post(message)).toMatchObject({ status: 200, effect: 'created' });
  expect(await accountOf()).toEqual({
    email,
    firstName: 'Ada',
    lastName: 'Byron',
    status: 'active',
    role: 'teacher',
    isVerified: true,
  });
  expect(await post(message)).toMatchObject({ status: 200, effect: 'repeated' });
  expect(await tell('user.created', ada())).toMatchObject({ status: 200, effect: 'unchanged' });
  const rows = await parts.database.sql`select from users where email = ${email}`;
  expect(rows).toHaveLength(1);
});

test('a message that comes ten times at once has one effect', async () => {
  const message = signMessage(secret, { type: 'user.created', data: ada(), timestamp: Date.now() });
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(message)));
  const effects = answers.map(({ effect }) => effect);
  expect(effects.filter((effect) => effect === 'created')).toHaveLength(1);
  expect(effects.filter((effect) => effect === 'repeated')).toHaveLength(9);
});

test('what is not signed, signed by another, changed, too old or from the future is refused alike', async () => {
  const content = { type: 'user.created', data: ada(), timestamp: Date.now() };
  const good = signMessage(secret, content);
  const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);
  const without = (name: string): SignedMessage => ({
    body: good.body,
    headers: Object.fromEntries(Object.entries(good.headers).filter(([key]) => key !== name)),
  });
  const bad: SignedMessage[] = [
    signMessage(newSvixSecret(), content),
    { ...good, body: good.body.replace('Ada', 'Eve') },
    { ...good, headers: { ...good.headers, 'svix-id': 'msg_other' } },
    { ...good, headers: { ...good.headers, 'svix-timestamp': String(Date.now()) } },
    { ...good, headers: { ...good.headers, 'svix-signature': 'v1,' } },
    {
      ...good,
      headers: {
        ...good.headers,
        'svix-signature': good.headers['svix-signature']?.replace('v1', 'v2') ?? '',
      },
    },
    signMessage(secret, content, { at: minutes(-5.2) }),
    signMessage(secret, content, { at: minutes(5.2) }),
    without('svix-id'),
    without('svix-timestamp'),
    without('svix-signature'),
  ];
  for (const message of bad) {
    expect(await post(message)).toMatchObject({ status: 401, code: 'clerk.signature_invalid' });
  }
  expect(await accountOf()).toBeUndefined();
  expect(await parts.database.sql`select from clerk_events`).toEqual([]);
  // Within the tolerance it is taken.
  expect(await post(signMessage(secret, content, { at: minutes(-4.5) }))).toMatchObject({
    effect: 'created',
  });
});

test('both secrets of a rotation are taken', async () => {
  const message = signMessage(nextSecret, { type: 'user.created', data: ada(), timestamp: 1 });
  expect(await post(message)).toMatchObject({ effect: 'created' });
  const both = signMessage(newSvixSecret(), { type: 'user.updated', data: ada(), timestamp: 1 });
  const good = signMessage(secret, JSON.parse(both.body), { id: both.headers['svix-id'] ?? '' });
  const signatures = `${both.headers['svix-signature']} ${good.headers['svix-signature']}`;
  const message2 = { ...good, headers: { ...good.headers, 'svix-signature': signatures } };
  expect(await post(message2)).toMatchObject({ effect: 'unchanged' });
});

test('signed nonsense is refused and does nothing', async () => {
  const bad: unknown[] = [
    'text',
    {},
    { type: 'user.created' },
    { type: 'user.created', data: { id: 'user_x' } },
    { type: 'user.deleted', data: {} },
    { type: 'user.created', data: { ...ada(), email_addresses: 'none' } },
  ];
  for (const content of bad) {
    expect(await post(signMessage(secret, content))).toMatchObject({
      status: 400,
      code: 'request.invalid',
    });
  }
  const other = await tell('session.created', { id: 'sess_1' });
  expect(other).toMatchObject({ status: 200, effect: 'ignored' });
  const huge = await tell('user.created', { ...ada(), filler: 'x'.repeat(300_000) });
  expect(huge).toMatchObject({ status: 413 });
});

test('names and address follow; an older state that comes late changes nothing', async () => {
  await tell('user.created', ada({ updatedAt: 1_000 }));
  const changed = ada({ updatedAt: 3_000, firstName: 'Augusta', email: 'augusta@example.test' });
  expect(await tell('user.updated', changed)).toMatchObject({ effect: 'updated' });
  const late = ada({ updatedAt: 2_000, firstName: 'Late' });
  expect(await tell('user.updated', late)).toMatchObject({ effect: 'stale' });
  expect(await accountOf()).toMatchObject({ firstName: 'Augusta', email: 'augusta@example.test' });
});

test('a user who is deleted there is suspended here, for good, with all sessions', async () => {
  await tell('user.created', ada());
  await parts.database.sql`
    insert into sessions (id, user_id, token_hash, expires_at)
    select gen_random_uuid(), id, repeat('a', 64), now() + interval '1 day' from users where email = ${email}`;
  expect(await tell('user.deleted', { id: 'user_ada', deleted: true })).toMatchObject({
    effect: 'disabled',
  });
  const late = await tell('user.updated', ada({ updatedAt: Date.now() + 60_000 }));
  expect(late).toMatchObject({ effect: 'stale' });
  expect(await accountOf()).toMatchObject({ status: 'suspended' });
  const [session] = await parts.database.sql<{ revokedAt: Date | null }>`
    select revoked_at from sessions where token_hash = repeat('a', 64)`;
  expect(session?.revokedAt).not.toBeNull();
});

test('a deletion that is heard of first keeps the user from being made', async () => {
  await tell('user.deleted', { id: 'user_ada', deleted: true });
  expect(await tell('user.created', ada())).toMatchObject({ effect: 'stale' });
  expect(await accountOf()).toBeUndefined();
});

test('who is banned or locked is suspended, and comes back; what an admin did stays', async () => {
  await tell('user.created', ada({ updatedAt: 1 }));
  expect(await tell('user.updated', ada({ banned: true, updatedAt: 2 }))).toMatchObject({
    effect: 'disabled',
  });
  expect(await accountOf()).toMatchObject({ status: 'suspended' });
  expect(await tell('user.updated', ada({ updatedAt: 3 }))).toMatchObject({ effect: 'enabled' });
  expect(await accountOf()).toMatchObject({ status: 'active' });
  await parts.database.sql`update users set status = 'suspended' where email = ${email}`;
  await tell('user.updated', ada({ locked: true, updatedAt: 4 }));
  await tell('user.updated', ada({ updatedAt: 5 }));
  expect(await accountOf()).toMatchObject({ status: 'suspended' });
});

test('an account with the address is linked only when both sides have a proof of it', async () => {
  const { sql } = parts.database;
  await sql`insert into users (id, email, role) values (gen_random_uuid(), ${email}, 'reviewer')`;
  const refused = { status: 409, code: 'user.email_taken' };
  expect(await tell('user.created', ada())).toMatchObject(refused);
  // Nothing is kept, so that the same message may come again.
  expect(await sql`select from clerk_events`).toEqual([]);
  await sql`update users set email_verified_at = now() where email = ${email}`;
  expect(await tell('user.created', ada({ verified: false }))).toMatchObject(refused);
  expect(await tell('user.created', ada())).toMatchObject({ effect: 'linked' });
  expect(await accountOf()).toMatchObject({ role: 'reviewer', firstName: 'Ada' });
});

test('a user without an address is left out', async () => {
  expect(await tell('user.created', ada({ email: null }))).toMatchObject({ effect: 'ignored' });
  expect(await accountOf()).toBeUndefined();
});

test('states in any order and any number end in the newest', async () => {
  let run = 0;
  const states = [1, 2, 3, 4].map((at) => ({ at, firstName: `Name ${at}`, banned: at === 3 }));
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(states, { minLength: 4 }),
      fc.array(fc.constantFrom(...states), { maxLength: 4 }),
      async (once, again) => {
        run += 1;
        const id = `user_${run}`;
        for (const { at, firstName, banned } of [...once, ...again]) {
          const user = makeClerkUser({
            id,
            email: `${id}@x.test`,
            updatedAt: at,
            firstName,
            banned,
          });
          expect(await tell('user.updated', user, { id: `msg_${run}_${at}` })).toMatchObject({
            status: 200,
          });
        }
        expect(await accountOf(id)).toMatchObject({ firstName: 'Name 4', status: 'active' });
        const told = await parts.database.sql`select from clerk_events where subject = ${id}`;
        expect(told).toHaveLength(4);
      },
    ),
    { numRuns: 12 },
  );
});

test('a server without Clerk has no such address', async () => {
  const plain = await startApp(parts);
  const { body, headers } = signMessage(secret, { type: 'user.created', data: ada() });
  const answer = await fetch(`${plain.url}/webhooks/clerk`, { method: 'POST', body, headers });
  expect(answer.status).toBe(404);
  await plain.close();
});

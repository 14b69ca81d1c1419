import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { acceptInvitation, lockInvitation } from '#features/accounts/index.ts';
import type { Actor } from '#features/identity/index.ts';
import {
  createKey,
  findKeyActor,
  findLiveSession,
  hashSecret,
  insertSession,
  localOwner,
  newSecret,
} from '#features/identity/index.ts';
import { giveShare } from '#features/sharing/share-service.ts';
import type { SessionId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { insertUser, storeDocument } from '#test/support/factories.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';
import { productPaths } from '../../src/product-paths.ts';

let parts: TestParts;
let app: TestApp;
let asker: Actor;
let person: Actor;

beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts, {}, productPaths.web, async () => asker);
});

afterAll(async () => {
  await app.close();
  await parts.close();
});

beforeEach(async () => {
  asker = localOwner;
  person = await insertUser(parts.database);
});

async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`${app.url}${path}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

const change = (body: unknown, who: Actor = person) =>
  ask('PATCH', `/v1/users/${who.userId}`, body);

async function signIn(who: Actor): Promise<() => Promise<boolean>> {
  const token = newSecret();
  await insertSession(parts.database.sql, {
    id: newId<SessionId>(),
    userId: who.userId,
    tokenHash: hashSecret(token),
    ip: null,
    userAgent: null,
    expiresAt: new Date(Date.now() + 86_400_000),
  });
  return async () => (await findLiveSession(parts.database.sql, hashSecret(token))) !== null;
}

async function giveKey(who: Actor): Promise<() => Promise<boolean>> {
  const wish = { name: 'Key', scopes: ['*:read'] as const, expiresAt: null };
  const { key } = await createKey(parts, who, wish);
  return async () => (await findKeyActor(parts, key)) !== null;
}

describe('users', () => {
  test('are listed page by page, found by parts of name and address, and the system user is none', async () => {
    await parts.database.sql`
      update users set first_name = 'Zoë', last_name = '100%' where id = ${person.userId}`;
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await ask('GET', `/v1/users?limit=2${cursor}`);
      seen.push(...body.items.map((user: { email: string }) => user.email));
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).not.toContain('system@docmill.localhost');
    for (const q of ['zoë', '100%', 'ZOË 100']) {
      const { body } = await ask('GET', `/v1/users?q=${encodeURIComponent(q)}`);
      expect(body.items, q).toMatchObject([{ id: person.userId, role: 'teacher' }]);
    }
    expect((await ask('GET', '/v1/users?q=100_')).body.items).toEqual([]);
    expect((await ask('GET', `/v1/users/${person.userId}`)).body).toMatchObject({
      name: 'Zoë 100%',
    });
    expect(JSON.stringify(await ask('GET', '/v1/users'))).not.toContain('settings');
  });

  test.each<[string, () => Promise<Actor>]>([
    ['a plain member', () => insertUser(parts.database)],
    [
      'a key of an admin whose role is gone',
      async () => ({ ...person, kind: 'key', role: 'admin' }),
    ],
  ])('are nothing to %s', async (_, who) => {
    asker = await who();
    for (const [method, path, body] of [
      ['GET', '/v1/users'],
      ['GET', `/v1/users/${person.userId}`],
      ['PATCH', `/v1/users/${person.userId}`, { role: 'admin' }],
      ['DELETE', `/v1/users/${person.userId}`],
      ['GET', '/v1/invitations'],
      ['POST', '/v1/invitations', { email: 'anna@example.test' }],
      ['DELETE', `/v1/invitations/${person.userId}`],
    ] as const) {
      const answer = await ask(method, path, body);
      expect([403, 404], `${method} ${path}`).toContain(answer.status);
    }
    const rows = await parts.database.sql`
      select role, status from users where id = ${person.userId}`;
    expect(rows).toEqual([{ role: 'teacher', status: 'active' }]);
  });

  test('get another role, and their sessions end', async () => {
    const lives = await signIn(person);
    const works = await giveKey(person);
    expect(await change({ limits: { pagesPerMonth: 5 } })).toMatchObject({
      status: 200,
      body: { limits: { pagesPerMonth: 5 }, role: 'teacher' },
    });
    expect(await lives()).toBe(true);
    expect((await change({ role: 'reviewer' })).body).toMatchObject({ role: 'reviewer' });
    expect(await lives()).toBe(false);
    expect(await works()).toBe(true);
    const [log] = await parts.database.sql`
      select actor_id, actor_kind, changes from audit_logs
      where resource_id = ${person.userId} order by id desc limit 1`;
    expect(log).toMatchObject({
      actorId: localOwner.userId,
      actorKind: 'user',
      changes: { role: { from: 'teacher', to: 'reviewer' } },
    });
  });

  test('who are suspended have no session and no key, and none again when they are let in', async () => {
    const lives = await signIn(person);
    const works = await giveKey(person);
    expect((await change({ status: 'suspended' })).body).toMatchObject({ status: 'suspended' });
    expect([await lives(), await works()]).toEqual([false, false]);
    await change({ status: 'active' });
    expect([await lives(), await works()]).toEqual([false, false]);
  });

  test('who are deleted share nothing any more, and are not changed again', async () => {
    const { documentId } = await storeDocument(parts.database, {}, person);
    const wish = { permission: 'view', password: null, expiresAt: null, grantee: null } as const;
    await giveShare(parts, person, { object: { documentId }, ...wish });
    expect((await ask('DELETE', `/v1/users/${person.userId}`)).status).toBe(204);
    const live = await parts.database.sql`
      select id from document_shares where owner_id = ${person.userId} and revoked_at is null`;
    expect(live).toEqual([]);
    expect(await change({ status: 'active' })).toMatchObject({ status: 404 });
    expect((await ask('DELETE', `/v1/users/${person.userId}`)).status).toBe(404);
  });

  test.each([
    [{ role: 'owner' }],
    [{ status: 'deleted' }],
    [{ email: 'x@example.test' }],
    [{ role: 'admin', emailVerifiedAt: null }],
    [{ id: '00000000-0000-7000-8000-000000000001', role: 'admin' }],
    [{}],
  ])('are not changed by %j', async (body) => {
    expect((await change(body)).status).toBe(400);
  });

  test('keep one admin, also when two admins demote each other at once', async () => {
    const last = await change({ role: 'teacher' }, localOwner);
    expect(last).toMatchObject({ status: 409, body: { code: 'user.last_admin' } });
    expect((await change({ status: 'suspended' }, localOwner)).status).toBe(409);
    expect((await ask('DELETE', `/v1/users/${localOwner.userId}`)).status).toBe(409);
    await change({ role: 'admin' });
    const both = await Promise.all([
      change({ role: 'teacher' }, localOwner),
      change({ role: 'teacher' }),
    ]);
    // The second is the last admin, or who asks is none any more by then.
    const [won, lost] = both.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(won).toBe(200);
    expect([404, 409]).toContain(lost);
    const admins = await parts.database.sql`
      select id from users where role = 'admin' and status = 'active'`;
    expect(admins).toHaveLength(1);
    await parts.database.sql`update users set role = 'admin' where id = ${localOwner.userId}`;
  });
});

describe('invitations', () => {
  const address = () => `${randomUUID()}@example.test`;
  const accept = (token: string, who: Actor) =>
    parts.database.transaction(async (sql) => {
      const invitation = await lockInvitation(sql, hashSecret(token));
      if (invitation !== null) await acceptInvitation(sql, invitation.id, who.userId);
      return invitation;
    });

  test('let one address in once, with the role they name', async () => {
    const email = address();
    const { status, body } = await ask('POST', '/v1/invitations', { email, role: 'reviewer' });
    expect(status).toBe(201);
    const open = (await ask('GET', '/v1/invitations')).body.items;
    expect(open[0]).toEqual(body.invitation);
    expect(JSON.stringify(open)).not.toContain(body.token);
    const both = await Promise.all([accept(body.token, person), accept(body.token, person)]);
    expect(both.filter((found) => found !== null)).toMatchObject([{ email, role: 'reviewer' }]);
    expect(await accept(body.token, person)).toBeNull();
    expect((await ask('DELETE', `/v1/invitations/${body.invitation.id}`)).status).toBe(404);
  });

  test('end when they are taken back, by their time, and when the address is invited again', async () => {
    const email = address();
    const first = (await ask('POST', '/v1/invitations', { email })).body;
    const second = (await ask('POST', '/v1/invitations', { email })).body;
    expect(await accept(first.token, person)).toBeNull();
    expect((await ask('DELETE', `/v1/invitations/${second.invitation.id}`)).status).toBe(204);
    expect(await accept(second.token, person)).toBeNull();
    const third = (await ask('POST', '/v1/invitations', { email })).body;
    await parts.database.sql`
      update invitations set created_at = now() - interval '8 days', expires_at = now() - interval '1 day'
      where id = ${third.invitation.id}`;
    expect(await accept(third.token, person)).toBeNull();
  });

  test('last a month at most, and take an address', async () => {
    expect((await ask('POST', '/v1/invitations', { email: address(), days: 31 })).status).toBe(400);
    expect((await ask('POST', '/v1/invitations', { email: 'no address' })).status).toBe(400);
  });
});

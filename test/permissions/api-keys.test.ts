import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keyWay } from '#http/authenticate-key.ts';
import { tryWays } from '#http/ways-in.ts';
import { insertUser } from '#test/support/factories.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';
import { productPaths } from '../../src/product-paths.ts';
import type { Actor } from '#features/identity/index.ts';
import { keyListSchema, madeKeySchema } from '#features/identity/api-key-schema.ts';
import { createKey } from '#features/identity/api-key-service.ts';
import { newKeyMaterial } from '#features/identity/api-key.ts';
import type { KeyScope } from '#features/identity/key-scope.ts';

let parts: TestParts;
let app: TestApp;
let person: Actor;

beforeAll(async () => {
  parts = await openParts();
  const ways = tryWays([keyWay(parts.database)], async () => person);
  app = await startApp(parts, {}, productPaths.web, ways);
});

afterAll(async () => {
  await app.close();
  await parts.close();
});

beforeEach(async () => {
  person = await insertUser(parts.database);
});

async function send(method: string, path: string, options: { key?: string; body?: unknown } = {}) {
  const response = await fetch(`${app.url}${path}`, {
    method,
    headers: {
      ...(options.key !== undefined && { authorization: `Bearer ${options.key}` }),
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

async function makeKey(scopes: readonly KeyScope[] = ['*:read', '*:write']) {
  const answer = await send('POST', '/v1/keys', { body: { name: 'Scanner', scopes } });
  expect(answer.status).toBe(201);
  return madeKeySchema.parse(answer.body);
}

describe('a key', () => {
  test('is shown once, acts for its user within its scopes, and its use is noted', async () => {
    const { key, apiKey } = await makeKey(['folders:read']);
    expect(key.startsWith(apiKey.prefix)).toBe(true);
    expect((await send('GET', '/v1/folders', { key })).status).toBe(200);
    const write = await send('POST', '/v1/folders', { key, body: { name: 'Letters' } });
    expect(write).toMatchObject({
      status: 403,
      body: { code: 'access.denied', details: { scope: 'folders:write' } },
    });
    const listed = await send('GET', '/v1/keys');
    expect(JSON.stringify(listed.body)).not.toContain(key);
    const [stored] = keyListSchema.parse(listed.body).items;
    expect(stored).toMatchObject({ id: apiKey.id, name: 'Scanner', scopes: ['folders:read'] });
    expect(stored?.lastUsedAt).not.toBeNull();
  });

  test('is stored as a hash only', async () => {
    const { key } = await makeKey();
    const rows = await parts.database.sql`
      select k::text as line from api_keys k where user_id = ${person.userId}
      union all select a::text from audit_logs a where actor_id = ${person.userId}`;
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toContain(key.slice(10));
  });

  test.each([
    ['GET', '/v1/keys'],
    ['POST', '/v1/keys'],
    ['DELETE', '/v1/keys/00000000-0000-7000-8000-000000000009'],
    ['POST', '/v1/shares'],
    ['GET', '/v1/shares?documentId=00000000-0000-7000-8000-000000000009'],
  ])('with every scope does not reach %s %s', async (method, path) => {
    const { key } = await makeKey();
    expect(await send(method, path, { key })).toMatchObject({
      status: 403,
      body: { code: 'access.denied' },
    });
  });

  test('opens no more than the role of its user does', async () => {
    const { key } = await makeKey();
    expect((await send('GET', '/v1/audit', { key })).status).toBe(404);
    await parts.database.sql`update users set role = 'admin' where id = ${person.userId}`;
    expect((await send('GET', '/v1/audit', { key })).status).toBe(200);
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    ['is revoked', (id) => send('DELETE', `/v1/keys/${id}`)],
    [
      'has ended',
      (id) => parts.database.sql`update api_keys set expires_at = now() where id = ${id}`,
    ],
    [
      'belongs to a suspended user',
      () => parts.database.sql`update users set status = 'suspended' where id = ${person.userId}`,
    ],
  ])('that %s is refused like one that never was', async (_, end) => {
    const { key, apiKey } = await makeKey();
    expect((await send('GET', '/v1/folders', { key })).status).toBe(200);
    await end(apiKey.id);
    const unknown = await send('GET', '/v1/folders', { key: newKeyMaterial().key });
    const ended = await send('GET', '/v1/folders', { key });
    expect(ended).toMatchObject({ status: 401, body: { code: 'auth.invalid' } });
    expect({ ...ended.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    expect((await send('GET', '/v1/folders', { key: 'dmk_typo' })).status).toBe(401);
  });
});

describe('keys', () => {
  test('of somebody else cannot be seen or revoked', async () => {
    const { apiKey, key } = await makeKey();
    const owner = person;
    person = await insertUser(parts.database);
    expect(await send('GET', '/v1/keys')).toMatchObject({ body: { items: [] } });
    expect(await send('DELETE', `/v1/keys/${apiKey.id}`)).toMatchObject({
      status: 404,
      body: { code: 'api_key.not_found' },
    });
    person = owner;
    expect((await send('GET', '/v1/folders', { key })).status).toBe(200);
  });

  test.each([
    [{ scopes: ['*:read'] }, 400],
    [{ name: 'x', scopes: [] }, 400],
    [{ name: 'x', scopes: ['keys:write'] }, 400],
    [{ name: 'x', scopes: ['*:read'], expiresAt: '2001-01-01T00:00:00Z' }, 422],
  ])('are not made of %j', async (body, status) => {
    expect((await send('POST', '/v1/keys', { body })).status).toBe(status);
  });

  test('are a hundred at most', async () => {
    const deps = { database: parts.database };
    const wish = { name: 'One of many', scopes: ['*:read'] as const, expiresAt: null };
    for (let n = 0; n < 100; n += 1) await createKey(deps, person, wish);
    const onceMore = createKey(deps, person, wish);
    await expect(onceMore).rejects.toMatchObject({ code: 'api_key.too_many' });
  });

  test('are not made by a key, whoever forgot to close the route', async () => {
    const byKey: Actor = { ...person, kind: 'key', scopes: ['*:write'] };
    const wish = { name: 'Longer', scopes: ['*:read'] as const, expiresAt: null };
    const made = createKey({ database: parts.database }, byKey, wish);
    await expect(made).rejects.toMatchObject({ code: 'access.denied' });
  });
});

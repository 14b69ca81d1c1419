import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AccessWatch } from '#features/identity/index.ts';
import {
  type AccountSite,
  type Person,
  cookieOf,
  openAccountSite,
  refusalOf,
  sitePassword as password,
} from '#test/support/account-site.ts';
import { eventually } from '#test/support/eventually.ts';
import { openLive } from '#test/support/live-client.ts';
import { type TestParts, openParts } from '#test/support/start-app.ts';
import { makeFirstAdminLink } from './first-admin-service.ts';

const problemSchema = z.looseObject({ code: z.string() });

let parts: TestParts;
let site: AccountSite;
let person: Person;
beforeAll(async () => {
  parts = await openParts();
  site = await openAccountSite(parts);
});
afterAll(async () => {
  await site.app.close();
  await parts.close();
});
beforeEach(async () => {
  person = await site.newPerson();
});

const get = (route: string, cookie?: string) => site.get(route, cookie);
const post = (route: string, body: unknown, cookie?: string) => site.post(route, body, cookie);
const signIn = (who: Person = person) => site.signIn(who);

describe('who asks', () => {
  test('nobody is let in without a credential, and the answer says how to bring one', async () => {
    const response = await get('/v1/documents');
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await refusalOf(response)).toEqual([401, 'auth.required']);
  });

  test.each(['/health/live', '/health/ready', '/openapi.json', '/v1/auth/options', '/docs/'])(
    '%s is open to anyone',
    async (route) => {
      expect((await get(route)).status).toBe(200);
    },
  );

  test('a session opens what its user owns and nothing of others', async () => {
    const cookie = await signIn();
    const response = await get('/v1/account', cookie);
    expect(await response.json()).toMatchObject({ id: person.id, email: person.email });
    const documents: unknown = await (await get('/v1/documents', cookie)).json();
    expect(documents).toMatchObject({ items: [] });
  });

  test('an invented session is refused', async () => {
    expect(await refusalOf(await get('/v1/account', 'docmill=invented'))).toEqual([
      401,
      'auth.invalid',
    ]);
  });

  test('role and status count from the next request on', async () => {
    const cookie = await signIn();
    await parts.database.sql`update users set role = 'admin' where id = ${person.id}`;
    expect(await (await get('/v1/account', cookie)).json()).toMatchObject({ role: 'admin' });
    await parts.database.sql`update users set status = 'suspended' where id = ${person.id}`;
    expect((await get('/v1/account', cookie)).status).toBe(401);
  });

  test('a session slides while it is used and ends when it is not', async () => {
    const cookie = await signIn();
    const { sql } = parts.database;
    await sql`
      update sessions set last_seen_at = now() - interval '2 minutes', expires_at = now() + interval '1 minute'
      where user_id = ${person.id}`;
    expect((await get('/v1/account', cookie)).status).toBe(200);
    const rows = await sql<{ expiresAt: Date }>`
      select expires_at from sessions where user_id = ${person.id}`;
    expect(rows[0]?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 80_000_000);
    await sql`
      update sessions set created_at = now() - interval '2 days', expires_at = now() - interval '1 second'
      where user_id = ${person.id}`;
    expect((await get('/v1/account', cookie)).status).toBe(401);
  });
});

describe('signing in', () => {
  test('sets a cookie that scripts cannot read, and stores no token', async () => {
    const response = await post('/v1/auth/sign-in', { email: person.email, password });
    expect(response.headers.getSetCookie()[0]).toMatch(
      /^docmill=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const token = cookieOf(response).slice('docmill='.length);
    const rows = await parts.database.sql`
      select * from sessions where user_id = ${person.id}`;
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test('wrong address, wrong password and suspended account are one answer', async () => {
    const suspended = await site.newPerson();
    await parts.database.sql`update users set status = 'suspended' where id = ${suspended.id}`;
    const bodies = await Promise.all(
      [
        { email: 'nobody@example.org', password },
        { email: person.email, password: 'not the password' },
        { email: suspended.email, password },
        { email: 'owner@docmill.localhost', password },
      ].map(async (wish) => {
        const response = await post('/v1/auth/sign-in', wish);
        const { requestId: _, ...problem } = problemSchema.parse(await response.json());
        return { ...problem, cookies: response.headers.getSetCookie() };
      }),
    );
    expect(bodies[0]).toMatchObject({ status: 401, code: 'auth.refused', cookies: [] });
    for (const body of bodies) expect(body).toEqual(bodies[0]);
  });

  test('an unknown address takes as long as a wrong password', async () => {
    const timeOf = async (email: string): Promise<number> => {
      const startedAt = performance.now();
      await post('/v1/auth/sign-in', { email, password: 'not the password' });
      return performance.now() - startedAt;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let turn = 0; turn < 9; turn += 1) {
      known.push(await timeOf(person.email));
      unknown.push(await timeOf(`nobody${turn}@example.org`));
    }
    const median = (times: number[]): number => times.toSorted((a, b) => a - b)[4] ?? 0;
    // Without the decoy the hash, which is most of the time, would be missing.
    expect(median(unknown)).toBeGreaterThan(median(known) * 0.5);
  });

  test('a proof of the address is asked for, of who knows the password', async () => {
    await parts.database.sql`update users set email_verified_at = null where id = ${person.id}`;
    const right = await post('/v1/auth/sign-in', { email: person.email, password });
    expect(await refusalOf(right)).toEqual([403, 'auth.email_unverified']);
    const wrong = await post('/v1/auth/sign-in', { email: person.email, password: 'x' });
    expect(await refusalOf(wrong)).toEqual([401, 'auth.refused']);
  });

  test('anew ends the session that the browser had', async () => {
    const first = await signIn();
    const again = await post('/v1/auth/sign-in', { email: person.email, password }, first);
    expect(cookieOf(again)).not.toBe(first);
    expect((await get('/v1/account', first)).status).toBe(401);
    expect((await get('/v1/account', cookieOf(again))).status).toBe(200);
  });

  test('a write that another site makes the browser send is refused', async () => {
    const response = await fetch(`${site.app.url}/v1/auth/sign-in`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
      },
      body: JSON.stringify({ email: person.email, password }),
    });
    expect(await refusalOf(response)).toEqual([403, 'request.cross_site']);
  });
});

describe('signing out', () => {
  test('ends this session and forgets the cookie, others stay', async () => {
    const [one, other] = [await signIn(), await signIn()];
    const response = await post('/v1/auth/sign-out', {}, one);
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()[0]).toMatch(/^docmill=; Max-Age=0;/);
    expect((await get('/v1/account', one)).status).toBe(401);
    expect((await get('/v1/account', other)).status).toBe(200);
  });

  test('everywhere ends all of them', async () => {
    const [one, other] = [await signIn(), await signIn()];
    await post('/v1/auth/sign-out', { everywhere: true }, one);
    expect((await get('/v1/account', other)).status).toBe(401);
  });

  test('without a session, or without a body, is no failure', async () => {
    expect((await fetch(`${site.app.url}/v1/auth/sign-out`, { method: 'POST' })).status).toBe(204);
    expect((await post('/v1/auth/sign-out', {}, 'docmill=invented')).status).toBe(204);
  });
});

describe('what stays open', () => {
  test('a socket and an event stream end with their session, those of others go on', async () => {
    const [leaving, staying] = [await signIn(), await signIn(await site.newPerson())];
    const left = await openLive(site.app.url, { cookie: leaving });
    const stays = await openLive(site.app.url, { cookie: staying });
    const stream = await get('/v1/events', leaving);
    const ended = stream.text();
    await post('/v1/auth/sign-out', {}, leaving);
    expect(await left.closed).toBe(1008);
    await ended;
    stays.say({ type: 'ping' });
    await stays.hear('heartbeat');
    await stays.close();
  });

  test('a socket ends when its user is suspended', async () => {
    const client = await openLive(site.app.url, { cookie: await signIn() });
    await parts.database.sql`update users set status = 'suspended' where id = ${person.id}`;
    expect(await client.closed).toBe(1008);
  });

  test('a socket without a session is not opened', async () => {
    await expect(openLive(site.app.url)).rejects.toThrow(/Unexpected server response: 401/);
  });
});

describe('the first admin', () => {
  const tokenOf = (link: string | null): string => (link ?? '').split('#token=')[1] ?? '';
  const claim = (token: string, email: string) =>
    post('/v1/auth/first-admin', { token, email, password, firstName: 'Ada' });

  test('takes over the local owner by a link that works once, and ends the other links', async () => {
    expect(await (await get('/v1/auth/options')).json()).toMatchObject({ firstAdminNeeded: true });
    const [link, other] = [
      await makeFirstAdminLink(parts.database, 'https://docs.example.test/'),
      await makeFirstAdminLink(parts.database, 'https://docs.example.test'),
    ];
    expect(link).toMatch(/^https:\/\/docs\.example\.test\/first-admin#token=[\w-]{43}$/);
    expect(await refusalOf(await claim('invented', 'ada@example.org'))).toEqual([
      410,
      'auth.link_invalid',
    ]);
    const weak = await post('/v1/auth/first-admin', {
      token: tokenOf(link),
      email: 'ada@example.org',
      password: 'password123',
    });
    expect(await refusalOf(weak)).toEqual([422, 'auth.password_weak']);
    const answers = await Promise.all(
      [tokenOf(link), tokenOf(other)].map((token) => claim(token, 'ada@example.org')),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410]);
    const won = answers.find(({ ok }) => ok);
    const account: unknown = await won?.json();
    expect(account).toMatchObject({
      id: '00000000-0000-7000-8000-000000000001',
      email: 'ada@example.org',
      role: 'admin',
      emailVerified: true,
    });
    expect((await get('/v1/account', won ? cookieOf(won) : '')).status).toBe(200);
    expect(await (await get('/v1/auth/options')).json()).toMatchObject({ firstAdminNeeded: false });
    expect(await makeFirstAdminLink(parts.database, 'https://docs.example.test')).toBeNull();
    for (const token of [tokenOf(link), tokenOf(other)]) {
      expect((await claim(token, 'eve@example.org')).status).toBe(410);
    }
  });
});

test('ends are told to a watcher even when no word of them came', async () => {
  const watch = new AccessWatch(parts.database, { sweepMs: 10 });
  await watch.start();
  let allowed = true;
  let ended = false;
  const end = (): void => {
    ended = true;
  };
  watch.watch({ userId: person.id, isStillAllowed: async () => allowed, end });
  allowed = false;
  await eventually('the end', () => ended);
  await watch.stop();
});

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createOutgoingFetch } from '#outgoing/outgoing-fetch.ts';
import { createOutgoing } from '#outgoing/outgoing.ts';
import {
  type AccountSite,
  type Person,
  cookieOf,
  openAccountSite,
} from '#test/support/account-site.ts';
import { listenOnLoopback } from '#test/support/loopback-server.ts';
import { type OidcIssuer, openOidcIssuer } from '#test/support/oidc-issuer.ts';
import { travel } from '#test/support/travelling-browser.ts';
import { type TestParts, openParts } from '#test/support/start-app.ts';
import { createGithubSignIn } from './github-sign-in.ts';
import { createOidcSignIn } from './oidc-sign-in.ts';
import { placeWithin, wantedPlace } from './provider-visit.ts';

const clientId = 'docmill';
const clientSecret = 'a-secret-of-this-test';

let parts: TestParts;
let site: AccountSite;
let oidc: OidcIssuer;
let github: { url: string; close(): void };
let person: Person;

beforeAll(async () => {
  parts = await openParts();
  oidc = await openOidcIssuer({ clientId, clientSecret });
  github = await listenOnLoopback(fakeGithub);
  const { issuer } = oidc;
  const fetch = createOutgoingFetch(createOutgoing({ allow: ['127.0.0.1'] }));
  const client = { clientId, clientSecret, fetch };
  const closedFetch = createOutgoingFetch(createOutgoing({ allow: [] }));
  let url = '';
  site = await openAccountSite(parts, {
    signUp: 'open',
    publicUrl: () => url,
    providers: [
      createOidcSignIn({ ...client, id: 'oidc', name: 'Acme', issuer }),
      // Google is a provider like any other; here it is the same one, reached past the guard of outgoing calls.
      createOidcSignIn({ ...client, fetch: closedFetch, id: 'google', name: 'Google', issuer }),
      createGithubSignIn({ ...client, url: github.url, apiUrl: `${github.url}/api` }),
    ],
  });
  url = site.app.url;
  oidc.serve([`${url}/v1/auth/providers/oidc/callback`]);
  await site.newPerson('admin');
});
afterAll(async () => {
  await site.app.close();
  oidc.close();
  github.close();
  await parts.close();
});
beforeEach(async () => {
  person = await site.newPerson();
});

/** Speaks as github.com and api.github.com do, checks the secret and the proof of the code. */
let challenge = '';
function fakeGithub(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '', 'http://github.invalid');
  const json = (body: unknown): void => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  };
  if (url.pathname === '/login/oauth/authorize') {
    challenge = url.searchParams.get('code_challenge') ?? '';
    const back = new URL(url.searchParams.get('redirect_uri') ?? '');
    back.searchParams.set('code', 'code-of-github');
    back.searchParams.set('state', url.searchParams.get('state') ?? '');
    response.writeHead(302, { location: back.href }).end();
  } else if (url.pathname === '/login/oauth/access_token') {
    void answerToken(request, json);
  } else if (request.headers.authorization !== 'Bearer token-of-github') {
    response.writeHead(401).end();
  } else if (url.pathname === '/api/user') json({ id: 4711, name: 'Grace Hopper' });
  else json([{ email: 'grace@example.org', primary: true, verified: true }]);
}

async function answerToken(request: IncomingMessage, json: (body: unknown) => void): Promise<void> {
  const form = new URLSearchParams(await text(request));
  const proof = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  const isRight = proof === challenge && form.get('client_secret') === clientSecret;
  json(isRight ? { access_token: 'token-of-github' } : { error: 'bad_verification_code' });
}

const start = (id: string, query = ''): string => `/v1/auth/providers/${id}/start${query}`;

/** Signs in at the provider as `login`; resolves to where the browser ends and who is signed in there. */
async function visit(login: string, route = start('oidc', '?returnTo=/jobs'), cookie = '') {
  const end = await travel(`${site.app.url}${route}`, { login, cookie });
  const account = await site.get('/v1/account', end.cookie);
  return { ...end, email: account.ok ? emailOf(await account.json()) : null };
}

function emailOf(account: unknown): unknown {
  return account !== null && typeof account === 'object' && 'email' in account
    ? account.email
    : null;
}

describe('OpenID Connect, with a real provider', () => {
  test('signs in the account with the same verified address, and knows it again by its subject', async () => {
    const login = `subject-${person.id}`;
    oidc.people.set(login, { email: person.email, email_verified: true, given_name: 'Ada' });
    expect(await visit(login)).toMatchObject({ place: '/jobs', email: person.email });
    oidc.people.set(login, { email: 'moved@example.org', email_verified: true });
    expect(await visit(login)).toMatchObject({ place: '/jobs', email: person.email });
    const rows = await parts.database.sql`
      select subject, profile from user_identities where user_id = ${person.id}`;
    expect(rows).toMatchObject([{ subject: login, profile: { email: 'moved@example.org' } }]);
  });

  test('makes an account where everybody may', async () => {
    oidc.people.set('newcomer', { email: 'newcomer@example.org', email_verified: true });
    expect(await visit('newcomer')).toMatchObject({ email: 'newcomer@example.org' });
  });

  test.each([
    ['an address that the provider did not verify', { email_verified: false }, true],
    ['an account whose address was not proved', { email_verified: true }, false],
  ])('does not take over by %s', async (_, claims, isProved) => {
    const login = `thief-${person.id}`;
    oidc.people.set(login, { email: person.email, ...claims });
    if (!isProved) {
      await parts.database.sql`update users set email_verified_at = null where id = ${person.id}`;
    }
    expect(await visit(login)).toMatchObject({
      place: '/sign-in?error=auth.email_unverified&to=%2Fjobs',
      email: null,
    });
  });

  test.each([
    ['/documents/1?page=2', '/documents/1?page=2'],
    ['/sign-in?to=%2Fdocuments%2F1%3Fpage%3D2&arrived=true', '/documents/1?page=2'],
    ['/sign-in?to=%2F%2Fevil.example&arrived=true', '/'],
    ['https://evil.example/', '/'],
  ])('who is refused on the way to %s can go on to %s', async (returnTo, wanted) => {
    const login = `refused-${person.id}`;
    oidc.people.set(login, { email: person.email, email_verified: false });
    const { place } = await visit(
      login,
      start('oidc', `?returnTo=${encodeURIComponent(returnTo)}`),
    );
    const { pathname, searchParams } = new URL(place, site.app.url);
    expect([pathname, searchParams.get('error')]).toEqual(['/sign-in', 'auth.email_unverified']);
    expect(searchParams.get('to') ?? '/').toBe(wanted);
  });

  test('does not let in who is suspended', async () => {
    const login = `suspended-${person.id}`;
    oidc.people.set(login, { email: person.email, email_verified: true });
    await parts.database.sql`update users set status = 'suspended' where id = ${person.id}`;
    expect(await visit(login)).toMatchObject({
      place: '/sign-in?error=auth.refused&to=%2Fjobs',
      email: null,
    });
  });

  test('is added to the account that is signed in, and to no second one', async () => {
    const login = `linked-${person.id}`;
    oidc.people.set(login, { email: 'elsewhere@example.org', email_verified: true });
    const link = start('oidc', '?link=true&returnTo=/settings');
    const cookie = await site.signIn(person);
    expect(await visit(login, link, cookie)).toMatchObject({ place: '/settings' });
    expect(await visit(login)).toMatchObject({ email: person.email });
    const second = await site.signIn(await site.newPerson());
    expect(await visit(login, link, second)).toMatchObject({
      place: '/settings/security?error=identity.taken',
    });
    expect((await visit(login, link)).place).toBe('/settings/security?error=auth.refused');
  });

  test('a code that this browser did not ask for signs nobody in', async () => {
    const route = '/v1/auth/providers/oidc/callback?code=stolen&state=stolen';
    const response = await site.get(route);
    expect(response.headers.get('location')).toBe('/sign-in?error=auth.provider_failed');
    expect(response.headers.getSetCookie().join()).not.toMatch(/docmill=[^;]/);
  });

  test('a provider inside the network is not called unless the settings name it', async () => {
    const response = await site.get(start('google'));
    expect(response.headers.get('location')).toBe('/sign-in?error=auth.provider_failed');
    expect(response.headers.getSetCookie()).toEqual([]);
    const link = await site.get(start('google', '?link=true'));
    expect(link.headers.get('location')).toBe('/settings/security?error=auth.provider_failed');
  });

  test('adding to an account is not begun by another site', async () => {
    const response = await fetch(`${site.app.url}${start('oidc', '?link=true')}`, {
      headers: { 'sec-fetch-site': 'cross-site' },
      redirect: 'manual',
    });
    expect(response.status).toBe(403);
  });
});

test('GitHub: code, token, number and primary address make who it is', async () => {
  expect(await visit('', start('github'))).toMatchObject({
    place: '/',
    email: 'grace@example.org',
  });
  const rows = await parts.database.sql`
    select provider from user_identities where subject = '4711'`;
  expect(rows).toEqual([{ provider: 'github' }]);
});

test('a good code with the state of another visit signs nobody in', async () => {
  const begun = await site.get(start('github'));
  const cookie = begun.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const asked = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
  const back = new URL(asked.headers.get('location') ?? '');
  const finish = (state: string): Promise<Response> => {
    back.searchParams.set('state', state);
    return site.get(`${back.pathname}${back.search}`, cookie);
  };
  const state = back.searchParams.get('state') ?? '';
  const swapped = await finish(`${state.slice(1)}x`);
  expect(swapped.headers.get('location')).toBe('/sign-in?error=auth.provider_failed');
  expect((await finish(state)).headers.get('location')).toBe('/');
});

test('who comes back too late is not signed in, and can go on to where they wanted', async () => {
  const begun = await site.get(start('github', '?returnTo=/jobs'));
  const [name = '', value = ''] = cookieOf(begun).split('=');
  const begunVisit: unknown = JSON.parse(Buffer.from(value, 'base64url').toString());
  const asked = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
  const back = new URL(asked.headers.get('location') ?? '');
  const finish = async (changes: { startedAt: number; returnTo?: string; state?: string }) => {
    const kept = JSON.stringify({ ...z.looseObject({}).parse(begunVisit), ...changes });
    const cookie = `${name}=${Buffer.from(kept).toString('base64url')}`;
    const answer = await site.get(`${back.pathname}${back.search}`, cookie);
    return answer.headers.get('location');
  };
  const startedAt = Date.now();
  const refused = '/sign-in?error=auth.provider_failed';
  expect(await finish({ startedAt: startedAt - 601_000 })).toBe(`${refused}&to=%2Fjobs`);
  expect(await finish({ startedAt, state: 'another' })).toBe(`${refused}&to=%2Fjobs`);
  expect(await finish({ startedAt: 0, returnTo: '//evil.example' })).toBe(refused);
  expect(await finish({ startedAt, returnTo: 'https://evil.example' })).toBe('/');
  expect(await finish({ startedAt })).toBe('/jobs');
});

test('the services that are set up are told, others are not there', async () => {
  const options: unknown = await (await site.get('/v1/auth/options')).json();
  expect(options).toMatchObject({
    providers: [
      { id: 'oidc', name: 'Acme' },
      { id: 'google', name: 'Google' },
      { id: 'github', name: 'GitHub' },
    ],
  });
  expect((await site.get('/v1/auth/providers/clerk/start')).status).toBe(404);
});

test.each([
  ['/sign-in?to=%2Fjobs%3Fx%3D1&arrived=true', '/jobs?x=1'],
  ['/sign-in?to=https%3A%2F%2Fevil.example', '/'],
  ['/sign-in', '/'],
  ['/jobs?to=%2Fother', '/jobs?to=%2Fother'],
])('a visit that comes back to %s wants to go to %s', (returnTo, place) => {
  expect(wantedPlace({ returnTo })).toBe(place);
});

test.each([
  ['/jobs?x=1#y', '/jobs?x=1#y'],
  ['https://evil.example/', '/'],
  ['//evil.example/', '/'],
  [String.raw`/\evil.example/`, '/'],
  ['javascript:alert(1)', '/'],
  ['', '/'],
])('after %j the browser goes to %j', (wanted, place) => {
  expect(placeWithin(wanted)).toBe(place);
});

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createOutgoingFetch } from '#outgoing/outgoing-fetch.ts';
import { createOutgoing } from '#outgoing/outgoing.ts';
import {
  type AccountSite,
  cookieOf,
  openAccountSite,
  refusalOf,
} from '#test/support/account-site.ts';
import { type OidcIssuer, openOidcIssuer } from '#test/support/oidc-issuer.ts';
import { type TestParts, openParts } from '#test/support/start-app.ts';
import { travel } from '#test/support/travelling-browser.ts';
import { createOidcSignIn } from './oidc-sign-in.ts';

const client = { clientId: 'docmill', clientSecret: 'a-secret-of-this-test' };
const start = '/v1/auth/providers/oidc/start';

let parts: TestParts;
let site: AccountSite;
let oidc: OidcIssuer;
let adminCookie: string;
let email: string;
let count = 0;

beforeAll(async () => {
  parts = await openParts();
  oidc = await openOidcIssuer(client);
  const fetch = createOutgoingFetch(createOutgoing({ allow: ['127.0.0.1'] }));
  let url = '';
  site = await openAccountSite(parts, {
    signUp: 'invited',
    publicUrl: () => url,
    providers: [
      createOidcSignIn({ ...client, fetch, id: 'oidc', name: 'Acme', issuer: oidc.issuer }),
    ],
  });
  url = site.app.url;
  oidc.serve([`${url}/v1/auth/providers/oidc/callback`]);
  adminCookie = await site.signIn(await site.newPerson('admin'));
});
afterAll(async () => {
  await site.app.close();
  oidc.close();
  await parts.close();
});
beforeEach(() => {
  count += 1;
  email = `Invited.${count}@example.org`;
});

const madeSchema = z.object({ token: z.string(), invitation: z.object({ id: z.string() }) });

async function invite(address = email): Promise<z.infer<typeof madeSchema>> {
  const wish = { email: address, role: 'reviewer' };
  return madeSchema.parse(await (await site.post('/v1/invitations', wish, adminCookie)).json());
}

/** Goes to Acme with an invitation, signs in there and comes back. */
async function accept(invitation: string, login: string) {
  const begun = await site.post(start, { invitation, returnTo: '/jobs' });
  const { url } = z.object({ url: z.string() }).parse(await begun.json());
  const home = site.app.url;
  const end = await travel(url, { login, cookie: cookieOf(begun), home });
  const account = await site.get('/v1/account', end.cookie);
  const found: unknown = account.ok ? await account.json() : null;
  return { url, place: end.place, account: found };
}

const person = (claims: Record<string, unknown>): string => {
  const login = `login-${count}-${oidc.people.size}`;
  oidc.people.set(login, { email, email_verified: true, ...claims });
  return login;
};

async function accountsOf(address: string): Promise<number> {
  const rows = await parts.database.sql`select from users where email = ${address}::citext`;
  return rows.length;
}

test('who is invited gets the account by a service that has verified the address, once', async () => {
  const { token } = await invite();
  const login = person({ email: email.toLowerCase(), given_name: 'Grace', family_name: 'Hopper' });
  const accepted = await accept(token, login);
  expect(accepted).toMatchObject({
    place: '/jobs',
    account: { email, role: 'reviewer', name: 'Grace Hopper', emailVerified: true },
  });
  // What is secret stays in the browser and in the body.
  expect(accepted.url).not.toContain(token);
  const again = await site.post('/v1/auth/sign-up', {
    invitation: token,
    password: 'another horse battery',
  });
  expect((await refusalOf(again))[0]).toBe(410);
  const other = person({});
  expect(await accept(token, other)).toMatchObject({
    place: '/sign-up?error=auth.link_invalid',
    account: null,
  });
  // The service is a way in from now on.
  const back = await travel(`${site.app.url}${start}?returnTo=/jobs`, { login, cookie: '' });
  expect(back.place).toBe('/jobs');
});

test.each([
  ['has not verified the address', { email_verified: false }, 'auth.email_unverified'],
  ['knows another address', { email: 'other@example.org' }, 'auth.invitation_foreign'],
  ['knows a longer address', { email: 'x.invited@example.org' }, 'auth.invitation_foreign'],
  ['knows no address', { email: undefined }, 'auth.email_unverified'],
])('a service that %s makes no account, and a password still does', async (_, claims, code) => {
  const { token } = await invite();
  const refused = await accept(token, person(claims));
  expect(refused).toMatchObject({ place: `/sign-up?error=${code}`, account: null });
  expect([await accountsOf(email), await accountsOf('other@example.org')]).toEqual([0, 0]);
  const wish = { invitation: token, password: 'another horse battery' };
  expect(await (await site.post('/v1/auth/sign-up', wish)).json()).toMatchObject({ email });
});

test('an invitation that was taken back, has ended or never was makes no account', async () => {
  const [taken, ended] = [await invite(), await invite(`late.${email}`)];
  await site.send('DELETE', `/v1/invitations/${taken.invitation.id}`, undefined, adminCookie);
  await parts.database.sql`
    update invitations set created_at = now() - interval '9 days', expires_at = now() - interval '1 day'
    where id = ${ended.invitation.id}`;
  const invalid = { place: '/sign-up?error=auth.link_invalid', account: null };
  expect(await accept(taken.token, person({}))).toMatchObject(invalid);
  const late = person({ email: `late.${email}` });
  expect(await accept(ended.token, late)).toMatchObject(invalid);
  expect(await accept('invented', person({}))).toMatchObject(invalid);
  expect(await accountsOf(email)).toBe(0);
});

test('who has an account by the service already is not signed in to it by the invitation of another address', async () => {
  const first = await invite();
  const login = person({});
  await accept(first.token, login);
  const second = await invite(`second.${email}`);
  expect(await accept(second.token, login)).toMatchObject({
    place: '/sign-up?error=auth.invitation_foreign',
    account: null,
  });
});

test('without the invitation the invited address makes no account', async () => {
  await invite();
  const from = `${site.app.url}${start}?returnTo=/jobs`;
  const { place } = await travel(from, { login: person({}), cookie: '' });
  expect(place).toBe('/sign-in?error=auth.sign_up_closed&to=%2Fjobs');
  expect(await accountsOf(email)).toBe(0);
});

test('a service that is not set up is refused, and the page of the invitation gets its token back behind the #', async () => {
  const route = '/v1/auth/providers/github/start';
  expect((await site.post(route, { invitation: 'x' })).status).toBe(404);
  const begun = await site.post(start, { invitation: 'the token' });
  const refused = await site.get('/v1/auth/providers/oidc/callback?state=x', cookieOf(begun));
  expect(refused.headers.get('location')).toBe(
    '/sign-up?error=auth.provider_failed#token=the%20token',
  );
});

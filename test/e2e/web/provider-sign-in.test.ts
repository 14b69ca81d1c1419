import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { openOidcIssuer } from '#test/support/oidc-issuer.ts';
import type { TestServer } from '#test/support/start-server.ts';
import { admin, fillSignIn, makeFirstAdmin, openVisitor } from './account-visitors.ts';
import { findBarriers, useBrowser } from './web-browser.ts';

const client = { clientId: 'docmill', clientSecret: 'a-secret-of-this-test' };
// To a browser localhost is another site than 127.0.0.1: cookies and Fetch-Metadata are as between two services.
const acme = await openOidcIssuer(client, 'localhost');

let server: TestServer;
let page: Page;
let hasAdmin = false;

useBrowser({
  env: {
    DOCMILL_SIGN_IN: 'required',
    DOCMILL_SIGN_UP: 'open',
    DOCMILL_OIDC_ISSUER: acme.issuer,
    DOCMILL_OIDC_CLIENT_ID: client.clientId,
    DOCMILL_OIDC_CLIENT_SECRET: client.clientSecret,
    DOCMILL_OIDC_NAME: 'Acme',
    DOCMILL_OUTGOING_ALLOW: 'localhost',
  },
  onServer(started) {
    server = started;
    acme.serve([`${server.url}/v1/auth/providers/oidc/callback`]);
  },
  onPage: (opened) => (page = opened),
});
afterAll(() => acme.close());

/** Everything but the first page needs an admin. */
async function prepare(): Promise<void> {
  if (!hasAdmin) await makeFirstAdmin(server);
  hasAdmin = true;
}

/** Signs in at Acme, whose form must be about to open. */
async function signInAtAcme(at: Page, login: string): Promise<void> {
  await at.waitForURL((url) => url.origin === acme.issuer);
  await at.locator('input[name=login]').fill(login);
  await at.locator('input[name=password]').fill('any');
  await at.locator('button[type=submit]').click();
}

test('who signs in by another service comes to where they wanted to go, in any browser with their colours', async () => {
  await prepare();
  acme.people.set('grace', { email: 'grace@example.org', email_verified: true });
  await page.goto(`${server.url}/settings?x=1`);
  const way = page.getByRole('link', { name: 'Go on with Acme' });
  await way.waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await way.click();
  await signInAtAcme(page, 'grace');
  const preferences = page.getByRole('region', { name: 'Preferences' });
  await preferences.getByLabel('Colours').selectOption('dark');
  await page.getByText('Saved').first().waitFor();
  expect(new URL(page.url()).pathname).toBe('/settings');
  await page.getByText('grace@example.org').first().waitFor();

  const visitor = await openVisitor(page);
  await visitor.page.goto(server.url);
  await visitor.page.getByRole('link', { name: 'Go on with Acme' }).click();
  await signInAtAcme(visitor.page, 'grace');
  await visitor.page.getByRole('heading', { name: 'Drop your first documents here' }).waitFor();
  expect(await visitor.page.locator('html').getAttribute('data-theme')).toBe('dark');
  await visitor.end();
}, 120_000);

test('who cannot be signed in by another service is told why, and goes on another way', async () => {
  await prepare();
  acme.people.set('thief', { email: admin.email, email_verified: false });
  await page.goto(`${server.url}/settings/keys?x=1`);
  await page.getByRole('link', { name: 'Go on with Acme' }).click();
  await signInAtAcme(page, 'thief');
  await page.getByRole('alert').getByText('Your address is not proved').waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await fillSignIn(page, admin);
  await page.getByRole('heading', { name: 'New key' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/settings/keys');
  const visitor = await openVisitor(page);
  await visitor.page.goto(`${server.url}/sign-in?arrived=true`);
  await visitor.page.getByLabel('E-mail address').waitFor();
  await visitor.end();
}, 90_000);

test('who is invited accepts by another service with the invited address, and is told where it is another one', async () => {
  await prepare();
  await page.goto(`${server.url}/settings/users`);
  await fillSignIn(page, admin);
  const invite = page.getByRole('region', { name: 'Invite somebody' });
  await invite.getByLabel('E-mail address').fill('ben@example.org');
  await invite.getByLabel('Role').selectOption('Reviewer');
  await invite.getByRole('button', { name: 'Invite', exact: true }).click();
  const link = await invite.getByLabel('Link of the invitation').inputValue();

  acme.people.set('home', { email: 'ben@home.example', email_verified: true });
  const stranger = await openVisitor(page);
  await stranger.page.goto(link);
  await stranger.page.getByRole('button', { name: 'Go on with Acme' }).click();
  await signInAtAcme(stranger.page, 'home');
  await stranger.page.getByRole('alert').getByText('for another address').waitFor();
  expect(await findBarriers(stranger.page)).toEqual([]);
  await stranger.end();

  acme.people.set('work', { email: 'ben@example.org', email_verified: true, given_name: 'Ben' });
  const ben = await openVisitor(page);
  await ben.page.goto(link);
  await ben.page.getByRole('button', { name: 'Go on with Acme' }).click();
  await signInAtAcme(ben.page, 'work');
  await ben.page.getByRole('heading', { name: 'Drop your first documents here' }).waitFor();
  await ben.page.goto(`${server.url}/settings`);
  await ben.page.getByText('Reviewer').first().waitFor();
  await ben.end();
}, 120_000);

test('another service is connected to an account and disconnected, and one of somebody else is refused', async () => {
  await prepare();
  acme.people.set('ada', { email: 'ada@elsewhere.example', email_verified: true });
  await page.goto(`${server.url}/settings/security`);
  await fillSignIn(page, admin);
  const ways = page.getByRole('region', { name: 'Other ways in' });
  await ways.getByText('None yet.').waitFor();
  await ways.getByRole('link', { name: 'Connect Acme' }).click();
  await signInAtAcme(page, 'ada');
  const row = ways.getByRole('listitem').filter({ hasText: 'Acme' });
  await row.getByText('ada@elsewhere.example').waitFor();
  expect(await ways.getByRole('link', { name: 'Connect Acme' }).count()).toBe(0);
  expect(await findBarriers(page)).toEqual([]);

  const visitor = await openVisitor(page);
  acme.people.set('eve', { email: 'eve@example.org', email_verified: true });
  await visitor.page.goto(`${server.url}/sign-in`);
  await visitor.page.getByRole('link', { name: 'Go on with Acme' }).click();
  await signInAtAcme(visitor.page, 'eve');
  await visitor.page.getByRole('heading', { name: 'Drop your first documents here' }).waitFor();
  await visitor.end();

  await row.getByRole('button', { name: 'Disconnect' }).click();
  await row.getByRole('button', { name: 'Disconnect' }).click();
  await ways.getByText('None yet.').waitFor();
  // Acme still knows this browser as Ada there; Eve signs in anew.
  await page.context().clearCookies({ domain: 'localhost' });
  await ways.getByRole('link', { name: 'Connect Acme' }).click();
  await signInAtAcme(page, 'eve');
  await ways.getByRole('alert').getByText('belongs to somebody else here').waitFor();
}, 120_000);

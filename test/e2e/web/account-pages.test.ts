import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ZipArchive } from '#engines/office/zip-archive.ts';
import type { TestServer } from '#test/support/start-server.ts';
import { admin, fillSignIn, firstAdminPath, openVisitor } from './account-visitors.ts';
import { findBarriers, useBrowser } from './web-browser.ts';

let server: TestServer;
let page: Page;

useBrowser({
  env: { DOCMILL_SIGN_IN: 'required' },
  onServer: (started) => (server = started),
  onPage: (opened) => (page = opened),
});

test('the first admin makes an account by the printed link, signs out, and comes back to where they wanted to go', async () => {
  await page.goto(server.url);
  await page.getByText('The server has printed a link for the first one').waitFor();
  expect(await findBarriers(page)).toEqual([]);

  await page.goto(server.url + firstAdminPath(server));
  await page.getByLabel('First name').fill('Ada');
  await page.getByLabel('E-mail address').fill(admin.email);
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByRole('alert').getByText('characters').waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByLabel('Password').fill(admin.password);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByRole('heading', { name: 'Drop your first documents here' }).waitFor();

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByText(admin.email).first().waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();

  await page.goto(`${server.url}/settings/keys?x=1`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await fillSignIn(page, { ...admin, password: 'three quiet robins' });
  await page.getByText('The e-mail address or the password is not right.').waitFor();
  await fillSignIn(page, admin);
  await page.getByRole('heading', { name: 'New key' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/settings/keys');
}, 90_000);

test('a key is shown once, works, and stops working when it is revoked', async () => {
  await page.goto(`${server.url}/settings/keys`);
  await fillSignIn(page, admin);
  await page.getByLabel('Name').fill('Scanner');
  await page.getByLabel('It may').selectOption('do what I choose');
  expect(await page.getByRole('button', { name: 'Make the key' }).isDisabled()).toBe(true);
  await page.getByRole('checkbox', { name: 'Documents: Read' }).check();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Make the key' }).click();
  const key = await page.getByLabel('The key “Scanner”').inputValue();
  expect(key).toMatch(/^dmk_/);
  expect(await findBarriers(page)).toEqual([]);

  const ask = async (path: string) =>
    (await fetch(server.url + path, { headers: { authorization: `Bearer ${key}` } })).status;
  expect(await ask('/v1/documents')).toBe(200);
  expect(await ask('/v1/journal')).toBe(403);

  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByLabel('The key “Scanner”').waitFor({ state: 'detached' });
  const row = page.getByRole('article').filter({ hasText: 'Scanner' });
  await row.getByText('documents:read').waitFor();
  await row.getByRole('button', { name: 'Revoke Scanner' }).click();
  await row.getByText('Programs with this key stop working.').waitFor();
  await row.getByRole('button', { name: 'Revoke Scanner' }).click();
  await row.getByText('revoked on').waitFor();
  expect(await ask('/v1/documents')).toBe(401);
}, 90_000);

test('everything of an account is downloaded as one archive', async () => {
  await page.goto(`${server.url}/settings`);
  await fillSignIn(page, admin);
  const part = page.getByRole('region', { name: 'Your data' });
  await part.waitFor();
  const buffer = Buffer.from('A letter about herons.');
  const files = { name: 'letter.txt', mimeType: 'text/plain', buffer };
  const upload = await page.request.post(`${server.url}/v1/documents`, { multipart: { files } });
  expect(upload.status()).toBe(202);

  const download = page.waitForEvent('download');
  await part.getByRole('link', { name: 'Download everything' }).click();
  expect((await download).suggestedFilename()).toMatch(/^docmill-\d{4}-\d\d-\d\d\.zip$/);
  const archive = new ZipArchive(await readFile(await (await download).path()));
  const textOf = (name: string) => Buffer.from(archive.read(name) ?? '').toString();
  expect(archive.names).toEqual(
    expect.arrayContaining(['profile.json', 'documents.json', 'journal.json', 'timetables.json']),
  );
  expect(JSON.parse(textOf('profile.json'))).toMatchObject({ account: { email: admin.email } });
  const original = archive.names.find((name) => name.endsWith('/1-letter.txt')) ?? '';
  expect(textOf(original)).toBe(buffer.toString());
}, 90_000);

test('another password ends the other sessions, and what somebody prefers follows them to other browsers', async () => {
  const visitor = await openVisitor(page);
  const other = visitor.page;
  await other.goto(`${server.url}/settings`);
  await fillSignIn(other, admin);
  await other.getByRole('region', { name: 'Preferences' }).waitFor();

  await page.goto(`${server.url}/settings/security`);
  await fillSignIn(page, admin);
  await page.getByRole('button', { name: 'Sign out everywhere else' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  const passwords = page.getByRole('region', { name: 'Password' });
  await passwords.getByLabel('Password now').fill('not the one');
  const newPassword = `${admin.password} and geese`;
  await passwords.getByLabel('New password').fill(newPassword);
  await passwords.getByRole('button', { name: 'Change the password' }).click();
  await passwords.getByRole('alert').getByText('not right').waitFor();
  await passwords.getByLabel('Password now').fill(admin.password);
  await passwords.getByRole('button', { name: 'Change the password' }).click();
  await page.getByText('The password is changed').first().waitFor();
  // From now on, also when this test is tried again.
  admin.password = newPassword;

  await page.getByRole('link', { name: 'Profile' }).click();
  const preferences = page.getByRole('region', { name: 'Preferences' });
  await preferences.getByLabel('Colours').selectOption('dark');
  await page.getByText('Saved').first().waitFor();
  expect(await findBarriers(page)).toEqual([]);

  await other.reload();
  await other.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await other.locator('html').getAttribute('data-theme')).toBeNull();
  await fillSignIn(other, admin);
  await other.getByRole('region', { name: 'Preferences' }).waitFor();
  expect(await other.locator('html').getAttribute('data-theme')).toBe('dark');
  await visitor.end();
}, 120_000);

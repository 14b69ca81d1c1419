import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { eventually } from '#test/support/eventually.ts';
import { makePdf } from '#test/support/make-files.ts';
import type { TestServer } from '#test/support/start-server.ts';
import { admin, fillSignIn, makeFirstAdmin, openVisitor } from './account-visitors.ts';
import { findBarriers, noBrowserReason, useBrowser } from './web-browser.ts';

let server: TestServer;
let page: Page;

useBrowser({
  env: { DOCMILL_SIGN_IN: 'required' },
  onServer: (started) => (server = started),
  onPage: (opened) => (page = opened),
});

beforeAll(async () => {
  if (noBrowserReason === undefined) await makeFirstAdmin(server);
});

async function uploadPlan(title: string): Promise<void> {
  const text = { text: `The plan of the ${title}`, x: 60, y: 760, size: 20 };
  const buffer = Buffer.from(await makePdf([{ width: 595, height: 842, lines: [text] }]));
  const file = { name: `${title}.pdf`, mimeType: 'application/pdf', buffer };
  await page.getByLabel('Choose files').setInputFiles(file);
  await row(title).getByText('Ready').first().waitFor({ timeout: 60_000 });
}

const row = (title: string) =>
  page.getByRole('article').filter({ has: page.getByRole('link', { name: title }) });

async function openSharing(title: string): Promise<void> {
  await row(title)
    .getByRole('button', { name: `Actions for ${title}` })
    .click();
  await page.getByRole('menuitem', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: `Share “${title}”` });
  await dialog.getByRole('heading', { name: 'Links' }).waitFor();
}

test('an invited person makes an account, sees what is shared with them, and no more once it is not', async () => {
  await page.goto(`${server.url}/settings/users`);
  await fillSignIn(page, admin);
  const invite = page.getByRole('region', { name: 'Invite somebody' });
  await invite.getByLabel('E-mail address').fill('ben@example.org');
  await invite.getByLabel('Role').selectOption('Reviewer');
  expect(await findBarriers(page)).toEqual([]);
  await invite.getByRole('button', { name: 'Invite', exact: true }).click();
  const link = await invite.getByLabel('Link of the invitation').inputValue();
  await invite.getByText('open until').waitFor();

  const visitor = await openVisitor(page);
  const ben = visitor.page;
  await ben.goto(link);
  await ben.getByLabel('First name').fill('Ben');
  await ben.getByLabel('E-mail address').fill('ben@example.org');
  await ben.getByLabel('Password').fill('four loud magpies');
  expect(await findBarriers(ben)).toEqual([]);
  await ben.getByRole('button', { name: 'Make the account' }).click();
  await ben.getByRole('heading', { name: 'Drop your first documents here' }).waitFor();
  await ben.goto(`${server.url}/shared`);
  await ben.getByRole('heading', { name: 'Nothing is shared with you yet' }).waitFor();

  await page.goto(server.url);
  await uploadPlan('harbour');
  await openSharing('harbour');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail address').fill('ben@example.org');
  await dialog.getByRole('button', { name: 'Share', exact: true }).click();
  await dialog.getByRole('button', { name: 'Stop sharing with ben@example.org' }).waitFor();
  await dialog.getByRole('button', { name: 'Who can see this, and why' }).click();
  await dialog.getByText('it was shared with them').waitFor();
  expect(await findBarriers(page)).toEqual([]);

  await ben.reload();
  await ben.getByRole('link', { name: 'harbour' }).click();
  await ben.locator('[data-zone-text]').filter({ hasText: 'The plan of the harbour' }).waitFor();
  expect(await ben.getByRole('button', { name: 'Rename' }).count()).toBe(0);
  expect(await ben.getByRole('button', { name: 'Share' }).count()).toBe(0);
  expect(await findBarriers(ben)).toEqual([]);

  await dialog.getByRole('button', { name: 'Stop sharing with ben@example.org' }).click();
  await dialog.getByText('Shared with nobody yet.').waitFor();
  await ben.reload();
  await ben.getByRole('heading', { name: 'There is no such document' }).waitFor();
  await visitor.end();
}, 150_000);

test('a link with a password opens for who knows it, counts, and ends at once', async () => {
  await page.goto(server.url);
  await fillSignIn(page, admin);
  await page.getByRole('heading', { name: 'Library' }).waitFor();
  await uploadPlan('orchard');
  await openSharing('orchard');
  const dialog = page.getByRole('dialog');
  const links = dialog.getByRole('region', { name: 'Links' });
  await links.getByLabel('Password').fill('blue door');
  await links.getByLabel('Ends after').selectOption('7 days');
  await links.getByRole('button', { name: 'Make a link' }).click();
  const link = await links.getByLabel('The link').inputValue();
  await links.getByText('with a password').waitFor();

  const visitor = await openVisitor(page);
  const guest = visitor.page;
  await guest.goto(link);
  await guest.getByLabel('Password of the link').fill('green door');
  await guest.getByRole('button', { name: 'Open' }).click();
  await guest.getByRole('alert').getByText('There is no such link').waitFor();
  expect(await findBarriers(guest)).toEqual([]);
  await guest.getByLabel('Password of the link').fill('blue door');
  await guest.getByRole('button', { name: 'Open' }).click();
  await guest.locator('[data-zone-text]').filter({ hasText: 'The plan of the orchard' }).waitFor();
  await guest.getByText('you may look at it').waitFor();
  expect(await findBarriers(guest)).toEqual([]);
  // A reload asks for nothing, and is no other use.
  await guest.reload();
  await guest.locator('[data-zone-text]').filter({ hasText: 'The plan of the orchard' }).waitFor();

  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await openSharing('orchard');
  await links.getByText('opened 1 time').waitFor();
  await links.getByRole('button', { name: 'End' }).click();
  await links.getByText('Whoever has the link loses access.').waitFor();
  await links.getByRole('button', { name: 'End' }).click();
  await links.getByText('No links yet.').waitFor();
  await guest.reload();
  await guest.getByLabel('Password of the link').waitFor();
  await visitor.end();
}, 150_000);

test('the link of a folder shows what is in it and below it, and the way back', async () => {
  await page.goto(server.url);
  await fillSignIn(page, admin);
  await page.getByRole('heading', { name: 'Library' }).waitFor();
  await uploadPlan('meadow');
  await page.getByRole('treeitem', { name: 'Home' }).waitFor();
  const made = await post('/v1/folders', { name: 'Letters' });
  const below = await post('/v1/folders', { name: 'Of spring', parentId: made.id });
  await row('meadow').getByRole('link', { name: 'meadow' }).last().click();
  await page.waitForURL('**/documents/*');
  const documentId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await post(`/v1/documents/${documentId}`, { folderId: below.id }, 'PATCH');

  await page.goto(`${server.url}/folders/home`);
  await page.getByRole('button', { name: 'Actions for Letters' }).first().click();
  await page.getByRole('menuitem', { name: 'Share' }).click();
  const links = page.getByRole('dialog').getByRole('region', { name: 'Links' });
  await links.getByRole('button', { name: 'Make a link' }).click();
  const link = await links.getByLabel('The link').inputValue();

  const visitor = await openVisitor(page);
  const guest = visitor.page;
  await guest.goto(link);
  await guest.getByRole('heading', { name: 'Letters' }).waitFor();
  await guest.getByRole('link', { name: 'Of spring' }).click();
  await guest.getByRole('link', { name: 'meadow' }).waitFor();
  expect(await findBarriers(guest)).toEqual([]);
  await guest.getByRole('link', { name: 'meadow' }).click();
  await guest.locator('[data-zone-text]').filter({ hasText: 'The plan of the meadow' }).waitFor();
  expect(await guest.getByRole('button', { name: 'Share' }).count()).toBe(0);
  await guest.getByRole('link', { name: 'Back to Letters' }).click();
  await guest.getByRole('link', { name: 'meadow' }).waitFor();
  await visitor.end();
}, 120_000);

/** A write of the person who is signed in on the page. */
async function post(way: string, body: unknown, method = 'POST'): Promise<{ id: string }> {
  const text = JSON.stringify({ method, headers: { 'content-type': 'application/json' } });
  const answer: unknown = await page.evaluate(
    `fetch(${JSON.stringify(way)}, { ...${text}, body: ${JSON.stringify(JSON.stringify(body))} }).then((answer) => answer.json())`,
  );
  return z.object({ id: z.string() }).parse(answer);
}

test('a forgotten password is replaced by the link of a mail, once', async () => {
  await page.goto(`${server.url}/sign-in`);
  await page.getByRole('link', { name: 'Forgot the password?' }).click();
  await page.getByRole('heading', { name: 'A new password' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByLabel('E-mail address').fill(admin.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByText('a mail is on its way').waitFor();

  const address = await eventually('the mail with the link', findResetPath);
  await page.goto(server.url + address);
  await page.getByLabel('New password').fill('five small owls');
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByText('The password is set.').waitFor();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await fillSignIn(page, admin);
  await page.getByText('The e-mail address or the password is not right.').waitFor();
  await fillSignIn(page, { ...admin, password: 'five small owls' });
  await page.getByRole('heading', { name: 'Library' }).waitFor();

  await page.goto(server.url + address);
  await page.getByLabel('New password').fill('six tall cranes');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByRole('alert').getByText('used already').waitFor();
}, 90_000);

/** The way of the newest link that sets a password; undefined while there is none. */
async function findResetPath(): Promise<string | undefined> {
  const folder = path.join(server.dataDir, 'mail');
  const names = await readdir(folder).catch(() => []);
  const newest = names
    // One that is being written begins with a dot.
    .filter((name) => name.endsWith('.eml') && !name.startsWith('.'))
    .toSorted()
    .at(-1);
  if (newest === undefined) return undefined;
  const mail = await readFile(path.join(folder, newest), 'utf8');
  return /\/reset#token=\S+/.exec(mail)?.[0];
}

import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { ZipArchive } from '#engines/office/zip-archive.ts';
import { makePdf } from '#test/support/make-files.ts';
import { eventually } from '#test/support/eventually.ts';
import type { TestServer } from '#test/support/start-server.ts';
import { findBarriers, useBrowser } from './web-browser.ts';

let server: TestServer;
let page: Page;

useBrowser({
  onServer: (started) => (server = started),
  onPage: (opened) => (page = opened),
});

const withId = z.object({ id: z.string() });

/** Sends JSON to the server beside the browser and answers what it says. */
async function send(method: string, path: string, body?: unknown): Promise<unknown> {
  const json = body !== undefined && {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch(`${server.url}${path}`, { method, ...json });
  expect(response.ok, `${method} ${path} ${response.status}`).toBe(true);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

/** Each test finds an empty Home, so that one of them can be tried again. */
async function clearHome(): Promise<void> {
  for (const kind of ['documents', 'folders']) {
    const list = await fetch(`${server.url}/v1/${kind}?limit=100`);
    const { items } = z.object({ items: z.array(withId) }).parse(await list.json());
    for (const { id } of items) {
      await send('DELETE', `/v1/${kind}/${id}`);
      await send('POST', `/v1/${kind}/${id}/purge`);
    }
  }
}

async function makeFolder(name: string, parentId: string | null = null): Promise<string> {
  return withId.parse(await send('POST', '/v1/folders', { name, parentId })).id;
}

/** Uploads a page that says its title, and puts the document into a folder. */
async function makeDocument(title: string, folderId: string | null = null): Promise<string> {
  const lines = [{ text: `This is ${title}.`, x: 60, y: 700, size: 12 }];
  const form = new FormData();
  const bytes = await makePdf([{ width: 595, height: 842, lines }]);
  form.append('files', new Blob([bytes]), `${title}.pdf`);
  const response = await fetch(`${server.url}/v1/documents`, { method: 'POST', body: form });
  const { accepted } = z
    .object({ accepted: z.array(z.object({ document: withId })) })
    .parse(await response.json());
  const id = accepted[0]?.document.id ?? '';
  if (folderId !== null) await send('PATCH', `/v1/documents/${id}`, { folderId });
  return id;
}

const goTo = (place: string) => page.goto(`${server.url}/folders/${place}`);
const row = (name: string) =>
  page.getByRole('article').filter({ has: page.getByText(name, { exact: true }) });
const box = (name: string) => page.getByRole('checkbox', { name: `Choose ${name}` });
const tree = () => page.getByRole('tree', { name: 'Folders' });
const branch = (name: string) => tree().getByRole('treeitem', { name, exact: true });
const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });

async function chooseFromMenu(name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

beforeEach(clearHome);

test('folders are made in each other, refused under a taken name, renamed, and stand in the address', async () => {
  await goTo('home');
  await page.getByText('Nothing lies in Home').waitFor();
  await page.keyboard.press('f');
  await page.getByLabel('Name', { exact: true }).fill('Letters');
  await page.keyboard.press('Enter');
  await heading('Letters').waitFor();
  await page.getByText('This folder is empty').waitFor();
  const address = page.url();

  await page.getByRole('button', { name: 'New folder' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Incoming');
  await page.keyboard.press('Enter');
  await heading('Incoming').waitFor();
  await page.getByRole('navigation', { name: 'Way to this folder' }).getByText('Letters').click();
  await heading('Letters').waitFor();
  expect(page.url()).toBe(address);

  await page.getByRole('button', { name: 'New folder' }).click();
  await page.getByLabel('Name', { exact: true }).fill('INCOMING');
  await page.keyboard.press('Enter');
  await page.getByText('A folder of this name is there already').waitFor();
  await page.keyboard.press('Escape');

  await chooseFromMenu('Letters', 'Rename');
  await page.getByLabel('Name', { exact: true }).fill('Post');
  await page.keyboard.press('Enter');
  await heading('Post').waitFor();
  await branch('Post').waitFor();
  await page.goto(`${server.url}/folders/01977777-7777-7777-8777-777777777777`);
  await page.getByText('There is no such folder').waitFor();
});

test('the tree is walked by keyboard, reads what is opened, and is a tree to assistive technology', async () => {
  const outer = await makeFolder('Kiosk');
  await makeFolder('Newspapers', outer);
  await goTo('home');
  await branch('Kiosk').waitFor();
  expect(await branch('Kiosk').getAttribute('aria-expanded')).toBe('false');
  expect(await branch('Newspapers').count()).toBe(0);
  await tree().focus();
  await page.keyboard.press('k');
  await page.keyboard.press('ArrowRight');
  await branch('Newspapers').waitFor();
  expect(await branch('Newspapers').getAttribute('aria-level')).toBe('3');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await heading('Newspapers').waitFor();
  expect(await branch('Newspapers').getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await branch('Newspapers').waitFor({ state: 'detached' });
  expect(await branch('Kiosk').getAttribute('aria-expanded')).toBe('false');
  await page.reload();
  await branch('Newspapers').waitFor();
});

test('documents and folders move by a dialog with a search, and Undo takes it back', async () => {
  const from = await makeFolder('Desk');
  await makeFolder('Blue shelf', await makeFolder('Cellar'));
  await makeDocument('ledger', from);
  await makeFolder('Notes', from);
  await goTo(from);
  await box('ledger').check();
  await box('Notes').check();
  await page.getByRole('toolbar', { name: 'With what is chosen' }).getByText('2 chosen').waitFor();
  await page.getByRole('button', { name: 'Move…' }).click();
  await page.getByLabel('Find a folder by its name').fill('blue');
  await page.getByRole('button', { name: /Blue shelf.*Home \/ Cellar/s }).click();
  await page.getByRole('button', { name: 'Move here' }).click();
  await page.getByText('This folder is empty').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await row('ledger').waitFor();
  await row('Notes').waitFor();
});

test('what is chosen is dragged together onto a folder of the tree or of the list', async () => {
  const from = await makeFolder('Tray');
  const to = await makeFolder('Cabinet');
  const inner = await makeFolder('Drawer', from);
  for (const title of ['one', 'two', 'three']) await makeDocument(title, from);
  await goTo(from);
  await box('one').check();
  await box('two').check();
  await row('two').dragTo(branch('Cabinet'));
  await row('two').waitFor({ state: 'detached' });
  await row('one').waitFor({ state: 'detached' });
  await row('three').dragTo(row('Drawer'));
  await row('three').waitFor({ state: 'detached' });
  await goTo(to);
  await row('one').waitFor();
  await row('two').waitFor();
  await goTo(inner);
  await row('three').waitFor();
  await row('three').dragTo(page.getByRole('navigation', { name: 'Way to' }).getByText('Tray'));
  await page.getByText('This folder is empty').waitFor();
});

test('a folder goes to the trash and back, and is deleted for good only after a question', async () => {
  const folder = await makeFolder('Draft folder');
  await makeDocument('kept', folder);
  await goTo(folder);
  await chooseFromMenu('Draft folder', 'Move to the trash');
  await page.getByText('1 document returned to Home').waitFor();
  await heading('Home').waitFor();
  await row('kept').waitFor();
  await goTo(folder);
  await page.getByText('“Draft folder” is in the trash').waitFor();
  await page.getByRole('button', { name: 'Restore' }).click();
  await heading('Draft folder').waitFor();
  await chooseFromMenu('Draft folder', 'Move to the trash');
  await heading('Home').waitFor();

  await page.getByRole('link', { name: 'Trash' }).click();
  await page.getByRole('button', { name: 'Folders' }).click();
  await page.getByRole('button', { name: 'Delete Draft folder for good' }).click();
  await page.getByText('This cannot be undone').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await row('Draft folder').waitFor();
  await page.getByRole('button', { name: 'Delete Draft folder for good' }).click();
  await page.getByRole('button', { name: 'Delete for good', exact: true }).click();
  await page.getByText('No folder is in the trash').waitFor();
});

test('a range is chosen with Shift, downloaded as one archive, read again and deleted for good', async () => {
  const folder = await makeFolder('Batch');
  for (const title of ['alpha', 'beta', 'gamma']) await makeDocument(title, folder);
  await goTo(folder);
  for (const title of ['alpha', 'beta', 'gamma']) await row(title).getByText('Ready').waitFor();
  await box('gamma').click();
  await box('alpha').click({ modifiers: ['Shift'] });
  await page.getByText('3 chosen').waitFor();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as one archive' }).click();
  await page.getByRole('menuitem', { name: 'Plain text' }).click();
  const archive = new ZipArchive(await readFile(await (await download).path()));
  expect(archive.names.toSorted()).toEqual(['alpha.txt', 'beta.txt', 'gamma.txt']);
  expect(Buffer.from(archive.read('beta.txt') ?? '').toString()).toContain('This is beta.');

  await page.getByRole('button', { name: 'Read again' }).click();
  await page.getByText('3 documents are read again').waitFor();
  for (const title of ['alpha', 'beta', 'gamma']) await row(title).getByText('Ready').waitFor();
  await page.getByRole('toolbar').getByRole('button', { name: 'Move to the trash' }).click();
  await page.getByText('This folder is empty').waitFor();

  await page.goto(`${server.url}/trash`);
  for (const title of ['alpha', 'beta', 'gamma']) await box(title).check();
  await page.getByRole('toolbar').getByRole('button', { name: 'Delete for good' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
  await page.getByText('3 deleted for good').waitFor();
});

test('of hundreds of folders only those near the window exist, in the list and in the tree', async () => {
  const outer = await makeFolder('Archive');
  const names = Array.from({ length: 250 }, (_, index) => `Box ${String(index).padStart(3, '0')}`);
  for (let at = 0; at < names.length; at += 25) {
    await Promise.all(names.slice(at, at + 25).map((name) => makeFolder(name, outer)));
  }
  await goTo(outer);
  await row('Box 000').waitFor();
  expect(await page.getByRole('article').count()).toBeLessThan(60);
  await branch('Archive').waitFor();
  await tree().focus();
  await page.keyboard.press('ArrowRight');
  await branch('Box 000').waitFor();
  await eventually('End to reach the last folder, part by part', async () => {
    await page.keyboard.press('End');
    return branch('Box 249').isVisible();
  });
  expect(await tree().getByRole('treeitem').count()).toBeLessThan(60);
}, 60_000);

test('files chosen on the page of a folder go into it, also when another page is open by then', async () => {
  const folder = await makeFolder('Inbox');
  await goTo(folder);
  await heading('Inbox').waitFor();
  const lines = [{ text: 'Into the inbox', x: 60, y: 700, size: 12 }];
  const buffer = Buffer.from(await makePdf([{ width: 595, height: 842, lines }]));
  const file = { name: 'arrival.pdf', mimeType: 'application/pdf', buffer };
  await page.getByLabel('Choose files').setInputFiles(file);
  await branch('Home').click();
  await heading('Home').waitFor();
  await branch('Inbox').click();
  await row('arrival').getByText('Ready').waitFor();
  const library = await fetch(`${server.url}/v1/documents?folderId=${folder}`);
  expect(await library.text()).toContain('arrival');
});

test('the pages of folders have no barriers, wide or narrow, in light or dark', async () => {
  const folder = await makeFolder('Barriers');
  await makeFolder('Inner', folder);
  await makeDocument('page', folder);
  for (const [width, colorScheme] of [
    [1440, 'light'],
    [1440, 'dark'],
    [390, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height: 860 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const route of [`/folders/${folder}`, `/folders/${folder}?view=grid`]) {
      await page.goto(server.url + route);
      await row('page').waitFor();
      await box('Inner').check();
      await page.getByRole('toolbar').waitFor();
      if (width > 1000) await branch('Barriers').waitFor();
      expect(await findBarriers(page), `${route} ${width} ${colorScheme}`).toEqual([]);
    }
    await page.goto(`${server.url}/trash`);
    await heading('Trash').waitFor();
    expect(await findBarriers(page), `trash ${width} ${colorScheme}`).toEqual([]);
  }
  await goTo(folder);
  await page.getByRole('button', { name: 'Show the folders' }).click();
  await page.getByRole('dialog', { name: 'Folders' }).getByText('Barriers').waitFor();
  expect(await findBarriers(page)).toEqual([]);
}, 90_000);

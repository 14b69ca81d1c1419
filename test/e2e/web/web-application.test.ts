import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually } from '#test/support/eventually.ts';
import { makePdf } from '#test/support/make-files.ts';
import type { TestServer } from '#test/support/start-server.ts';
import { findBarriers, useBrowser } from './web-browser.ts';

const samples = path.resolve(import.meta.dirname, '../../../samples');
let server: TestServer;
let page: Page;

useBrowser({
  onServer: (started) => (server = started),
  onPage: (opened) => (page = opened),
});

/** A PDF of born-digital pages, each with a heading and a sentence that names the page. */
async function makeLedger(pageCount: number): Promise<Buffer> {
  const pages = Array.from({ length: pageCount }, (_, index) => ({
    width: 595,
    height: 842,
    lines: [
      { text: `Chapter ${index + 1}`, x: 60, y: 760, size: 24, bold: true },
      { text: `The harbour ledger of page ${index + 1} counts coffee.`, x: 60, y: 700, size: 12 },
    ],
  }));
  return Buffer.from(await makePdf(pages));
}

async function upload(name: string, buffer: Buffer, mimeType = 'application/pdf'): Promise<void> {
  await page.getByLabel('Choose files').setInputFiles({ name, mimeType, buffer });
}

function row(title: string): Locator {
  return page.getByRole('article').filter({ has: page.getByRole('link', { name: title }) });
}

async function uploadAndOpen(title: string, pageCount: number): Promise<void> {
  await page.goto(server.url);
  await upload(`${title}.pdf`, await makeLedger(pageCount));
  await row(title).first().getByText('Ready').waitFor();
  await row(title).first().getByRole('link', { name: title }).last().click();
  await page.locator('[data-zone-id]').first().waitFor();
}

const pageNumber = () => page.getByLabel('Page number').inputValue();

test('an empty library says what to do and the way to search is one key', async () => {
  await page.goto(server.url);
  await page.getByRole('heading', { name: 'Drop your first documents here' }).waitFor();
  await page.keyboard.press('/');
  await page.locator('input[type=search]:focus').waitFor();
});

test('a file that cannot be read is refused with the sentence of the server', async () => {
  await page.goto(server.url);
  await upload('sound.wav', Buffer.from('RIFF\x24\0\0\0WAVEfmt '), 'audio/wav');
  await page.getByText('Docmill reads PDF').waitFor();
});

test('an uploaded scan shows its progress live and becomes ready without a reload', async () => {
  await page.goto(server.url);
  await page.getByLabel('Choose files').setInputFiles(path.join(samples, 'scanned-letter.pdf'));
  const letter = row('scanned-letter');
  await letter.getByRole('progressbar').waitFor({ state: 'attached' });
  await letter.getByText('Ready').waitFor({ timeout: 60_000 });
  expect(await letter.getByText('2 pages').count()).toBe(1);
}, 90_000);

test('zones and their text are linked both ways by pointer and by focus', async () => {
  await uploadAndOpen('links', 2);
  const first = page.locator('[data-page="1"] [data-zone-id]').first();
  const id = await first.getAttribute('data-zone-id');
  expect(await first.getAttribute('aria-label')).toContain('Chapter 1');

  await page.locator(`[data-zone-text="${id}"]`).hover();
  await page.locator(`[data-zone-id="${id}"] .zone-active`).waitFor({ state: 'attached' });
  await page.mouse.move(5, 5);
  await page.locator('.zone-active').waitFor({ state: 'detached' });

  await first.focus();
  await expect
    .poll(() => page.locator(`[data-zone-text="${id}"]`).getAttribute('class'))
    .toContain('bg-accent-soft');
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`zone=${id}`));
});

test('the keyboard walks through pages and zones, zooms and hides', async () => {
  await uploadAndOpen('keys', 40);
  await page.keyboard.press('j');
  await expect.poll(pageNumber).toBe('2');
  await page.keyboard.press('End');
  await expect.poll(pageNumber).toBe('40');
  await page.keyboard.press('Home');
  await expect.poll(pageNumber).toBe('1');

  await page.keyboard.press('n');
  await page.locator('[data-zone-id]:focus[aria-label*="Chapter 1"]').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.url()).not.toContain('zone=');

  await page.keyboard.press('9');
  await page.waitForURL(/zoom=page/);
  await page.keyboard.press('z');
  await expect.poll(() => page.locator('[data-zone-id]').count()).toBe(0);
  await page.keyboard.press('t');
  await expect.poll(() => page.getByRole('complementary').count()).toBe(0);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys on this page' }).waitFor();
});

test('a page number typed into the toolbar is gone to and only pages near it exist', async () => {
  await uploadAndOpen('long', 300);
  await page.getByLabel('Page number').fill('250');
  await page.keyboard.press('Enter');
  await page.getByRole('img', { name: 'Page 250 of long' }).waitFor();
  await expect.poll(() => page.locator('[data-zone-text]').first().textContent()).toContain('250');
  expect(await page.locator('[data-page]').count()).toBeLessThan(8);
  await page.goBack();
  await page.getByRole('heading', { name: 'Library' }).waitFor();
});

test('a search shows the place on the page and opens the document there', async () => {
  await uploadAndOpen('harbour', 3);
  await page.getByLabel('Search all documents').fill('"page 3"');
  await page.keyboard.press('Enter');
  const result = page.getByRole('article').filter({ hasText: 'harbour' }).first();
  await result.locator('mark').first().waitFor();
  await result.locator('rect.hit').first().waitFor();
  await result.getByRole('link').click();
  await page.waitForURL(/page=3/);
  await page.locator('[data-page="3"] .hit-now').waitFor();
  expect(await pageNumber()).toBe('3');
});

test('a deleted document comes back with Undo, and a title is changed in its place', async () => {
  await uploadAndOpen('mistake', 1);
  await page.goBack();
  await page.getByRole('button', { name: 'Actions for mistake' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByLabel('New title').fill('Not a mistake');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Actions for Not a mistake' }).click();
  await page.getByRole('menuitem', { name: 'Move to the trash' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await row('Not a mistake').waitFor();
});

test('a file that fails says why and can be tried again', async () => {
  await page.goto(server.url);
  const broken = (await makeLedger(1)).subarray(0, 400);
  await upload('broken.pdf', broken);
  await row('broken').getByText('damaged').waitFor({ timeout: 30_000 });
  await row('broken').getByRole('button', { name: 'Retry broken' }).click();
  await page.getByRole('link', { name: 'Jobs' }).click();
  await page.getByRole('button', { name: 'Log of broken' }).click();
  await page.getByText('Put in the queue').first().waitFor();
});

test('no route has a serious accessibility problem, in light, dark, wide or narrow', async () => {
  await uploadAndOpen('axe', 2);
  const { pathname } = new URL(page.url());
  const routes = ['/', '/trash', pathname, `${pathname}?side=info&q=coffee`];
  routes.push('/search?q=coffee', '/search?q=nowhere', '/jobs', '/nothing-here');
  for (const width of [1440, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 860 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const route of routes) {
        await page.goto(server.url + route);
        await page.locator('h1').first().waitFor();
        await settle();
        expect(await findBarriers(page), `${route} ${width} ${colorScheme}`).toEqual([]);
      }
    }
  }
}, 180_000);

/** Waits until nothing on the page is a placeholder for something that is still loading. */
async function settle(): Promise<void> {
  await eventually('the page to be complete', async () => {
    return (await page.locator('main .skeleton').count()) === 0;
  }).catch(() => undefined);
}

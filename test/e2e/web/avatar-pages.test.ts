import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { TestServer } from '#test/support/start-server.ts';
import { admin, fillSignIn, makeFirstAdmin } from './account-visitors.ts';
import { findBarriers, useBrowser } from './web-browser.ts';

let server: TestServer;
let page: Page;

useBrowser({
  env: { DOCMILL_SIGN_IN: 'required' },
  onServer: (started) => (server = started),
  onPage: (opened) => (page = opened),
});

const picture = async (name: string, background: string) => ({
  name,
  mimeType: 'image/png',
  buffer: await sharp({ create: { width: 300, height: 200, channels: 3, background } })
    .png()
    .toBuffer(),
});

/** Address of the picture in a place, once it is drawn. */
async function drawnIn(place: Locator): Promise<string | null> {
  const image = place.locator('img[src*="/avatar"]');
  await image.waitFor();
  await expect
    .poll(() => image.evaluate((node) => 'naturalWidth' in node && node.naturalWidth))
    .toBe(256);
  return image.getAttribute('src');
}

test('a picture is chosen, shown wherever its person is named, replaced and removed', async () => {
  await makeFirstAdmin(server);
  await page.goto(`${server.url}/settings`);
  await fillSignIn(page, admin);
  const card = page.getByRole('region', { name: 'Picture' });
  await card.getByText('AR', { exact: true }).waitFor();
  const chooser = card.locator('input[type=file]');
  await chooser.setInputFiles(await picture('me.png', '#cc3366'));
  const first = await drawnIn(card);
  expect(await drawnIn(page.getByRole('link', { name: 'Settings' }))).toBe(first);
  expect(await findBarriers(page)).toEqual([]);

  await page.getByRole('link', { name: 'People' }).click();
  expect(await drawnIn(page.getByRole('article', { name: admin.email }))).toBe(first);
  expect(await findBarriers(page)).toEqual([]);

  await page.getByRole('link', { name: 'Profile' }).click();
  await chooser.setInputFiles({
    name: 'me.png',
    mimeType: 'image/png',
    buffer: Buffer.from('no picture at all'),
  });
  await card.getByRole('alert').getByText('This is no PNG, JPEG or WebP picture').waitFor();
  expect(await drawnIn(card)).toBe(first);
  await chooser.setInputFiles(await picture('again.png', '#3366cc'));
  await expect.poll(() => drawnIn(card)).not.toBe(first);
  expect(await drawnIn(page.getByRole('link', { name: 'Settings' }))).toBe(await drawnIn(card));

  await card.getByRole('button', { name: 'Remove' }).click();
  await card.getByText('AR', { exact: true }).waitFor();
  expect(await page.locator('img[src*="/avatar"]').count()).toBe(0);
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByRole('article', { name: admin.email }).getByText('AR', { exact: true }).waitFor();
}, 90_000);

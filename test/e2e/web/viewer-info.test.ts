import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { makeListingPdf } from '#test/support/listing-pdf.ts';
import { makePdf } from '#test/support/make-files.ts';
import type { TestServer } from '#test/support/start-server.ts';
import { findBarriers, useBrowser } from './web-browser.ts';

let server: TestServer;
let page: Page;

useBrowser({
  onServer: (started) => (server = started),
  onPage: (opened) => (page = opened),
});

/** Uploads the file that lists everything and opens it in a view, which is a part of the address. */
async function openListing(view: string): Promise<void> {
  await page.goto(server.url);
  const file = { name: 'listing.pdf', mimeType: 'application/pdf', buffer: makeListingPdf() };
  await page.getByLabel('Choose files').setInputFiles(file);
  const row = page.getByRole('article').filter({ hasText: 'listing' }).first();
  await row.getByText('Ready').waitFor();
  await row.getByRole('link', { name: 'listing' }).last().click();
  await page.locator('[data-zone-id]').first().waitFor();
  await page.goto(`${page.url().split('?')[0]}?${view}`);
}

const panel = () => page.getByRole('complementary', { name: 'Information' });

test('what a file lists is shown, and its outline and links lead to their pages', async () => {
  await openListing('side=info');
  for (const name of ['Contents of the file · 3', 'Page labels · 3', 'Form fields · 2']) {
    await panel().getByText(name).click();
  }
  await panel().getByText('Links · 2').click();
  await panel().getByText('Attachments · 1').click();
  for (const text of ['i, A-1, A-2', 'Aurora', 'https://example.org/ledgers', 'All cargo']) {
    await panel().getByText(text).waitFor();
  }
  expect(await panel().getByRole('link', { name: 'https://example.org' }).count()).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
  await panel().getByRole('link', { name: 'Of coffee page 2' }).click();
  await expect.poll(() => page.getByLabel('Page number').inputValue()).toBe('2');
  await panel().getByRole('link', { name: 'page 3', exact: true }).click();
  await expect.poll(() => page.getByLabel('Page number').inputValue()).toBe('3');
  await page.getByRole('img', { name: 'Page 3 of listing' }).waitFor();
});

test('a new version is uploaded, an old one downloaded and made the current one again', async () => {
  await openListing('side=info');
  const versions = panel().getByRole('list', { name: 'Versions' }).getByRole('listitem');
  await versions.filter({ hasText: 'listing.pdf' }).getByText('Current').waitFor();
  const lines = [{ text: 'Second edition', x: 60, y: 700, size: 24 }];
  const buffer = Buffer.from(await makePdf([{ width: 595, height: 842, lines }]));
  const file = { name: 'edition.pdf', mimeType: 'application/pdf', buffer };
  await panel().getByLabel('Choose the file of a new version').setInputFiles(file);
  await versions.filter({ hasText: 'edition.pdf' }).getByText('Current').waitFor();
  await page.locator('[data-zone-id][aria-label*="Second edition"]').waitFor();

  const download = page.waitForEvent('download');
  await panel().getByRole('link', { name: 'Download version 1' }).click();
  const saved = await readFile(await (await download).path());
  expect(saved.equals(makeListingPdf())).toBe(true);

  await panel().getByRole('button', { name: 'Make version 1 the current one' }).click();
  await versions.filter({ hasText: 'listing.pdf' }).getByText('Current').waitFor();
  await page.locator('[data-zone-id][aria-label*="Chapter 1"]').waitFor();
});

test('with the zones hidden words are selected where they are printed, upside down and vertical ones too', async () => {
  await openListing('zones=off&zoom=page');
  for (const [text, isVertical] of [
    ['Chapter', false],
    ['Upside', false],
    ['Climbing', true],
    ['Descending', true],
  ] as const) {
    const place = await page.locator('[data-page="1"] text', { hasText: text }).boundingBox();
    const sheet = await page.locator('[data-page="1"]').boundingBox();
    const printed = await printedBox(text);
    if (!place || !sheet) throw new Error(`${text} is not on the page`);
    expect(place.height > place.width, text).toBe(isVertical);
    const middle = [
      (place.x + place.width / 2 - sheet.x) / sheet.width,
      (place.y + place.height / 2 - sheet.y) / sheet.height,
    ];
    expect(middle[0], text).toBeCloseTo(printed.x + printed.width / 2, 2);
    expect(middle[1], text).toBeCloseTo(printed.y + printed.height / 2, 2);
    await page.mouse.dblclick(place.x + place.width / 2, place.y + place.height / 2);
    await expect.poll(copied).toBe(text);
  }
});

/** Where the server says that a word of the first page is printed. */
async function printedBox(text: string) {
  const word = z.object({
    text: z.string(),
    x: z.number(),
    y: z.number(),
    width: z.number(),
    height: z.number(),
  });
  const path = new URL(page.url()).pathname;
  const answer = await fetch(`${server.url}/v1${path}/pages/1?fields=words`);
  const { words } = z.object({ words: z.array(word) }).parse(await answer.json());
  const found = words.find((one) => one.text === text);
  if (!found) throw new Error(`${text} was not read`);
  return found;
}

/** What Ctrl + C would put into the clipboard. */
async function copied(): Promise<unknown> {
  return page.evaluate(`(() => {
    const clipboardData = new DataTransfer();
    const event = new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true });
    getSelection().anchorNode?.parentElement?.dispatchEvent(event);
    return clipboardData.getData('text/plain');
  })()`);
}

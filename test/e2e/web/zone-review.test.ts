import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { makePdf } from '#test/support/make-files.ts';
import type { TestServer } from '#test/support/start-server.ts';
import { findBarriers, useBrowser } from './web-browser.ts';

const samples = path.resolve(import.meta.dirname, '../../../samples');
let server: TestServer;
let page: Page;

useBrowser({
  // No recognised page is wholly sure, so that each goes to a person.
  env: { DOCMILL_REVIEW: 'required', DOCMILL_REVIEW_TEXT_GATE: '1' },
  onServer: (started) => (server = started),
  onPage: (opened) => (page = opened),
});

async function openLedger(title: string): Promise<void> {
  const lines = [
    { text: 'Chapter one', x: 60, y: 760, size: 24, bold: true },
    { text: 'The harbour ledger counts koffee.', x: 60, y: 700, size: 12 },
  ];
  const buffer = Buffer.from(await makePdf([{ width: 595, height: 842, lines }]));
  await page.goto(server.url);
  await page
    .getByLabel('Choose files')
    .setInputFiles({ name: `${title}.pdf`, mimeType: 'application/pdf', buffer });
  const row = page.getByRole('article').filter({ has: page.getByRole('link', { name: title }) });
  await row.first().getByText('Ready').waitFor();
  await row.first().getByRole('link', { name: title }).last().click();
  await page.locator('[data-zone-text]').first().waitFor();
}

/** Waits until the field is closed: as long as it is open, what was typed stands on the page anyway. */
async function waitForCorrection(words: string): Promise<void> {
  await page.getByRole('textbox', { name: /^Text of Text 2/ }).waitFor({ state: 'detached' });
  await ledger().getByText(words).waitFor();
}

const ledger = () => page.locator('[data-zone-text]').filter({ hasText: 'harbour ledger' });

test('a zone is corrected in its place by mouse, undone, and found by its new word', async () => {
  await openLedger('typo');
  await ledger().dblclick();
  const field = page.getByRole('textbox', { name: /^Text of Text 2/ });
  await field.fill('The harbour ledger counts tea.');
  await page.getByRole('button', { name: 'Save' }).click();
  await waitForCorrection('counts tea');
  await page.getByRole('button', { name: 'Undo' }).click();
  await ledger().getByText('counts koffee').waitFor();

  await ledger().dblclick();
  await field.fill('The harbour ledger counts coffee.');
  await page.keyboard.press('Control+Enter');
  await waitForCorrection('counts coffee');
  await page.keyboard.press('/');
  await page.keyboard.type('coffee');
  await page.keyboard.press('Enter');
  await page.locator('mark').getByText('coffee').first().waitFor();
});

test('the keyboard corrects a zone, changes its kind and brings back what it was', async () => {
  await openLedger('keys');
  await ledger()
    .getByRole('button', { name: /^Text 2/ })
    .focus();
  await page.keyboard.press('Enter');
  const field = page.getByRole('textbox', { name: /^Text of Text 2/ });
  await field.fill('given up');
  await page.keyboard.press('Escape');
  await waitForCorrection('counts koffee');

  await ledger()
    .getByRole('button', { name: /^Text 2/ })
    .focus();
  await page.keyboard.press('Space');
  await page.getByRole('group', { name: 'Change this zone' }).waitFor();
  await page.keyboard.press('e');
  await field.fill('The harbour ledger counts coffee.');
  await page.keyboard.press('Control+Enter');
  await waitForCorrection('counts coffee');
  await page.getByLabel('Kind of zone').selectOption('footer');
  await ledger()
    .getByRole('button', { name: /^Footer 2/ })
    .waitFor();
  await page.getByRole('button', { name: 'History of this zone' }).click();
  const history = page.getByRole('list', { name: 'History of this zone' });
  await history.getByText('Kind changed').waitFor();
  expect(await history.getByRole('listitem').count()).toBe(2);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Bring back what it was before change 1' }).click();
  // The history says it too, behind a word of its own.
  await ledger().getByText('The harbour ledger counts koffee.', { exact: true }).waitFor();
  await ledger()
    .getByRole('button', { name: /^Text 2/ })
    .waitFor();
  await history.getByText('Brought back').waitFor();
});

test('a text that cannot be is refused with a reason, and what was typed stays', async () => {
  await openLedger('bell');
  await ledger().dblclick();
  const field = page.getByRole('textbox', { name: /^Text of Text 2/ });
  await field.fill('a bell \u0007 rings');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('control character').first().waitFor();
  expect(await field.inputValue()).toContain('a bell');
});

test('a removed zone leaves the page and comes back with Undo', async () => {
  await openLedger('gone');
  await ledger().click();
  await page.getByRole('button', { name: 'Remove this zone' }).click();
  await ledger().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await ledger().getByText('counts koffee').waitFor();
});

test('pages in doubt are reviewed one after the other until the document is ready', async () => {
  await page.goto(server.url);
  await page.getByLabel('Choose files').setInputFiles(path.join(samples, 'scanned-letter.pdf'));
  const letter = page
    .getByRole('article')
    .filter({ has: page.getByRole('link', { name: 'scanned-letter' }) });
  await letter.getByText('In review').waitFor({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Review' }).click();
  await page.getByText('2 pages to review').waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await findBarriers(page)).toEqual([]);
  }
  await page.keyboard.press('n');
  // The page that is read worst comes first.
  const heading = page.getByRole('heading', { name: /^scanned-letter · page \d/ });
  await heading.waitFor();
  const first = (await heading.textContent()) ?? '';
  const field = page.getByRole('textbox').and(page.locator('textarea')).first();
  await field.waitFor();
  await page.setViewportSize({ width: 390, height: 860 });
  expect(await findBarriers(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await field.fill('Corrected by the reviewer');
  await page.keyboard.press('Control+Enter');
  const second = first.endsWith('1') ? first.replace(/1$/, '2') : first.replace(/2$/, '1');
  await page.getByRole('heading', { name: second }).waitFor();

  await page.getByRole('button', { name: 'Put back' }).click();
  await page.getByText('1 page to review').waitFor();
  await page.getByRole('button', { name: /^scanned-letter page/ }).click();
  await page.getByRole('heading', { name: second }).waitFor();
  await page.getByRole('button', { name: 'Accept and go on' }).click();
  await page.getByRole('heading', { name: 'Nothing to review' }).waitFor();
  await page.getByRole('link', { name: 'Library' }).click();
  await letter.getByText('Ready').waitFor();
  await page.getByLabel('Search all documents').fill('reviewer');
  await page.keyboard.press('Enter');
  await page.locator('mark').getByText('reviewer').waitFor();
}, 120_000);

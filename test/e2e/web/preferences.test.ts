import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { eventually } from '#test/support/eventually.ts';
import type { TestServer } from '#test/support/start-server.ts';
import { admin, fillSignIn, makeFirstAdmin, openVisitor } from './account-visitors.ts';
import { findBarriers, useBrowser } from './web-browser.ts';

let server: TestServer;
let page: Page;
let hasAdmin = false;

useBrowser({
  env: { DOCMILL_SIGN_IN: 'required' },
  onServer: (started) => (server = started),
  onPage: (opened) => (page = opened),
});

const withId = z.object({ id: z.string() });

/** Signs in and opens what somebody prefers. */
async function openPreferences(at: Page = page): Promise<void> {
  if (!hasAdmin) await makeFirstAdmin(server);
  hasAdmin = true;
  await at.goto(`${server.url}/settings`);
  await fillSignIn(at, admin);
  await preferences(at).waitFor();
}

const preferences = (at: Page = page) => at.getByRole('region', { name: 'Preferences' });
const since = (at: Page) => at.getByText('Account since').locator('xpath=following-sibling::dd');

/** Uploads a file beside the page; resolves to the id of its document. */
async function upload(name: string, mimeType: string, text: string): Promise<string> {
  const multipart = { files: { name, mimeType, buffer: Buffer.from(text) } };
  const response = await page.request.post(`${server.url}/v1/documents`, { multipart });
  expect(response.status()).toBe(202);
  const { accepted } = z
    .object({ accepted: z.array(z.object({ document: withId })) })
    .parse(await response.json());
  return accepted[0]?.document.id ?? '';
}

async function waitForStatus(documentId: string, status: string): Promise<void> {
  await eventually(`the document to be ${status}`, async () => {
    const response = await page.request.get(`${server.url}/v1/documents/${documentId}`);
    return z.object({ status: z.string() }).parse(await response.json()).status === status;
  });
}

test('the week of a timetable begins with the day that somebody prefers', async () => {
  await openPreferences();
  await preferences().getByLabel('The week begins on').selectOption('Wednesday');
  await page.getByText('Saved').first().waitFor();
  const day = { startTime: '09:00', endTime: '10:00', name: 'Lesson' };
  const blocks = ['monday', 'sunday', 'wednesday'].map((name) => ({ ...day, day: name }));
  const made = await page.request.post(`${server.url}/v1/timetables`, {
    data: { name: 'Class 4b', year: 2026, blocks },
  });
  const { id } = withId.parse(await made.json());
  await page.goto(`${server.url}/timetables/${id}`);
  await page.getByRole('region', { name: 'Wednesday' }).waitFor();
  const shown = await page
    .getByRole('region', { name: /day$/ })
    .getByRole('heading')
    .allInnerTexts();
  expect(shown).toEqual(['Wednesday', 'Thursday', 'Friday', 'Sunday', 'Monday', 'Tuesday']);
  await page.getByRole('button', { name: 'Add a block' }).click();
  const choices = page.getByRole('combobox', { name: 'Day' }).getByRole('option');
  expect((await choices.allInnerTexts())[0]).toBe('Wednesday');
}, 90_000);

test('who wants to be told of documents is told, with a way to them, and nobody else is', async () => {
  await openPreferences();
  await page.goto(`${server.url}/jobs`);
  await page.getByRole('heading', { name: 'Jobs', level: 1 }).waitFor();
  await upload('broken.pdf', 'application/pdf', '%PDF-1.7\nnothing else');
  await page.getByText('“broken” could not be read').first().waitFor();
  expect(await findBarriers(page)).toEqual([]);

  await page.goto(`${server.url}/settings`);
  await preferences().getByLabel('a document was read').click();
  await preferences().getByLabel('a document could not be read').click();
  await eventually('the choices to be stored', async () => {
    const response = await page.request.get(`${server.url}/v1/account`);
    const { documentCompleted, documentFailed } = z
      .object({ settings: z.object({ notifications: z.record(z.string(), z.boolean()) }) })
      .transform(({ settings }) => settings.notifications)
      .parse(await response.json());
    return documentCompleted === true && documentFailed === false;
  });
  await page.reload();
  await preferences().waitFor();
  const tornId = await upload('torn.pdf', 'application/pdf', '%PDF-1.7\nnothing more');
  await waitForStatus(tornId, 'failed');
  const letterId = await upload('letter.txt', 'text/plain', 'A letter about herons.');
  await page.getByText('“letter” was read').first().waitFor();
  expect(await page.getByText('“torn” could not be read').count()).toBe(0);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.waitForURL(`**/documents/${letterId}`);
}, 120_000);

test('dates are written as somebody prefers, in every browser they sign in with', async () => {
  await openPreferences();
  expect(await since(page).innerText()).toMatch(/^[A-Z][a-z]+ \d+, \d{4}$/);
  await preferences().getByLabel('Language').selectOption('British English');
  await page.getByText('Saved').first().waitFor();
  expect(await since(page).innerText()).toMatch(/^\d+ [A-Z][a-z]+ \d{4}$/);
  const visitor = await openVisitor(page);
  await openPreferences(visitor.page);
  expect(await since(visitor.page).innerText()).toMatch(/^\d+ [A-Z][a-z]+ \d{4}$/);
  await visitor.end();
}, 90_000);

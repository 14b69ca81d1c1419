import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { TestServer } from '#test/support/start-server.ts';
import { findBarriers, useBrowser } from './web-browser.ts';

let server: TestServer;
let page: Page;

useBrowser({
  onServer: (started) => (server = started),
  onPage: (opened) => (page = opened),
});

const editor = () => page.getByRole('textbox', { name: 'The entry' });

test('an entry is written, found, changed as JSON and taken out of the trash again', async () => {
  await page.goto(`${server.url}/journal`);
  await page.getByRole('heading', { name: 'Write your first entry' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('link', { name: 'Write', exact: true }).click();
  await editor().fill('A heron by the weir');
  await editor().press('Control+Enter');
  const entry = page.getByRole('article').filter({ hasText: 'A heron by the weir' });
  await entry.waitFor();

  await page.getByRole('link', { name: 'A heron by the weir' }).click();
  await page.getByRole('button', { name: 'JSON' }).click();
  expect(await editor().inputValue()).toBe('"A heron by the weir"');
  await editor().fill('{"bird": "heron", "mood": ');
  await page.getByText('This is not valid JSON yet.').waitFor();
  expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await editor().fill('{"bird": "heron", "id": 12345678901234567890}');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('cannot be kept exactly').waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await editor().fill('{"bird": "heron", "mood": 4}');
  await page.getByRole('button', { name: 'Save' }).click();

  await page.getByRole('searchbox', { name: 'Search the journal' }).fill('herons');
  await page.keyboard.press('Enter');
  await page.locator('mark', { hasText: 'heron' }).waitFor();
  await page.getByRole('button', { name: 'Move to the trash' }).click();
  await page.getByRole('heading', { name: 'No entry here' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('mark', { hasText: 'heron' }).waitFor();
}, 60_000);

test('an entry that somebody changed meanwhile is not overwritten', async () => {
  const answer = await fetch(`${server.url}/v1/journal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"rawData": "first"}',
  });
  const address = answer.headers.get('location') ?? '';
  await page.goto(server.url + address.replace('/v1', ''));
  await editor().fill('mine');
  await fetch(server.url + address, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: '{"rawData": "theirs"}',
  });
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Somebody changed it in the meantime.').waitFor();
  expect(await editor().inputValue()).toBe('mine');
});

test('a timetable is made by keyboard, and an overlap is refused with both names', async () => {
  await page.goto(`${server.url}/timetables`);
  await page.getByLabel('Name of a new timetable').fill('Class 4b');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Class 4b' }).waitFor();

  const add = async (name: string, start: string, end: string): Promise<void> => {
    await page.getByRole('button', { name: 'Add a block' }).click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Start').fill(start);
    await page.getByLabel('End').fill(end);
    await page.getByLabel('Name', { exact: true }).press('Enter');
  };
  await add('Maths', '08:00', '08:45');
  await page.getByRole('button', { name: 'Maths' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await add('Music', '08:30', '09:15');
  await page.getByText('"Maths" (monday 08:00–08:45) and "Music" (monday 08:30–09:15)').waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('combobox', { name: 'Day' }).selectOption('Tuesday');
  await page.getByRole('button', { name: 'Save' }).click();
  const tuesday = page.getByRole('region', { name: 'Tuesday' });
  await tuesday.getByRole('button', { name: 'Music' }).click();
  await page.getByRole('button', { name: 'Remove' }).click();
  await tuesday.getByRole('button', { name: 'Music' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'In use' }).click();
  await page.goto(`${server.url}/timetables`);
  await page.getByText('In use · 1 block').waitFor();
  expect(await findBarriers(page)).toEqual([]);
}, 60_000);

test('the timetable of a document becomes a week that leads back to it', async () => {
  await page.goto(server.url);
  const file = path.resolve(import.meta.dirname, '../../../samples/school-timetable.pdf');
  await page.getByLabel('Choose files').setInputFiles(file);
  const row = page.getByRole('article').filter({ hasText: 'school-timetable' });
  await row.getByText('Ready').waitFor({ timeout: 60_000 });
  await row.getByRole('button', { name: 'Actions for school-timetable' }).click();
  await page.getByRole('menuitem', { name: 'Make a timetable' }).click();
  await page.getByRole('heading', { name: 'school-timetable' }).waitFor();
  const friday = page.getByRole('region', { name: 'Friday' });
  await friday.getByRole('button', { name: 'French 11:20–12:20' }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('link', { name: 'school-timetable' }).click();
  await page.waitForURL('**/documents/**');
}, 90_000);

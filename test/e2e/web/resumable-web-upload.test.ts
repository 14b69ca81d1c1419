import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePdf } from '#test/support/make-files.ts';
import type { TestServer } from '#test/support/start-server.ts';
import { useBrowser } from './web-browser.ts';

let server: TestServer;
let page: Page;
let folder: string;

useBrowser({
  onServer: (started) => (server = started),
  onPage: (opened) => (page = opened),
});

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docmill-web-upload-'));
  const pdf = await makePdf([{ width: 200, height: 200 }]);
  await mkdir(path.join(folder, 'Letters', '2026'), { recursive: true });
  await writeFile(path.join(folder, 'large.pdf'), Buffer.concat([pdf, randomBytes(6_000_000)]));
  await writeFile(path.join(folder, 'Letters', '2026', 'small.pdf'), pdf);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const choose = () => page.getByLabel('Choose files').setInputFiles(path.join(folder, 'large.pdf'));

test('a large file that is interrupted by the end of the page goes on when it is chosen again', async () => {
  const uploads = '**/v1/uploads/*';
  await page.goto(server.url);
  await page.route(uploads, (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.continue(),
  );
  const begun = page.waitForResponse((response) => response.status() === 201);
  await choose();
  const location = (await begun).headers()['location'] ?? '';
  await page.getByRole('button', { name: 'Pause large.pdf' }).click();
  await page.getByText(/^Paused at/).waitFor();

  await page.unroute(uploads);
  await page.reload();
  const sent: string[] = [];
  page.on('request', (request: Request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/v1/uploads')) sent.push(`${request.method()} ${pathname}`);
  });
  await choose();
  await page
    .getByRole('article')
    .filter({ has: page.getByRole('link', { name: 'large' }) })
    .first()
    .waitFor();
  expect(sent).toContain(`HEAD ${location}`);
  expect(sent).toContain(`PATCH ${location}`);
  expect(sent.filter((request) => request.startsWith('POST'))).toEqual([]);
}, 60_000);

test('a folder keeps its tree', async () => {
  await page.goto(server.url);
  await page.getByLabel('Choose a folder').setInputFiles(path.join(folder, 'Letters'));
  await page
    .getByRole('article')
    .filter({ has: page.getByRole('link', { name: 'small' }) })
    .first()
    .waitFor();
  const response = await fetch(`${server.url}/v1/folders/tree`);
  expect(JSON.stringify(await response.json())).toContain('"path":["Letters","2026"]');
}, 60_000);

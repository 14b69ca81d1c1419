import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { TestServer } from '#test/support/start-server.ts';
import { useBrowser } from './web-browser.ts';

let server: TestServer;
let page: Page;

// What breaks the content security policy is a failure of the page, see openPage.
useBrowser({
  onServer: (started) => (server = started),
  onPage: (opened) => (page = opened),
});

test.each(['/', '/search', '/jobs', '/review', '/journal', '/timetables', '/trash'])(
  '%s is drawn without anything that the content security policy refuses',
  async (route) => {
    const answer = await page.goto(`${server.url}${route}`);
    expect(answer?.headers()['content-security-policy']).toContain("style-src 'self';");
    await page.getByRole('main').waitFor();
  },
);

test('the documentation of the API is drawn and opens a route', async () => {
  const answer = await page.goto(`${server.url}/docs/`);
  expect(answer?.headers()['content-security-policy']).toContain("script-src 'self';");
  const route = page.locator('.opblock-summary').first();
  await route.click();
  await page.locator('.opblock-body').first().waitFor();
});

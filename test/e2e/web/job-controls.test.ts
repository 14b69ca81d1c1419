import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makePdf } from '#test/support/make-files.ts';
import { type TestServer, startServer, stopServer } from '#test/support/start-server.ts';
import { buildWebApplication, launchBrowser, noBrowserReason, openPage } from './web-browser.ts';

const uploadAnswer = z.object({
  accepted: z.array(z.object({ job: z.object({ id: z.string() }) })),
});

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  if (noBrowserReason !== undefined) return;
  await buildWebApplication();
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  if (server) await stopServer(server);
});

/** Uploads a long document and pauses its run at once. */
async function pausedRun(title: string): Promise<void> {
  const line = { text: 'The harbour ledger counts coffee.', x: 60, y: 700, size: 12 };
  const pdf = await makePdf(
    Array.from({ length: 300 }, () => ({ width: 595, height: 842, lines: [line] })),
  );
  const form = new FormData();
  form.append('files', new Blob([new Uint8Array(pdf)]), `${title}.pdf`);
  const answer = await fetch(`${server.url}/v1/documents`, { method: 'POST', body: form });
  const { accepted } = uploadAnswer.parse(await answer.json());
  const id = accepted[0]?.job.id ?? '';
  const paused = await fetch(`${server.url}/v1/jobs/${id}/pause`, { method: 'POST' });
  expect(paused.status).toBe(200);
}

function runOf(page: Page, title: string) {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name: title }) });
}

test('a run is given another priority, resumed and followed to its end on the page of jobs', async ({
  skip,
}) => {
  skip(noBrowserReason !== undefined, noBrowserReason);
  await pausedRun('ledger');
  const { page, failures } = await openPage(browser);
  await page.goto(`${server.url}/jobs`);
  const run = runOf(page, 'ledger');
  await run.getByText('Paused').waitFor();
  await page.getByLabel('Health of the queue').getByText('1 waiting').first().waitFor();

  await run.getByRole('button', { name: 'More for ledger' }).click();
  await page.getByRole('menuitem', { name: 'Before the others' }).click();
  await run.getByText('Priority 5').waitFor();

  await run.getByRole('button', { name: 'Resume ledger' }).click();
  await run.getByText('Ready').waitFor({ timeout: 60_000 });
  expect(await run.getByRole('button', { name: 'Pause ledger' }).count()).toBe(0);
  await run.getByRole('button', { name: 'Log of ledger' }).click();
  await page.getByText('Given another priority').waitFor();
  await page.context().close();
  expect(failures).toEqual([]);
}, 120_000);

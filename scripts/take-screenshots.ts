import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { z } from 'zod';
import { startApp } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { createLogger } from '../src/create-logger.ts';

// Starts the real program with the sample documents and photographs its pages:
//   npm run screenshot                    the picture of the README
//   npm run screenshot -- --out shots     every page, wide and narrow, light and dark
//   … --out shots --only keys --only jobs these pages
const { values } = parseArgs({
  options: { out: { type: 'string' }, only: { type: 'string', multiple: true } },
});
const root = path.resolve(import.meta.dirname, '..');
const browserPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const listSchema = z.object({
  items: z.array(z.object({ id: z.string(), title: z.string(), status: z.string() })),
});

const dataDir = await mkdtemp(path.join(tmpdir(), 'docmill-screenshot-'));
const config = loadConfig({
  DOCMILL_DATA_DIR: dataDir,
  DOCMILL_PORT: '0',
  DOCMILL_SIGN_IN: 'off',
});
const app = await startApp(config, createLogger('warn'));
try {
  const address = app.address ?? '';
  const report = await waitForSamples(address);
  await makeSomeKeys(address);
  const folder = await makeSomeFolders(address, report);
  const link = await makeSomeShares(address, report);
  const pages = {
    library: { route: '/' },
    document: { route: `/documents/${report}?page=2` },
    folder: { route: `/folders/${folder}` },
    tiles: { route: `/folders/${folder}?view=grid` },
    trash: { route: '/trash' },
    search: { route: '/search?q=flour' },
    review: { route: '/review' },
    journal: { route: '/journal' },
    timetables: { route: '/timetables' },
    jobs: { route: '/jobs' },
    'sign-in': { route: '/sign-in' },
    'first-admin': { route: '/first-admin#token=shown-by-the-server' },
    profile: { route: '/settings' },
    keys: { route: '/settings/keys' },
    security: { route: '/settings/security' },
    webhooks: { route: '/settings/webhooks' },
    usage: { route: '/settings/usage' },
    users: { route: '/settings/users' },
    sharing: { route: `/documents/${report}`, press: 'Share' },
    shared: { route: '/shared' },
    link: { route: link },
    'link-password': { route: '/s/a-link-that-has-ended' },
    'sign-up': { route: '/sign-up' },
    'forgot-password': { route: '/forgot-password' },
    reset: { route: '/reset#token=of-a-mail' },
  };
  if (values.out === undefined) {
    const file = path.join(root, 'docs', 'images', 'document-light.png');
    await photograph(address, [{ file, ...pages.document, width: 1440, scheme: 'light' }]);
  } else {
    await photograph(address, allShots(path.resolve(values.out), pages));
  }
} finally {
  await app.stop();
  await rm(dataDir, { recursive: true, force: true });
}

interface PageWish {
  route: string;
  /** Name of a button to press first, which opens a dialog. */
  press?: string;
}

interface Shot extends PageWish {
  file: string;
  width: 1440 | 390;
  scheme: 'light' | 'dark';
}

function allShots(folder: string, pages: Readonly<Record<string, PageWish>>): Shot[] {
  const wanted = Object.entries(pages).filter(([name]) => values.only?.includes(name) ?? true);
  return wanted.flatMap(([name, page]) =>
    ([1440, 390] as const).flatMap((width) =>
      (['light', 'dark'] as const).map((scheme) => ({
        file: path.join(folder, `${name}-${width}-${scheme}.png`),
        ...page,
        width,
        scheme,
      })),
    ),
  );
}

async function photograph(address: string, shots: readonly Shot[]): Promise<void> {
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    for (const { file, route, press, width, scheme } of shots) {
      const page = await browser.newPage({
        viewport: { width, height: width === 390 ? 844 : 900 },
        colorScheme: scheme,
        // The pages forbid eval, which is how the wait below gets into them.
        bypassCSP: true,
      });
      await page.goto(`${address}${route}`);
      await page.locator('h1').first().waitFor();
      await page
        .locator('main img')
        .first()
        .waitFor({ timeout: 2_000 })
        .catch(() => undefined);
      if (press !== undefined) {
        await page.getByRole('button', { name: press }).first().click();
        await page.getByRole('dialog').waitFor();
      }
      // Runs in the page; as text because the DOM is not known to this program.
      await page.waitForFunction('[...document.images].every((image) => image.complete)');
      await mkdir(path.dirname(file), { recursive: true });
      await page.screenshot({ path: file });
      await page.close();
      console.log(path.relative(process.cwd(), file));
    }
  } finally {
    await browser.close();
  }
}

/** Resolves to the id of the report once every sample is processed. */
async function waitForSamples(address: string): Promise<string> {
  for (;;) {
    const response = await fetch(`${address}/v1/documents`);
    const { items } = listSchema.parse(await response.json());
    const report = items.find((item) => item.title === 'museum-report');
    if (report && items.every((item) => item.status === 'completed')) return report.id;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function post(address: string, route: string, body: unknown): Promise<unknown> {
  const answer = await fetch(`${address}${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.json();
}

/** So that the pages of keys, people and webhooks show some. */
async function makeSomeKeys(address: string): Promise<void> {
  const scopes = ['documents:write', 'jobs:read'];
  await post(address, '/v1/keys', { name: 'Scanner in the hall', scopes });
  const expiresAt = '2030-01-01T00:00:00Z';
  await post(address, '/v1/keys', { name: 'Nightly report', scopes: ['*:read'], expiresAt });
  await post(address, '/v1/invitations', { email: 'ben@example.org', role: 'reviewer' });
  const events = ['document.completed', 'document.failed'];
  await post(address, '/v1/webhooks', { url: 'https://example.org/docmill', events });
}

/** Two folders in each other, with the document in the outer one; resolves to its id. */
async function makeSomeFolders(address: string, documentId: string): Promise<string> {
  const withId = z.object({ id: z.string() });
  const outer = withId.parse(await post(address, '/v1/folders', { name: 'The museum' })).id;
  await post(address, '/v1/folders', { name: 'Annual reports', parentId: outer });
  await fetch(`${address}/v1/documents/${documentId}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ folderId: outer }),
  });
  return outer;
}

/** Shares a document with a person and by a link; resolves to the way of the link. */
async function makeSomeShares(address: string, documentId: string): Promise<string> {
  const person = { documentId, granteeEmail: 'ben@example.org', permission: 'edit' };
  await post(address, '/v1/shares', person);
  const given = await post(address, '/v1/shares', { documentId, permission: 'view' });
  return `/s/${z.object({ token: z.string() }).parse(given).token}`;
}

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
const { values } = parseArgs({ options: { out: { type: 'string' } } });
const root = path.resolve(import.meta.dirname, '..');
const browserPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const listSchema = z.object({
  items: z.array(z.object({ id: z.string(), title: z.string(), status: z.string() })),
});

const dataDir = await mkdtemp(path.join(tmpdir(), 'docmill-screenshot-'));
const config = loadConfig({ DOCMILL_DATA_DIR: dataDir, DOCMILL_PORT: '0' });
const app = await startApp(config, createLogger('warn'));
try {
  const address = app.address ?? '';
  const report = await waitForSamples(address);
  const pages = {
    library: '/',
    document: `/documents/${report}?page=2`,
    search: '/search?q=flour',
    jobs: '/jobs',
  };
  if (values.out === undefined) {
    const file = path.join(root, 'docs', 'images', 'document-light.png');
    await photograph(address, [{ file, route: pages.document, width: 1440, scheme: 'light' }]);
  } else {
    await photograph(address, allShots(path.resolve(values.out), pages));
  }
} finally {
  await app.stop();
  await rm(dataDir, { recursive: true, force: true });
}

interface Shot {
  file: string;
  route: string;
  width: 1440 | 390;
  scheme: 'light' | 'dark';
}

function allShots(folder: string, pages: Readonly<Record<string, string>>): Shot[] {
  return Object.entries(pages).flatMap(([name, route]) =>
    ([1440, 390] as const).flatMap((width) =>
      (['light', 'dark'] as const).map((scheme) => ({
        file: path.join(folder, `${name}-${width}-${scheme}.png`),
        route,
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
    for (const { file, route, width, scheme } of shots) {
      const page = await browser.newPage({
        viewport: { width, height: width === 390 ? 844 : 900 },
        colorScheme: scheme,
        // The pages forbid eval, which is how the wait below gets into them.
        bypassCSP: true,
      });
      await page.goto(`${address}${route}`);
      await page
        .locator('main img')
        .first()
        .waitFor({ timeout: 5_000 })
        .catch(() => undefined);
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

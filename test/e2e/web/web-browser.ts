import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { mkdir, rm, rmdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Browser, type Page, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { eventually } from '#test/support/eventually.ts';
import { type TestServer, startServer, stopServer } from '#test/support/start-server.ts';

const chromiumPath = '/usr/bin/chromium';
const webFolder = path.resolve(import.meta.dirname, '../../../web');

/** Why browser tests cannot run here; undefined when they can. */
export const noBrowserReason = existsSync(chromiumPath)
  ? undefined
  : `${chromiumPath} is not installed: apt-get install chromium`;

/** Starts Debian's Chromium. It sometimes fails to come up on a busy machine, so it is tried again. */
export async function launchBrowser(): Promise<Browser> {
  return eventually(
    'Chromium to start',
    async () => {
      try {
        return await chromium.launch({
          executablePath: chromiumPath,
          args: [
            '--headless',
            '--no-sandbox',
            '--disable-gpu',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        });
      } catch {
        return undefined;
      }
    },
    60_000,
  );
}

/** A fresh page of 1440 x 900 whose scripts must not fail; `failures` gathers what they threw. */
export async function openPage(browser: Browser): Promise<{ page: Page; failures: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) failures.push(message.text());
  });
  return { page, failures };
}

/** Makes `axe` in the page. */
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/**
 * Runs in the page: waits for what fades in or out, whose colours are not its own yet. What was just added begins to
 * fade with the frame after the next; skeletons pulse for ever.
 */
const settle = `new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))
  .then(() => Promise.all(document.getAnimations()
    .filter(({ effect }) => effect.getComputedTiming().iterations !== Infinity)
    .map(({ finished }) => finished.catch(() => undefined))))
  .then(() => undefined)`;

/** What axe finds wrong with a page as it stands when nothing moves any more. */
export async function findBarriers(page: Page): Promise<unknown> {
  await page.evaluate(settle);
  await page.evaluate(axeSource);
  return page.evaluate(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })
    .then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))`);
}

/** A server and a browser for the tests of a file, and a page of its own for each, whose scripts must not fail. */
export function useBrowser(use: {
  env?: Record<string, string>;
  onServer(server: TestServer): void;
  onPage(page: Page): void;
}): void {
  let server: TestServer | undefined;
  let browser: Browser | undefined;
  let open: { page: Page; failures: string[] } | undefined;

  beforeAll(async () => {
    if (noBrowserReason !== undefined) return;
    await buildWebApplication();
    [server, browser] = await Promise.all([startServer({ env: use.env ?? {} }), launchBrowser()]);
    use.onServer(server);
  }, 180_000);

  afterAll(async () => {
    // Chromium does not always end on a busy machine, which says nothing about the pages.
    await Promise.race([browser?.close(), pause(15_000)]);
    if (server) await stopServer(server);
  });

  beforeEach(async ({ skip }) => {
    skip(noBrowserReason !== undefined, noBrowserReason);
    if (browser === undefined) throw new Error('the browser was not started');
    open = await openPage(browser);
    use.onPage(open.page);
  });

  afterEach(async () => {
    await open?.page.context().close();
    expect(open?.failures ?? []).toEqual([]);
    open = undefined;
  });
}

/** Builds the application when it was never built or a source is newer; one builder at a time. */
export async function buildWebApplication(): Promise<void> {
  const lock = path.join(tmpdir(), 'docmill-web-build');
  await eventually('another build of the web application to end', () => takeLock(lock), 60_000);
  try {
    if (isCurrent()) return;
    const vite = path.join(webFolder, '../node_modules/vite/bin/vite.js');
    await promisify(execFile)(process.execPath, [vite, 'build'], { cwd: webFolder });
  } finally {
    await rmdir(lock);
  }
}

async function takeLock(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch {
    if (isLeftOver(lock)) await rm(lock, { recursive: true, force: true });
    return false;
  }
}

/** A build takes seconds: a lock this old belongs to a run that was killed. */
function isLeftOver(lock: string): boolean {
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  return age > 40_000;
}

function isCurrent(): boolean {
  const built = path.join(webFolder, 'dist/index.html');
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  const sources = readdirSync(path.join(webFolder, 'src'), { recursive: true, encoding: 'utf8' });
  return ['index.html', 'vite.config.ts', ...sources.map((name) => path.join('src', name))].every(
    (name) => statSync(path.join(webFolder, name)).mtimeMs <= builtAt,
  );
}

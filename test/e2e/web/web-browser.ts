import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Browser, type Page, chromium } from 'playwright-core';
import { eventually } from '#test/support/eventually.ts';

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

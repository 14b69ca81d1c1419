import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const web = path.resolve(import.meta.dirname, '../../web');
const vite = path.resolve(web, '../node_modules/vite/bin/vite.js');
const folder = mkdtempSync(path.join(tmpdir(), 'docmill-first-load-'));
const budgetBytes = 130_000;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a first visit loads at most 130 kB of script; what only some visits need is imported when they do', async () => {
  // Of its own, because the environment of a test would give the React of developers.
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', folder], {
    cwd: web,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production' },
  });
  const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
  // The page names the entry and, for the browser to fetch at once, all that the entry imports.
  const scripts = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, name]) => {
    const file = path.join(folder, `${name}.gz`);
    return { name, bytes: statSync(file).size };
  });
  const total = scripts.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(total, JSON.stringify(scripts)).toBeGreaterThan(60_000);
  expect(total, JSON.stringify(scripts)).toBeLessThanOrEqual(budgetBytes);
});

import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Worker } from '#queue/worker.ts';
import { makeReading, storeDocument } from '#test/support/factories.ts';
import { jsonLines, runDocmill } from '#test/support/run-docmill.ts';
import {
  type TestApp,
  type TestParts,
  makeWorker,
  openParts,
  startApp,
} from '#test/support/start-app.ts';

let parts: TestParts;
let app: TestApp;
let worker: Worker;
let folder: string;

beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts);
  worker = makeWorker(parts);
  await worker.start();
  folder = await mkdtemp(path.join(tmpdir(), 'docmill-export-'));
});

afterAll(async () => {
  await worker.stop();
  await app.close();
  await parts.close();
  await rm(folder, { recursive: true, force: true });
});

async function store(title: string, count: number): Promise<string> {
  const pages = Array.from({ length: count }, (_, n) => makeReading(n + 1, `page ${n + 1}`));
  return (await storeDocument(parts.database, { title, pages })).documentId;
}

const run = (...args: string[]) =>
  runDocmill(['export', ...args, '--server', app.url, '--output', folder]);

test('a short document is written to the folder, one file a format', async () => {
  const id = await store('Kleine Übung', 2);
  const { code, stdout } = await run(id, '--format', 'txt,json', '--json');
  expect(code).toBe(0);
  expect(jsonLines(stdout)).toMatchObject([{ documentId: id, status: 'completed', jobId: null }]);
  const names = await readdir(folder);
  expect(names.toSorted((a, b) => a.localeCompare(b))).toEqual([
    'Kleine Übung.json',
    'Kleine Übung.txt',
  ]);
  expect(await readFile(path.join(folder, 'Kleine Übung.txt'), 'utf8')).toContain('page 2');
});

test('a long one is waited for', async () => {
  const { code, stdout } = await run(await store('Long', 60), '--format', 'txt');
  expect([code, stdout]).toEqual([0, expect.stringContaining('Long.txt')]);
  expect(await readFile(path.join(folder, 'Long.txt'), 'utf8')).toContain('page 60');
});

test('a file that could not be made is named, and the exit code says so', async () => {
  // The document has no bytes to put words into.
  const { code, stderr } = await run(await store('Bare', 1), '--format', 'pdf,txt');
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^pdf: /m)]);
  const wrong = await run('0', '--format', 'xyz');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('(cli.usage)')]);
});

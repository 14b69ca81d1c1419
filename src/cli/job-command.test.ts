import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePdf } from '#test/support/make-files.ts';
import { jsonLines, runDocmill } from '#test/support/run-docmill.ts';
import { type TestServer, startServer, stopServer } from '#test/support/start-server.ts';

const run = (...args: string[]) => runDocmill([...args, '--server', server.url]);

let server: TestServer;
let folder: string;
/** A document of three pages that was read, and the run that read it. */
let documentId: string;
let jobId: string;
beforeAll(async () => {
  server = await startServer();
  folder = mkdtempSync(path.join(tmpdir(), 'docmill-job-'));
  const text = { text: 'The heron waits by the weir.', x: 72, y: 700, size: 12 };
  const page = { width: 612, height: 792, lines: [text] };
  writeFileSync(path.join(folder, 'heron.pdf'), await makePdf([page, page, page]));
  const { stdout } = await run('upload', '--wait', '--json', path.join(folder, 'heron.pdf'));
  const [line] = jsonLines(stdout);
  documentId = String(line?.['documentId']);
  jobId = String(line?.['jobId']);
});
afterAll(async () => {
  await stopServer(server);
  rmSync(folder, { recursive: true, force: true });
});

test('a run is shown with its log, and counted', async () => {
  const shown = await run('job', 'show', jobId);
  expect(shown.stdout).toMatch(new RegExp(`^${jobId} {2}completed {2}validate {2}3/3 pages`));
  const log = jsonLines((await run('job', 'log', '--json', jobId)).stdout);
  expect(log.at(0)).toMatchObject({ action: 'job.queued' });
  expect(log.at(-1)).toMatchObject({ action: 'job.completed' });
  const list = jsonLines((await run('job', 'list', '--json', '--status', 'completed')).stdout);
  expect(list.map((job) => job['id'])).toContain(jobId);
  const [stats] = jsonLines((await run('job', 'stats', '--json')).stdout);
  expect(stats?.['stages']).toContainEqual(
    expect.objectContaining({ stage: 'preprocess', dead: 0, success: 1 }),
  );
});

test('a page is read again with other settings', async () => {
  const rerun = ['job', 'rerun', documentId, '--wait', '--json'];
  const { code, stdout } = await run(...rerun, '--pages', '2', '--dpi', '150', '--force-ocr');
  expect(jsonLines(stdout)).toMatchObject([
    { documentId, status: 'completed', pagesTotal: 1, pagesDone: 1 },
  ]);
  expect(code).toBe(0);
  const refused = await run(...rerun, '--pages', '4-9');
  expect([refused.code, refused.stderr]).toEqual([
    1,
    'docmill: There are no pages 4 to 9; the document has 3. (page.not_found)\n',
  ]);
  const wrong = await run(...rerun, '--pages', 'all');
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('(cli.usage)')]);
});

test.each(['pause', 'redrive'])('a finished run is refused a %s in a sentence', async (control) => {
  const { code, stderr } = await run('job', control, jobId);
  expect(stderr).toMatch(
    /^docmill: Job .* is completed, so it cannot be .*\(job.state_conflict\)\n$/,
  );
  expect(code).toBe(1);
});

test('a priority out of range is refused', async () => {
  const { code, stderr } = await run('job', 'priority', jobId, '11');
  expect([code, stderr]).toEqual([1, expect.stringContaining('(request.invalid)')]);
});

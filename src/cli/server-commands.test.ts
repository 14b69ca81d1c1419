import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { freeTestPort } from '#test/support/free-test-port.ts';
import { makePdf } from '#test/support/make-files.ts';
import { jsonLines, runDocmill } from '#test/support/run-docmill.ts';
import { type TestServer, startServer, stopServer } from '#test/support/start-server.ts';

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await startServer();
  folder = mkdtempSync(path.join(tmpdir(), 'docmill-upload-'));
  const lines = [{ text: 'The heron waits by the weir.', x: 72, y: 700, size: 12 }];
  writeFileSync(
    path.join(folder, 'heron.pdf'),
    await makePdf([{ width: 612, height: 792, lines }]),
  );
  writeFileSync(path.join(folder, 'cut.pdf'), '%PDF-1.7\nand nothing more');
  writeFileSync(path.join(folder, 'smile.flac'), 'fLaC\0\0\0\0');
});
afterAll(async () => {
  await stopServer(server);
  rmSync(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => runDocmill([...args, '--server', server.url]);

test('upload --wait tells the fate of every file, and search finds what was read', async () => {
  const { code, stdout, stderr } = await run('upload', '--wait', '--json', folder);
  const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
  expect(jsonLines(stdout)).toEqual([
    {
      file: path.join(folder, 'cut.pdf'),
      status: 'failed',
      documentId: id,
      jobId: id,
      code: 'file.damaged',
      message: expect.stringMatching(/\.$/),
    },
    {
      file: path.join(folder, 'heron.pdf'),
      status: 'completed',
      documentId: id,
      jobId: id,
      code: null,
      message: null,
    },
    {
      file: path.join(folder, 'smile.flac'),
      status: 'refused',
      documentId: null,
      jobId: null,
      code: 'upload.type_unsupported',
      message: expect.stringContaining('audio/flac'),
    },
  ]);
  expect(stderr).toBe('');
  expect(code).toBe(1);

  const found = await run('search', '--json', 'heron', 'weir');
  expect(jsonLines(found.stdout)).toMatchObject([
    { title: 'heron', pageNumber: 1, boxes: [{ x: expect.any(Number) }, {}] },
  ]);
  expect(found.stderr).toBe('1 page found\n');
  const shown = await run('search', 'heron');
  expect(shown.stdout).toContain('The [heron] waits');
  const none = await run('search', '--json', 'pelican');
  expect([none.code, none.stdout]).toEqual([0, '']);
});

test('upload without --wait comes back as soon as the file is safe', async () => {
  const { code, stdout } = await run('upload', path.join(folder, 'heron.pdf'));
  expect(stdout).toMatch(/^(queued|running) {2}[0-9a-f-]{36} {2}.*heron\.pdf\n$/);
  expect(code).toBe(0);
});

test.each([
  [['search', 'the'], 'search.query_invalid'],
  [['search', '--limit', '0', 'heron'], 'request.invalid'],
])('%j is refused by the server in a sentence, without a stack', async (args, problem) => {
  const { code, stdout, stderr } = await run(...args);
  expect(stderr).toMatch(new RegExp(String.raw`^docmill: .*\(${problem}\)\n$`));
  expect([code, stdout]).toEqual([1, '']);
});

describe('a server that is not there', () => {
  test.each([['search', 'heron'], ['upload']])('%s says so and ends with 69', async (...args) => {
    const port = await freeTestPort();
    const file = args[0] === 'upload' ? [path.join(folder, 'heron.pdf')] : [];
    const { code, stdout, stderr } = await runDocmill([...args, ...file], {
      env: { DOCMILL_PORT: String(port) },
    });
    expect(stderr).toContain(`No Docmill answers at http://127.0.0.1:${port}.`);
    expect([code, stdout]).toEqual([69, '']);
  });
});

test('doctor sees that a running server holds the data folder', async () => {
  const { code, stdout } = await runDocmill(['doctor', '--json'], {
    env: { DOCMILL_DATA_DIR: server.dataDir },
  });
  const checks = jsonLines(stdout);
  expect(checks.map((check) => check['name'])).toEqual([
    'Node',
    'data folder',
    'disk space',
    'database',
    'Redis',
    'uploaded files',
    'recognition',
    'engine walls',
    'web application',
  ]);
  expect(checks.find((check) => check['name'] === 'database')).toMatchObject({ result: 'note' });
  expect(code).toBe(0);
});

test('doctor names what is wrong and goes on with the other checks', async () => {
  const file = path.join(folder, 'heron.pdf');
  const { code, stdout } = await runDocmill(['doctor', '--json'], {
    env: { DOCMILL_DATA_DIR: path.join(file, 'below') },
  });
  const results = jsonLines(stdout).map((check) => [check['name'], check['result']]);
  expect(results).toContainEqual(['data folder', 'problem']);
  expect(results).toContainEqual(['database', 'problem']);
  expect(results).toHaveLength(9);
  expect(code).toBe(1);
});

test('config shows every setting and no secret', async () => {
  const env = { DATABASE_URL: 'postgres://u:geheim@h/d', DOCMILL_PORT: '1234' };
  const { code, stdout } = await runDocmill(['config', '--json'], { env });
  expect(jsonLines(stdout)).toMatchObject([
    { DATABASE_URL: '(set, hidden)', DOCMILL_PORT: '1234', DOCMILL_MAX_UPLOAD_MB: '100' },
  ]);
  const table = await runDocmill(['config'], { env });
  expect(stdout + table.stdout).not.toContain('geheim');
  expect(table.stdout).toMatch(/^DOCMILL_PORT +1234 +Port to listen on/m);
  expect(code).toBe(0);
});

test('reading only the beginning of the output is no failure', async () => {
  const { code, stderr } = await runDocmill(['config'], { closeStdout: true });
  expect([code, stderr]).toEqual([0, '']);
});

test('schedule list shows what runs by the clock and when it is due', async () => {
  const { code, stdout } = await run('schedule', 'list', '--json');
  const due = { next: expect.stringMatching(/^20\d\d-/) };
  expect(jsonLines(stdout)).toMatchObject(
    [
      'audit.anchor',
      'metrics.roll_up',
      'partitions.make',
      'retention.run',
      'sweep.blobs',
      'sweep.clerk_events',
      'sweep.idempotency_keys',
      'sweep.outbox',
      'sweep.realtime',
      'sweep.review_leases',
      'sweep.uploads',
      'sweep.webhook_deliveries',
    ].map((name) => ({ name, missed: 'run_once', nextFireAt: due.next })),
  );
  expect(code).toBe(0);
  const shown = await run('schedule', 'list');
  expect(shown.stdout).toContain('sweep.blobs');
});

test('folders are made, moved, shown as a tree, put into the trash and taken out again', async () => {
  const make = async (...args: string[]): Promise<string> => {
    const { stdout } = await run('folder', 'create', '--json', ...args);
    const [made] = jsonLines(stdout);
    return z.object({ id: z.string() }).parse(made).id;
  };
  const archive = await make('Archive');
  const letters = await make('Letters');
  expect((await run('folder', 'move', letters, '--to', archive)).code).toBe(0);
  expect((await run('folder', 'rename', letters, '--name', 'Post')).stdout).toContain(
    'Archive/Post',
  );
  expect((await run('folder', 'tree')).stdout).toContain(`${letters}  Archive/Post`);
  expect((await run('folder', 'delete', archive)).stdout).toContain('2 folders in the trash');
  expect((await run('folder', 'list')).stdout).not.toContain('Archive');
  expect((await run('folder', 'list', '--trash')).stdout).toContain('Archive');
  expect((await run('folder', 'restore', archive)).code).toBe(0);
  expect((await run('folder', 'list', '--in', archive)).stdout).toContain('Post');
  await run('folder', 'delete', archive);
  expect((await run('folder', 'purge', archive)).code).toBe(0);
  const gone = await run('folder', 'restore', archive);
  expect([gone.code, gone.stderr]).toEqual([1, expect.stringContaining('folder.not_found')]);
});

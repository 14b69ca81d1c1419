import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redisInstalled, startRedis, whyNoRedis } from '#test/support/redis-server.ts';
import { jsonLines, runDocmill } from '#test/support/run-docmill.ts';
import { type TestServer, startServer, stopServer } from '#test/support/start-server.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'docmill-journal-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function save(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('the journal of a server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => stopServer(server));
  const run = (...args: string[]) => runDocmill(['journal', ...args, '--server', server.url]);

  test('entries are written, listed, shown and found', async () => {
    const words = await run('add', 'A heron', 'by the weir', '--at', '2026-01-02T03:04:05+01:00');
    expect([words.code, words.stderr]).toEqual([0, '']);
    const id = words.stdout.trim();
    expect((await run('show', id)).stdout).toBe('A heron by the weir\n');
    const data = await run('add', '--data', '{"mood": 4, "n": 1.50}', '--type', 'mixed', '--json');
    expect(jsonLines(data.stdout)).toMatchObject([
      { rawData: { mood: 4, n: 1.5 }, entryType: 'mixed' },
    ]);
    const file = await run('add', '--file', save('entry.json', '["river"]'));
    expect(file.code).toBe(0);
    expect(jsonLines((await run('list', '--json')).stdout)).toHaveLength(3);
    const found = await run('search', 'heron', '--type', 'text');
    expect(found.stdout).toContain('A [heron] by the weir');
    expect(found.stderr).toBe('1 entry\n');
    const byContent = await run('list', '--contains', '{"mood":4}', '--json');
    expect(jsonLines(byContent.stdout)).toMatchObject([{ entryType: 'mixed' }]);
  });

  test.each([
    [['add', 'words', '--data', '1'], 2, 'cli.usage'],
    [['add', '--data', '12345678901234567890'], 1, 'json.not_storable'],
    [['list', '--path', '$..'], 1, 'journal.query_invalid'],
    [['show', '018f0000-0000-7000-8000-000000000000'], 1, 'journal.not_found'],
  ])('%j ends with %i', async (args, exit, problem) => {
    const { code, stdout, stderr } = await run(...args);
    expect(stderr).toMatch(new RegExp(String.raw`^docmill: .*\(${problem}\)\n$`));
    expect([code, stdout]).toEqual([exit, '']);
  });
});

describe('imports', () => {
  let clone: TestDatabase;
  beforeAll(async () => {
    clone = await createTestDatabase();
  });
  afterAll(() => clone.close());
  const run = (...args: string[]) =>
    runDocmill(['import', ...args], {
      env: {
        DATABASE_URL: clone.appUrl,
        DATABASE_DIRECT_URL: clone.ownerUrl,
        DOCMILL_DATA_DIR: path.join(folder, 'data'),
      },
    });

  test('a journal is looked at, imported, verified and not imported twice', async () => {
    const file = save(
      'journal.jsonl',
      '{"id":1,"content":"One"}\n{"id":2,"content":"Two","status":"failed"}',
    );
    const dry = await run('journal', file, '--dry-run');
    expect(dry.stdout).toMatch(/^2 found\n2 would be imported \(1 pending, 1 failed\)\n0 skipped/);
    expect((await run('journal', file, '--verify')).code).toBe(1);
    const first = await run('journal', file, '--owner', 'owner@docmill.localhost', '--json');
    expect([first.code, jsonLines(first.stdout)]).toMatchObject([0, [{ imported: 2, skipped: 0 }]]);
    expect(jsonLines((await run('journal', file, '--json')).stdout)).toMatchObject([
      { skipped: 2 },
    ]);
    const verified = await run('journal', file, '--verify');
    expect([verified.code, verified.stdout]).toEqual([
      0,
      '2 entries in the file, 2 stored, 2 equal\n',
    ]);
    const broken = await run(
      'journal',
      save('broken.jsonl', '{"id":3}\n{"id":4,"content":"Four"}'),
    );
    expect([broken.code, broken.stderr]).toMatchObject([1, expect.stringContaining('record 1: ')]);
    expect(broken.stdout).toContain('1 imported');
    const nobody = await run('journal', file, '--owner', 'nobody@example.test');
    expect([nobody.code, nobody.stderr]).toMatchObject([
      1,
      expect.stringContaining('import.owner_unknown'),
    ]);
  });

  test.skipIf(!redisInstalled())(`a Redis is imported${whyNoRedis}`, async () => {
    const redis = await startRedis();
    try {
      await redis.run('HSET', 'task:1', 'status', 'COMPLETED', 'filename', 'a.pdf');
      await redis.run('SET', 'result:1', 'An otter in the river');
      await redis.run('HSET', 'task:2', 'status', 'EATEN');
      const { code, stdout, stderr } = await run('redis', '--from', redis.url);
      expect(stdout).toBe(
        '2 found\n1 imported (1 completed)\n0 skipped, imported before\n1 failed\n0 finished without a result\n0 results without a task\n',
      );
      expect([code, stderr]).toMatchObject([1, expect.stringMatching(/^2: .*EATEN/)]);
    } finally {
      await redis.stop();
    }
    const gone = await run('redis', '--from', redis.url);
    expect([gone.code, gone.stderr]).toMatchObject([
      69,
      expect.stringContaining('import.source_unreachable'),
    ]);
    expect((await run('redis')).code).toBe(2);
  });
});

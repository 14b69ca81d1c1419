import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jsonLines, runDocmill } from '#test/support/run-docmill.ts';
import { seedUser } from '#test/support/seed-rows.ts';
import { type TestDatabase, createTestDatabase, runOn } from '#test/support/test-database.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 180_000 });

let clone: TestDatabase;
let folder: string;

beforeAll(async () => {
  clone = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'docmill-maintenance-'));
});

afterAll(async () => {
  await clone.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]) =>
  runDocmill(args, {
    cwd: folder,
    env: {
      DATABASE_URL: clone.appUrl,
      DATABASE_DIRECT_URL: clone.ownerUrl,
      DOCMILL_DATA_DIR: folder,
    },
  });

test('audit list shows what happened, and audit verify tells tampering by its exit code', async () => {
  const user = await seedUser(clone.database.sql);
  const list = await run('audit', 'list', '--type', 'users', '--resource', user, '--json');
  expect(jsonLines(list.stdout)).toMatchObject([{ action: 'create', resourceId: user }]);
  expect((await run('audit', 'anchor')).code).toBe(0);
  const whole = await run('audit', 'verify', '--json');
  expect(whole).toMatchObject({ code: 0, stderr: '' });
  expect(jsonLines(whole.stdout)).toMatchObject([{ faultCount: 0, anchored: true }]);
  await runOn(
    clone.ownerUrl,
    `update audit_logs set action = 'trash' where resource_id = '${user}'`,
  );
  const changed = await run('audit', 'verify');
  expect(changed.code).toBe(1);
  expect(changed.stdout).toContain('row_changed');
  expect((await run('audit', 'list', '--limit', 'many')).code).toBe(2);
  const unanchored = await run('audit', 'verify', '--anchor', path.join(folder, 'none'));
  expect(unanchored.stderr).toContain('no anchor');
});

test('doctor connects and tells the version of the database', async () => {
  const [server] = await clone.database.sql<{ version: string }>`
    select current_setting('server_version') as version`;
  const { stdout } = await run('doctor', '--json');
  const database = jsonLines(stdout).find((check) => check['name'] === 'database');
  expect(database).toMatchObject({ result: 'ok' });
  expect(database?.['detail']).toContain(`DATABASE_URL: PostgreSQL ${server?.version}, `);
});

test('stats tells sizes as a table and as a line to keep', async () => {
  const kept = await run('stats', '--json');
  expect(kept).toMatchObject({ code: 0, stderr: '' });
  const [line] = jsonLines(kept.stdout);
  expect(line).toMatchObject({ databaseBytes: expect.any(Number), owners: [] });
  expect(JSON.stringify(line?.['tables'])).toContain('"table":"audit_logs"');
  const { code, stdout } = await run('stats');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^database \d+\.\d MiB\n\ntable .*rows .*indexes/);
  expect(stdout).toMatch(/^users +\d+\.\d MiB +\d+\.\d MiB +about \d+ rows$/m);
});

test('partitions says what needs care and makes what is missing', async () => {
  const states = await run('partitions', '--json');
  expect(states.code).toBe(0);
  expect(jsonLines(states.stdout).map((state) => state['table'])).toEqual([
    'api_metrics',
    'audit_logs',
    'processing_metrics',
  ]);
  await runOn(
    clone.ownerUrl,
    `update partition_plans set ahead = 4 where table_name = 'audit_logs'`,
  );
  expect((await run('partitions')).code).toBe(1);
  const made = await run('partitions', '--make');
  expect(made.code).toBe(0);
  expect(made.stderr).toMatch(/^made audit_logs_\d{6}\n$/);
});

test('retention runs, and legal holds are placed, listed and released', async () => {
  const user = await seedUser(clone.database.sql);
  await clone.database.sql`
    update users set status = 'deleted', deleted_at = now() - interval '31 days' where id = ${user}`;
  const placed = await run('retention', 'hold', '--reason', 'Matter 11');
  const id = placed.stdout.trim();
  expect(jsonLines((await run('retention', 'holds', '--json')).stdout)).toMatchObject([
    { id, reason: 'Matter 11', userId: null, releasedAt: null },
  ]);
  const dry = await run('retention', 'run', '--dry-run', '--json');
  expect(dry.code).toBe(0);
  const counted = jsonLines(dry.stdout);
  expect(counted).toHaveLength(9);
  expect(counted).toContainEqual(
    expect.objectContaining({ subject: 'deleted accounts', count: 0, held: 1 }),
  );
  expect((await run('retention', 'release', id)).code).toBe(0);
  expect((await run('retention', 'release', id)).code).toBe(1);
  expect((await run('retention', 'run')).stdout).toMatch(/deleted accounts .* 1 removed/);
  expect((await run('retention', 'read-archive')).code).toBe(2);
  const none = await run('retention', 'read-archive', '--job', id);
  expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('job.not_found') });
});

test('keys are made, listed and revoked over the database', async () => {
  const made = await run('key', 'create', 'Scanner', '--scope', 'documents:write', '--days', '30');
  expect(made.code).toBe(0);
  expect(made.stdout).toMatch(/^dmk_[0-9A-Za-z]{49}\n$/);
  const [key] = jsonLines((await run('key', 'list', '--json')).stdout);
  expect(key).toMatchObject({ name: 'Scanner', scopes: ['documents:write'], revokedAt: null });
  expect((await run('key', 'revoke', String(key?.['id']))).code).toBe(0);
  expect((await run('key', 'revoke', String(key?.['id']))).code).toBe(1);
  expect((await run('key', 'list')).stdout).toContain('revoked');
  const unknown = await run('key', 'create', 'x', '--scope', 'document:read');
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('documents:read') });
  const nobody = await run('key', 'list', '--user', 'nobody@example.test');
  expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining('user.not_found') });
});

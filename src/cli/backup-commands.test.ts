import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startEmbeddedServer } from '#db/embedded/embedded-server.ts';
import { dropDataFolder } from '#db/embedded/server-in-child.ts';
import { silentLogger } from '#kernel/logger.ts';
import { rowHashes } from '#test/support/row-hashes.ts';
import { jsonLines, runDocmill } from '#test/support/run-docmill.ts';
import { type TestDatabase, createTestDatabase, runOn } from '#test/support/test-database.ts';
import { oneOfEach } from '../../test/schema/one-of-each.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

let clone: TestDatabase;
let site: string;
let restored: string;

beforeAll(async () => {
  clone = await createTestDatabase();
  await runOn(clone.ownerUrl, oneOfEach);
  site = await mkdtemp(path.join(tmpdir(), 'docmill-backup-command-'));
  restored = path.join(site, 'restored');
  await writeFile(path.join(site, 'secret-key'), `${'A'.repeat(43)}=\n`);
});

afterAll(async () => {
  await clone.close();
  await dropDataFolder(restored);
  await rm(site, { recursive: true, force: true });
});

test('a server of its own is backed up, and restored into an empty data folder with PostgreSQL inside', async () => {
  const folder = path.join(site, 'backups');
  const backup = await runDocmill(['backup', folder, '--json'], {
    cwd: site,
    env: {
      DATABASE_URL: clone.appUrl,
      DATABASE_DIRECT_URL: clone.ownerUrl,
      DOCMILL_DATA_DIR: site,
    },
  });
  const [taken] = jsonLines(backup.stdout);
  // Two blobs of the test have no bytes: the rest is done, and the exit code says so.
  expect([backup.code, taken?.['blobs']]).toEqual([1, 2]);
  expect(backup.stderr).toContain('missing');

  const options = { cwd: site, env: { DOCMILL_DATA_DIR: restored } };
  const checked = await runDocmill(['restore', folder, '--dry-run'], options);
  expect(checked.stdout).toBe(`${String(taken?.['name'])}\n`);
  expect(checked.stderr).toContain('is whole: ');
  expect(await readdir(site)).not.toContain('restored');
  const done = await runDocmill(['restore', folder, '--json'], options);
  expect(jsonLines(done.stdout)).toMatchObject([{ name: taken?.['name'], rows: taken?.['rows'] }]);
  expect(await readdir(restored)).toContain('secret-key');
  const again = await runDocmill(['restore', folder], options);
  expect([again.code, again.stdout]).toEqual([1, '']);
  expect(again.stderr).toContain('(backup.target_not_empty)');

  const server = await startEmbeddedServer({ dataDir: restored, logger: silentLogger });
  try {
    expect(await rowHashes(server.ownerUrl)).toEqual(await rowHashes(clone.ownerUrl));
    // Beside a Docmill that runs on the folder, which the test stands for.
    const beside = await runDocmill(['backup', path.join(site, 'beside'), '--json'], options);
    expect(jsonLines(beside.stdout)).toMatchObject([{ rows: taken?.['rows'] }]);
  } finally {
    await server.stop();
  }
});

test('a folder without a backup is said to be one', async () => {
  const { code, stderr } = await runDocmill(['restore', path.join(site, 'none')], { cwd: site });
  expect(code).toBe(1);
  expect(stderr).toContain('(backup.not_found)');
  expect(await readdir(site)).not.toContain('data');
});

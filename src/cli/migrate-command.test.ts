import { afterAll, beforeAll, expect, test } from 'vitest';
import { freeTestPort } from '#test/support/free-test-port.ts';
import type { ProgramRun } from '#test/support/run-docmill.ts';
import { runDocmill } from '#test/support/run-docmill.ts';
import { createEmptyDatabase } from '#test/support/test-database.ts';

let db: Awaited<ReturnType<typeof createEmptyDatabase>>;
beforeAll(async () => {
  db = await createEmptyDatabase();
});
afterAll(() => db.close());

const migrate = (...args: string[]): Promise<ProgramRun> =>
  runDocmill(['migrate', ...args], { env: { DATABASE_URL: db.ownerUrl } });

test('migrate previews, applies, checks and undoes', async () => {
  const preview = await migrate('up', '--dry-run');
  expect(preview.stdout).toContain('create table users');
  const before = await migrate('status', '--json');
  expect(JSON.parse(before.stdout)[0]).toMatchObject({ version: 1, state: 'pending' });

  const up = await migrate('up', '--json');
  expect(JSON.parse(up.stdout).steps[0]).toMatchObject({ version: 1 });
  const table = await migrate('status');
  expect(table.stdout).toMatch(/^V001 +foundation +applied +\d{4}-/m);
  const again = await migrate('up');
  expect([again.stdout, again.stderr]).toEqual(['', 'nothing to do\n']);
  const verified = await migrate('verify');
  expect(verified.stdout).toMatch(/^\d+ applied, 0 pending, all files as they were applied\n$/);

  const undo = await migrate('down', '--to', '0', '--dry-run');
  expect(undo.stdout).toContain('drop table');
  const still = await migrate('verify');
  expect(still.stdout).toBe(verified.stdout);
  for (const run of [preview, before, up, table, again, verified, undo, still]) {
    expect(run.code, run.stderr).toBe(0);
  }
});

test('a database that cannot be reached ends with 69 and shows no password', async () => {
  const port = await freeTestPort();
  const { code, stdout, stderr } = await runDocmill(['migrate', 'status'], {
    env: { DATABASE_URL: `postgres://docmill:geheim@127.0.0.1:${port}/docmill` },
  });
  expect(stderr).toContain('(db.unavailable)');
  expect(stderr).not.toContain('geheim');
  expect([code, stdout]).toEqual([69, '']);
});

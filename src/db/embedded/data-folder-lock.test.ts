import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataFolder } from './data-folder-lock.ts';

let folder: string;
let lockFile: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docmill-lock-'));
  lockFile = path.join(folder, 'pg18.lock');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('a second lock in the same process is refused and names the process', async () => {
  const lock = await lockDataFolder(lockFile);
  await expect(lockDataFolder(lockFile)).rejects.toMatchObject({
    code: 'embedded.data_folder_in_use',
    message: expect.stringContaining(`process ${process.pid}`),
  });
  lock.release();
});

test('a released lock can be taken again, and release may be called twice', async () => {
  const first = await lockDataFolder(lockFile);
  first.release();
  first.release();
  const second = await lockDataFolder(lockFile);
  second.release();
});

test('the lock of another process holds until that process is killed', async () => {
  const module = path.join(import.meta.dirname, 'data-folder-lock.ts');
  const code = `const { lockDataFolder } = await import(${JSON.stringify(module)});
    await lockDataFolder(${JSON.stringify(lockFile)}); console.log('held'); process.stdin.resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  await expect(lockDataFolder(lockFile)).rejects.toMatchObject({ details: { pid: child.pid } });
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = await lockDataFolder(lockFile);
  lock.release();
});

test('of many that start at once exactly one gets the lock', async () => {
  const tries = await Promise.allSettled(Array.from({ length: 5 }, () => lockDataFolder(lockFile)));
  const won = tries.filter((outcome) => outcome.status === 'fulfilled');
  expect(won).toHaveLength(1);
  for (const outcome of won) outcome.value.release();
});

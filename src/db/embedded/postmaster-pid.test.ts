import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { assert, integer, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import {
  findPidHolder,
  isAlive,
  parsePostmasterPid,
  readPostmasterPid,
  servedFolder,
} from './postmaster-pid.ts';

test('a complete pid file gives pid, port and status', () => {
  const text = '4711\n/data/pg18\n1700000000\n54321\n\n127.0.0.1\n  123 456\nready   \n';
  expect(parsePostmasterPid(text)).toEqual({ pid: 4711, port: 54_321, status: 'ready' });
});

test('a pid file that is still being written has an unknown status', () => {
  expect(parsePostmasterPid('4711\n/data/pg18\n')).toEqual({
    pid: 4711,
    port: 0,
    status: 'unknown',
  });
});

test('any text is either refused or gives a positive pid', () => {
  assert(
    property(string(), (text) => {
      const parsed = parsePostmasterPid(text);
      expect(parsed === null || parsed.pid > 0).toBe(true);
    }),
  );
});

test('what PostgreSQL writes is read back for any pid and port', () => {
  assert(
    property(integer({ min: 1, max: 4_194_304 }), integer({ min: 1, max: 65_535 }), (pid, port) => {
      const text = `${pid}\n/d\n1\n${port}\n\n127.0.0.1\n 1 2\nstopping\n`;
      expect(parsePostmasterPid(text)).toEqual({ pid, port, status: 'stopping' });
    }),
  );
});

test('a folder without a pid file has no postmaster', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'docmill-pid-'));
  expect(await readPostmasterPid(folder)).toBeNull();
  await writeFile(path.join(folder, 'postmaster.pid'), '');
  expect(await readPostmasterPid(folder)).toBeNull();
  await rm(folder, { recursive: true });
});

test('the served folder is read from a command line, blanks included', () => {
  expect(servedFolder('/opt/a b/bin/postgres -D /data x/pg18 -c port=1')).toBe('/data x/pg18');
  expect(servedFolder('/opt/bin/postgres -D /data/pg18')).toBe('/data/pg18');
  expect(servedFolder('postgres: checkpointer ')).toBeNull();
  expect(servedFolder('/usr/bin/vim /data/postgres')).toBeNull();
});

test('a process of another program is a stranger, and dead once it has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const pid = child.pid ?? 0;
  expect(await findPidHolder(pid, '/data/pg18')).toBe('stranger');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await isAlive(pid)).toBe(false);
  expect(await findPidHolder(pid, '/data/pg18')).toBe('dead');
});

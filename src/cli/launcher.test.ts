import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runDocmill } from '#test/support/run-docmill.ts';

/** A Node of this machine that cannot run the product itself, but must be able to start it. */
function findOlderNode(): string | null {
  for (const node of ['/usr/bin/node', '/usr/local/bin/node']) {
    const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
    if (status === 0 && Number(/^v(\d+)/.exec(stdout)?.[1]) < 24) return node;
  }
  return null;
}

const olderNode = findOlderNode();

test('an older Node starts the product under the Node that the project brings', async (context) => {
  if (olderNode === null) context.skip('no Node older than 24 is installed on this machine');
  const node = olderNode ?? '';
  const { code, stdout, stderr } = await runDocmill(['--version'], { node });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const wrong = await runDocmill(['serve', '--roles', 'cook'], { node });
  expect(wrong.code).toBe(2);
});

test('SIGTERM to the launcher stops the server behind it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'docmill-launcher-'));
  const launcher = path.resolve(import.meta.dirname, '../../bin/docmill.mjs');
  const child = spawn(process.execPath, [launcher, 'serve', '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], DOCMILL_DATA_DIR: folder, DOCMILL_SAMPLES: 'false' },
  });
  let log = '';
  const address = new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      const found = /Docmill is ready: (http\S+)/.exec(log);
      if (found?.[1]) resolve(found[1]);
    });
    child.on('exit', () => reject(new Error(`ended too early:\n${log}`)));
  });
  const url = await address;
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  rmSync(folder, { recursive: true, force: true });
});

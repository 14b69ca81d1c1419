import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { eventually } from '#test/support/eventually.ts';
import { freeTestPort } from '#test/support/free-test-port.ts';
import type { Bench } from './bench.ts';
import { underLimit } from './figure.ts';
import { makeTurn, takeTurns } from './take-turns.ts';

const launcher = path.resolve(import.meta.dirname, '../bin/docmill.mjs');
const limitSeconds = 3;

export const startBench: Bench = {
  name: 'start',
  summary: 'cold start with the embedded database, from the second run on',
  async run({ folder, runs, say }) {
    const dataDir = path.join(folder, 'start');
    say('start: the first run, which makes the database');
    await startOnce(dataDir);
    say(`start: ${runs} further runs`);
    const turn = makeTurn(() => startOnce(dataDir));
    await takeTurns(runs, [turn]);
    return [underLimit('start.second_run', 's', turn.median(), limitSeconds)];
  },
};

/** Seconds from the spawn of the launcher to the first answered request. */
async function startOnce(dataDir: string): Promise<number> {
  const port = await freeTestPort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [launcher, 'serve'], {
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      DOCMILL_DATA_DIR: dataDir,
      DOCMILL_PORT: String(port),
      DOCMILL_SAMPLES: 'false',
      DOCMILL_SIGN_IN: 'off',
    },
  });
  try {
    const url = `http://127.0.0.1:${port}/v1/documents`;
    await eventually('the first answer', () => answers(child, url), 60_000);
    return (performance.now() - startedAt) / 1000;
  } finally {
    await stop(child);
  }
}

async function answers(child: ChildProcess, url: string): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

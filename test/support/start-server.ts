import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const launcher = path.resolve(import.meta.dirname, '../../src/main.ts');

export interface TestServer {
  /** Such as `http://127.0.0.1:41234`. */
  url: string;
  dataDir: string;
  pid: number;
  /** What it wrote to standard error so far. */
  log(): string;
  /** Sends a signal and resolves with the exit code, or the signal's name, when the process is gone. */
  kill(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

export interface ServerOptions {
  /** Keep using a folder of an earlier server; by default a new one that `stopServer` removes. */
  dataDir?: string;
  env?: Record<string, string>;
  args?: readonly string[];
}

/** Starts the real program as a process of its own on a free port and waits until it says it is ready. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'docmill-test-')));
  const child = spawn(process.execPath, [launcher, 'serve', ...(options.args ?? [])], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      DOCMILL_DATA_DIR: dataDir,
      DOCMILL_PORT: '0',
      DOCMILL_SAMPLES: 'false',
      // Tests of other things ask as the owner; those of accounts say `required`.
      DOCMILL_SIGN_IN: 'off',
      ...options.env,
    },
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const url = await waitForAddress(child, () => log);
  return {
    url,
    dataDir,
    pid: child.pid ?? 0,
    log: () => log,
    kill: (signal) => end(child, signal),
  };
}

/** A supervisor waits 30 s; a shared machine may need longer. */
const stopLimitMs = 45_000;

/**
 * Stops a server in the ordinary way and removes its folder. One that does not stop is killed, with what it wrote last:
 * how the program stops is tested where it is started and stopped for that.
 */
export async function stopServer(server: TestServer): Promise<void> {
  const limit = setTimeout(() => {
    console.warn(`the server does not stop and is killed:\n${server.log().slice(-2_000)}`);
    void server.kill('SIGKILL');
  }, stopLimitMs);
  await server.kill('SIGTERM');
  clearTimeout(limit);
  await rm(server.dataDir, { recursive: true, force: true, maxRetries: 5 });
}

function waitForAddress(child: ChildProcess, log: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const found = /Docmill is ready: (http\S+)/.exec(log());
      if (found?.[1]) resolve(found[1]);
    };
    child.stderr?.on('data', look);
    child.on('exit', (code) => {
      reject(new Error(`the server ended with ${code} before it was ready:\n${log()}`));
    });
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve(child.exitCode ?? child.signalCode);
      return;
    }
    child.on('exit', (code, by) => resolve(code ?? by));
    child.kill(signal);
  });
}

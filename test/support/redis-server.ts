import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { eventually } from './eventually.ts';
import { freeTestPort } from './free-test-port.ts';

/** A throw-away Redis that can be hurt. */
export interface TestRedis {
  readonly url: string;
  /** Runs one command on a connection of its own. */
  run(...command: readonly string[]): Promise<unknown>;
  /** Ends the process at once; what it held is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** True when Redis (Debian package redis-server) is on this machine. */
export function redisInstalled(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0;
}

/** For titles of tests that are skipped without Redis. */
export const whyNoRedis = redisInstalled() ? '' : ' (skipped: redis-server is not installed)';

export async function startRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docmill-redis-'));
  const port = await freeTestPort();
  let child = await launch(port, folder);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    run: (name = '', ...args) => withClient(port, (client) => client.call(name, ...args)),
    kill,
    async restart() {
      child = await launch(port, folder);
    },
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A Redis of which nothing reaches the disk. */
async function launch(port: number, folder: string): Promise<ChildProcess> {
  const settings = { port, bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('redis-server', args, { stdio: 'ignore' });
  await eventually('Redis to answer', () =>
    withClient(port, (client) => client.ping()).then(
      () => true,
      () => false,
    ),
  );
  return child;
}

async function withClient<Result>(
  port: number,
  work: (client: Redis) => Promise<Result>,
): Promise<Result> {
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    client.disconnect();
  }
}

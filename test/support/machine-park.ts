import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type TestServer, startServer } from './start-server.ts';

const program = path.resolve(import.meta.dirname, '../../src/main.ts');

/** A process of the installation that can be killed and started again. */
export interface Machine {
  readonly name: string;
  /** Of an API process its address; it changes with every start. */
  url(): string | undefined;
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** `docmill serve --roles api` on a free port. */
export async function startApiMachine(
  name: string,
  dataDir: string,
  env: Record<string, string>,
): Promise<Machine> {
  const launch = (): Promise<TestServer> => startServer({ dataDir, env, args: ['--roles', 'api'] });
  let server: TestServer | undefined = await launch();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = server;
    server = undefined;
    await ending?.kill(signal);
  };
  return {
    name,
    url: () => server?.url,
    kill: () => end('SIGKILL'),
    async restart() {
      server = await launch();
    },
    stop: () => end('SIGTERM'),
  };
}

/** `docmill work`. */
export function startWorkMachine(
  name: string,
  dataDir: string,
  env: Record<string, string>,
): Machine {
  const launch = (): ChildProcess =>
    spawn(process.execPath, [program, 'work'], {
      stdio: 'ignore',
      env: { PATH: process.env['PATH'], DOCMILL_DATA_DIR: dataDir, ...env },
    });
  let child = launch();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    name,
    url: () => undefined,
    kill: () => end('SIGKILL'),
    restart: () => {
      child = launch();
      return Promise.resolve();
    },
    stop: () => end('SIGTERM'),
  };
}

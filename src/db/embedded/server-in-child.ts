import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { findPidHolder, readPostmasterPid } from './postmaster-pid.ts';

/** For tests: an embedded server started by a Node process of its own, which can then be killed. */
export interface ServerInChild {
  node: ChildProcess;
  pid: number;
  adminUrl: string;
  appUrl: string;
  /** Resolves with the exit code of the Node process. */
  ended: Promise<number | null>;
}

export interface ChildOptions {
  uid?: number;
  gid?: number;
  /** A command the Node process is run through, such as `['setpriv', '--bounding-set=…', '--']`. */
  through?: readonly string[];
  /** The application folder whose launcher is used; this one by default. */
  appFolder?: string;
  /** Makes the child the leader of a process group, as a shell does. */
  ownGroup?: boolean;
}

const thisApp = path.resolve(import.meta.dirname, '../../..');
const report = z.union([
  z.object({ pid: z.number(), adminUrl: z.string(), appUrl: z.string() }),
  z.object({ code: z.string(), message: z.string() }),
]);

/** The end of stdin stops the server; SIGINT is ignored, so that a test can see what it did to the server. */
const script = (appFolder: string, dataDir: string): string => `
const { startEmbeddedServer } = await import(${JSON.stringify(`${appFolder}/src/db/embedded/embedded-server.ts`)});
const { silentLogger } = await import(${JSON.stringify(`${appFolder}/src/kernel/logger.ts`)});
try {
  const server = await startEmbeddedServer({ dataDir: ${JSON.stringify(dataDir)}, logger: silentLogger });
  process.on('SIGINT', () => {});
  process.stdin.on('end', () => server.stop().then(() => process.exit(0))).resume();
  console.log(JSON.stringify(server));
} catch (error) {
  console.log(JSON.stringify({ code: String(error.code), message: error.message }));
  process.exit(1);
}`;

/** Spawns the Node process; `line` is what it reports. */
export function spawnServerChild(dataDir: string, options: ChildOptions = {}): ChildProcess {
  const [program, ...before] = [...(options.through ?? []), process.execPath];
  const code = script(options.appFolder ?? thisApp, dataDir);
  return spawn(program, [...before, '--input-type=module', '-e', code], {
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: options.ownGroup ?? false,
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.gid ?? options.uid }),
  });
}

/** Resolves when the server is up; rejects with the code and message of the AppError in the child. */
export async function startServerInChild(
  dataDir: string,
  options: ChildOptions = {},
): Promise<ServerInChild> {
  const node = spawnServerChild(dataDir, options);
  const ended = new Promise<number | null>((resolve) => node.once('exit', resolve));
  if (node.stdout === null) throw new Error('the child has no stdout');
  for await (const line of createInterface({ input: node.stdout })) {
    const said = report.parse(JSON.parse(line));
    if ('code' in said) throw new Error(`${said.code}: ${said.message}`);
    return { node, ended, ...said };
  }
  throw new Error('the child ended without a word');
}

/** Kills a server left on a data folder and removes the folder. */
export async function dropDataFolder(dataDir: string): Promise<void> {
  const cluster = path.join(dataDir, 'pg18');
  const left = await readPostmasterPid(cluster).catch(() => null);
  if (left !== null && (await findPidHolder(left.pid, cluster)) === 'our_postmaster') {
    process.kill(left.pid, 'SIGKILL');
  }
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { walledCommand } from './walled-command.ts';

const run = promisify(execFile);

/** Which walls of the operating system this host can put around a child, and how. */
export interface HostWalls {
  /** How a child loses the network: in a namespace of its own, made by root or by any user. */
  network: 'namespace' | 'user_namespace' | 'none';
  /** Whether a child runs under a user id that owns nothing, with the single right to read files. */
  ownUser: boolean;
  /** Whether the kernel limits memory, processor time, files and core dumps of a child. */
  limits: boolean;
  /** Whether the number of processes of a child can be limited: only where it has a user or a namespace of its own. */
  processes: boolean;
  /** Whether set-uid programs give a child no further rights. */
  noNewPrivileges: boolean;
  /** Absolute paths of the programs from util-linux that raise the walls. */
  tools: Readonly<Record<WallTool, string | undefined>>;
}

export type WallTool = 'unshare' | 'setpriv' | 'prlimit';

const toolFolders = ['/usr/bin', '/bin', '/usr/sbin', '/sbin', '/usr/local/bin'];
const probeMs = 5_000;
/** The bit of CAP_KILL: without it root could not end a child of another user. */
const killBit = 5n;

/** A host that has nothing but what Node and the watchdogs of the pool give. */
export const noHostWalls: HostWalls = {
  network: 'none',
  ownUser: false,
  limits: false,
  processes: false,
  noNewPrivileges: false,
  tools: { unshare: undefined, setpriv: undefined, prlimit: undefined },
};

let found: Promise<HostWalls> | undefined;

/** The walls of this host, found out once a process by trying them. Never throws: what fails is absent. */
export function findHostWalls(): Promise<HostWalls> {
  found ??= process.platform === 'linux' ? probe() : Promise.resolve(noHostWalls);
  return found;
}

async function probe(): Promise<HostWalls> {
  const tools = {
    unshare: findTool('unshare'),
    setpriv: findTool('setpriv'),
    prlimit: findTool('prlimit'),
  };
  const isRoot = process.geteuid?.() === 0;
  let walls: HostWalls = { ...noHostWalls, tools };
  const add = async (more: Partial<HostWalls>): Promise<boolean> => {
    const higher = { ...walls, ...more };
    if (!(await works(higher))) return false;
    walls = higher;
    return true;
  };
  await add({ limits: true });
  await add({ noNewPrivileges: true });
  if (!(isRoot && (await add({ network: 'namespace' })))) await add({ network: 'user_namespace' });
  // Inside a user namespace of its own there is no other user to become.
  if (isRoot && walls.network !== 'user_namespace' && mayKillOthers()) await add({ ownUser: true });
  if (walls.ownUser || walls.network === 'user_namespace') await add({ processes: true });
  return walls;
}

/** Tried with Node itself: a wall through which it cannot start is none. */
async function works(walls: HostWalls): Promise<boolean> {
  const walled = walledCommand(walls, process.execPath, ['--version'], {
    memoryMb: 512,
    cpuSeconds: 60,
  });
  if (walled === undefined) return false;
  try {
    await run(walled.command, walled.args, { env: {}, timeout: probeMs, killSignal: 'SIGKILL' });
    return true;
  } catch {
    return false;
  }
}

function findTool(name: WallTool): string | undefined {
  return toolFolders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

function mayKillOthers(): boolean {
  const effective = /^CapEff:\s+([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return effective !== undefined && ((BigInt(`0x${effective}`) >> killBit) & 1n) === 1n;
}

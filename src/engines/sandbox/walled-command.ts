import type { HostWalls, WallTool } from './host-walls.ts';

/** How much a child may take from the kernel before it is stopped there. */
export interface WallBounds {
  /** The resident size at which the host kills the child; the kernel stops it some way above. */
  memoryMb: number;
  /** Processor time over the life of the child, all threads together. */
  cpuSeconds: number;
}

export interface WalledCommand {
  command: string;
  args: string[];
}

/** Node sets more than half of a GiB aside for each thread that runs JavaScript, never touches it, and the kernel counts it. */
const setAsideMb = 2_048;
const openFilesAtMost = 256;
/** Node and its engines have some twenty threads. */
const processesAtMost = 96;
/** After the signal that asks it to end, the kernel gives a child this long. */
const graceSeconds = 5;
const firstUserId = 1_900_000_000;
const usersPerHost = 1_000;

let users = 0;

/**
 * The command that raises the walls of this host and then becomes the program: the process id stays, no
 * process is added. Undefined when a wall needs a tool that the host lacks.
 */
export function walledCommand(
  walls: HostWalls,
  program: string,
  args: readonly string[],
  bounds: WallBounds,
): WalledCommand | undefined {
  const wanted = [
    networkArgs(walls),
    privilegeArgs(walls),
    // Last: the tools before it are free to open what they need.
    walls.limits ? limitArgs(walls, bounds) : undefined,
  ].filter((step) => step !== undefined);
  const steps: string[] = [];
  for (const { tool, options } of wanted) {
    const path = walls.tools[tool];
    if (path === undefined) return undefined;
    steps.push(path, ...options, '--');
  }
  const [command = program, ...rest] = [...steps, program, ...args];
  return { command, args: rest };
}

interface Step {
  tool: WallTool;
  options: string[];
}

function networkArgs({ network }: HostWalls): Step | undefined {
  if (network === 'none') return undefined;
  return { tool: 'unshare', options: network === 'namespace' ? ['--net'] : ['--user', '--net'] };
}

function privilegeArgs({ ownUser, noNewPrivileges }: HostWalls): Step | undefined {
  if (!ownUser && !noNewPrivileges) return undefined;
  const options = noNewPrivileges ? ['--no-new-privs'] : [];
  if (!ownUser) return { tool: 'setpriv', options };
  const id = nextUserId();
  // The files of the store belong to the host's user, so the child keeps the right to read, and nothing else.
  const rights = ['--inh-caps', '--ambient-caps', '--bounding-set'].map(
    (set) => `${set}=-all,+dac_read_search`,
  );
  return {
    tool: 'setpriv',
    // access(2) asks with the real user and would forget the right to read; libvips calls it.
    options: [
      ...options,
      '--securebits=+no_setuid_fixup',
      `--reuid=${id}`,
      `--regid=${id}`,
      '--clear-groups',
      ...rights,
    ],
  };
}

function limitArgs({ processes }: HostWalls, { memoryMb, cpuSeconds }: WallBounds): Step {
  const dataBytes = (Math.ceil(memoryMb) + setAsideMb) * 2 ** 20;
  const cpu = Math.max(1, Math.ceil(cpuSeconds));
  return {
    tool: 'prlimit',
    options: [
      `--data=${dataBytes}`,
      `--cpu=${cpu}:${cpu + graceSeconds}`,
      '--fsize=0',
      '--core=0',
      `--nofile=${openFilesAtMost}`,
      ...(processes ? [`--nproc=${processesAtMost}`] : []),
    ],
  };
}

/** No two children of this machine share a user, so that each has its whole number of processes. */
function nextUserId(): number {
  users = (users + 1) % usersPerHost;
  return firstUserId + (process.pid % 200_000) * usersPerHost + users;
}

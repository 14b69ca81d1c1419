import { isProcessAlive } from '#kernel/process-alive.ts';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** What a server writes about itself into `postmaster.pid` of its data directory. */
export interface PostmasterPid {
  pid: number;
  port: number;
  status: 'starting' | 'ready' | 'stopping' | 'unknown';
}

/** Who has the pid of a pid file: nobody, the server of this very data directory, someone else, or we cannot tell. */
export type PidHolder = 'dead' | 'our_postmaster' | 'stranger' | 'unknown';

const run = promisify(execFile);

/** Reads the file of a data directory; null when there is none or it is not complete. */
export async function readPostmasterPid(cluster: string): Promise<PostmasterPid | null> {
  try {
    return parsePostmasterPid(await readFile(path.join(cluster, 'postmaster.pid'), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Lines by PostgreSQL's pidfile.h: pid, data directory, start time, port, socket folder, address, memory key, status. */
export function parsePostmasterPid(text: string): PostmasterPid | null {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = positiveInteger(lines[0]);
  if (pid === null) return null;
  const status = lines[7];
  const known = status === 'starting' || status === 'ready' || status === 'stopping';
  return { pid, port: positiveInteger(lines[3]) ?? 0, status: known ? status : 'unknown' };
}

function positiveInteger(digits: string | undefined): number | null {
  return digits !== undefined && /^[1-9]\d{0,9}$/.test(digits) ? Number(digits) : null;
}

/**
 * Tells whether the pid of a pid file still is the server of `cluster` (absolute, links resolved).
 * After a restart of a machine or container the same number often belongs to something else.
 */
export async function findPidHolder(pid: number, cluster: string): Promise<PidHolder> {
  if (!(await isAlive(pid))) return 'dead';
  if (process.platform === 'win32') return 'unknown';
  const commandLine = await readCommandLine(pid);
  return commandLine !== null && servedFolder(commandLine) === cluster
    ? 'our_postmaster'
    : 'stranger';
}

/** The data directory in a postmaster's command line; null when it is not a postmaster's. */
export function servedFolder(commandLine: string): string | null {
  return /(?:^|\/)postgres -D (.+?)(?= -\w |\s*$)/.exec(commandLine)?.[1] ?? null;
}

/** False also for a zombie: in a container nobody may ever collect it. */
export async function isAlive(pid: number): Promise<boolean> {
  if (!isProcessAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return false;
  }
}

async function readCommandLine(pid: number): Promise<string | null> {
  try {
    // The command line is open to everyone, /proc/<pid>/exe only to root with sys_ptrace or the same user.
    if (process.platform === 'linux') {
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ').trim();
    }
    return (await run('ps', ['-ww', '-o', 'command=', '-p', `${pid}`])).stdout.trim();
  } catch {
    return null;
  }
}

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ChildProcess } from 'node:child_process';
import { AppError } from '#kernel/app-error.ts';
import type { Logger } from '#kernel/logger.ts';
import type { ClusterFolder } from './cluster-folder.ts';
import { giveToFolderOwner } from './folder-owner.ts';
import { fileSize, readLogTail, rotateLog } from './log-tail.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { findPidHolder, isAlive, readPostmasterPid } from './postmaster-pid.ts';
import type { RunAs } from './run-as.ts';
import { postmasterParameters } from './server-settings.ts';
import { spawnAs } from './spawn-as.ts';

export interface PostmasterLaunch {
  folder: ClusterFolder;
  binaries: PostgresBinaries;
  runAs: RunAs;
  port: number;
  settings: Readonly<Record<string, string>>;
  /** A pid in a left-over pid file that is known not to be this server. */
  strangerPid: number | null;
}

export type LaunchOutcome =
  | { kind: 'ready'; pid: number; child: ChildProcess }
  /** `log` holds the last lines the server wrote. */
  | { kind: 'failed'; log: string };

const run = promisify(execFile);
const pollMs = 5;
/** Recovery after a crash replays at most max_wal_size, seconds to minutes on a slow disk. */
const readyWithinMs = 300_000;
const fastStopWithinMs = 60_000;

/**
 * Starts the server and resolves when it accepts connections or has given up. It gets its own session,
 * so that Ctrl-C in the terminal reaches Docmill only, which then stops it in order.
 * Throws `embedded.start_failed` when it neither starts nor ends.
 */
export async function launchPostmaster(launch: PostmasterLaunch): Promise<LaunchOutcome> {
  const { cluster, log } = launch.folder;
  await rotateLog(log);
  const logStart = await fileSize(log);
  const child = await spawnPostmaster(launch);
  const { pid } = child;
  if (pid === undefined) return { kind: 'failed', log: await spawnFailure(child) };
  // Node collects the exit status by itself, so a child that has ended is not taken for alive.
  if (await waitUntilReady(cluster, pid)) return { kind: 'ready', pid, child };
  return { kind: 'failed', log: await readLogTail(log, logStart) };
}

/**
 * Resolves to true when the server `pid` accepts connections, to false when it has ended instead.
 * Throws `embedded.start_failed` when it does neither within five minutes.
 */
export async function waitUntilReady(cluster: string, pid: number): Promise<boolean> {
  const deadline = Date.now() + readyWithinMs;
  while (await isAlive(pid)) {
    const file = await readPostmasterPid(cluster);
    if (file?.pid === pid && file.status === 'ready') return true;
    if (Date.now() > deadline) {
      throw new AppError(
        'embedded.start_failed',
        `The embedded PostgreSQL, process ${pid}, was not ready within five minutes. Its log is ${cluster}.log.`,
      );
    }
    await pause(pollMs);
  }
  return false;
}

/**
 * Fast shutdown: open transactions are rolled back, a checkpoint is written. Resolves when the process has
 * gone. After a minute it is told to stop at once, which costs a recovery at the next start and no data.
 */
export async function stopPostmaster(
  pid: number,
  folder: ClusterFolder,
  binaries: PostgresBinaries,
  logger: Logger,
): Promise<void> {
  // The server may have died long ago and its pid may belong to someone else by now.
  const holder = await findPidHolder(pid, folder.cluster);
  if (holder === 'dead' || holder === 'stranger') return;
  await sendStop('fast', pid, folder, binaries);
  if (await waitUntilGone(pid, folder.cluster, fastStopWithinMs)) return;
  logger.warn({ pid }, 'embedded.stop_forced');
  await sendStop('immediate', pid, folder, binaries);
  await waitUntilGone(pid, folder.cluster, fastStopWithinMs);
}

/** Resolves to true when the server has ended, to false after `withinMs`. */
async function waitUntilGone(pid: number, cluster: string, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (await isAlive(pid)) {
    // On Windows a pid may be reused at once; a pid file that has gone or changed tells the same.
    if (process.platform === 'win32' && (await readPostmasterPid(cluster))?.pid !== pid)
      return true;
    if (Date.now() > deadline) return false;
    await pause(pollMs);
  }
  return true;
}

async function spawnPostmaster(launch: PostmasterLaunch): Promise<ChildProcess> {
  const { cluster, log } = launch.folder;
  const sink = await open(log, 'a', 0o600);
  try {
    await giveToFolderOwner(log);
    const parameters = postmasterParameters(cluster, launch.port, launch.settings);
    const child = spawnAs(launch.runAs, launch.binaries.postgres, parameters, {
      stdio: ['ignore', sink.fd, sink.fd],
      detached: true,
      // PostgreSQL takes a pid file for stale when it names this process. It then replaces the file itself,
      // but only after checking that no shared memory of an earlier server is in use: safer than removing it.
      env: launch.strangerPid === null ? {} : { PG_GRANDPARENT_PID: `${launch.strangerPid}` },
    });
    child.unref();
    return child;
  } finally {
    await sink.close();
  }
}

async function spawnFailure(child: ChildProcess): Promise<string> {
  const reasons: unknown[] = await once(child, 'error');
  return String(reasons[0]);
}

async function sendStop(
  mode: 'fast' | 'immediate',
  pid: number,
  folder: ClusterFolder,
  binaries: PostgresBinaries,
): Promise<void> {
  try {
    if (process.platform === 'win32') {
      await run(binaries.pgCtl, ['stop', '-D', folder.cluster, '-m', mode, '-W']);
    } else {
      process.kill(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    }
  } catch (error) {
    // It has ended by itself already.
    if (await isAlive(pid)) throw error;
  }
}

import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '#kernel/app-error.ts';
import type { Logger } from '#kernel/logger.ts';
import { readCredentials, writeCredentials } from './cluster-credentials.ts';
import type { ClusterCredentials } from './cluster-credentials.ts';
import type { ClusterFolder } from './cluster-folder.ts';
import { findFreePort } from './free-port.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { findPidHolder, readPostmasterPid } from './postmaster-pid.ts';
import { launchPostmaster, stopPostmaster, waitUntilReady } from './postmaster-process.ts';
import type { RunAs } from './run-as.ts';

/** All it takes to run the server of one data folder. */
export interface PostmasterSite {
  folder: ClusterFolder;
  binaries: PostgresBinaries;
  runAs: RunAs;
  logger: Logger;
  settings: Readonly<Record<string, string>>;
}

export interface RunningPostmaster {
  pid: number;
  credentials: ClusterCredentials;
  /** null when adopted. */
  child: ChildProcess | null;
}

/** `keep_port`: somebody uses the address already, so that a port taken by others is a failure. */
type PortRule = 'keep_port' | 'may_move';

const portAttempts = 5;
/** How long the processes of a killed server may take to notice its death. */
const remainsWithinMs = 10_000;
const retryMs = 50;

/**
 * Takes over the server that a killed Docmill left running on the cluster, or launches one. Call it with
 * the data folder locked: nobody else starts or stops a server here meanwhile.
 * Throws `embedded.start_failed` with the last lines of the server's log.
 */
export async function adoptOrLaunch(
  site: PostmasterSite,
  portRule: PortRule = 'may_move',
): Promise<RunningPostmaster> {
  const { cluster, credentials: file } = site.folder;
  const credentials = await readCredentials(file);
  const left = await readPostmasterPid(cluster);
  if (left === null) return launch(site, credentials, null, portRule);
  const holder = await findPidHolder(left.pid, cluster);
  if (holder === 'our_postmaster') {
    const stopping = left.status === 'stopping';
    const adopted = stopping ? null : await adopt(site, left.pid, credentials);
    if (adopted !== null) return adopted;
    // Half-way through a shutdown, perhaps a slow one that waits for its clients.
    await stopPostmaster(left.pid, site.folder, site.binaries, site.logger);
  }
  const stranger = holder === 'stranger' || holder === 'unknown' ? left.pid : null;
  if (stranger !== null) site.logger.warn({ pid: stranger }, 'embedded.stale_pid_file');
  return launch(site, credentials, stranger, portRule);
}

/** null when the server ended instead of becoming ready. */
async function adopt(
  site: PostmasterSite,
  pid: number,
  credentials: ClusterCredentials,
): Promise<RunningPostmaster | null> {
  const { cluster, credentials: file } = site.folder;
  if (!(await waitUntilReady(cluster, pid))) return null;
  const port = (await readPostmasterPid(cluster))?.port;
  const current = await keepPort(file, credentials, port ?? credentials.port);
  return { pid, credentials: current, child: null };
}

async function launch(
  site: PostmasterSite,
  first: ClusterCredentials,
  strangerPid: number | null,
  portRule: PortRule,
): Promise<RunningPostmaster> {
  const attempts = portRule === 'keep_port' ? 1 : portAttempts;
  const deadline = Date.now() + remainsWithinMs;
  let credentials = first;
  for (let attempt = 1; ;) {
    const outcome = await launchPostmaster({ ...site, port: credentials.port, strangerPid });
    if (outcome.kind === 'ready') return { pid: outcome.pid, credentials, child: outcome.child };
    if (isPortTaken(outcome.log) && attempt < attempts) {
      attempt += 1;
      credentials = await keepPort(site.folder.credentials, credentials, await findFreePort());
    } else if (hasRemains(outcome.log) && Date.now() < deadline) {
      await pause(retryMs);
    } else {
      throw startFailed(site.folder, outcome.log);
    }
  }
}

async function keepPort(
  file: string,
  credentials: ClusterCredentials,
  port: number,
): Promise<ClusterCredentials> {
  if (port === credentials.port) return credentials;
  const moved = { ...credentials, port };
  await writeCredentials(file, moved);
  return moved;
}

// The server runs with LC_ALL=C, so its messages are English.
function isPortTaken(log: string): boolean {
  return /could not bind .*(in use|Permission denied)|could not create any TCP\/IP sockets/.test(
    log,
  );
}

/** After kill -9 of the server its backends may live on for a moment and hold the shared memory. */
function hasRemains(log: string): boolean {
  return /pre-existing shared memory block/.test(log);
}

function startFailed(folder: ClusterFolder, log: string): AppError {
  const said = log === '' ? 'It wrote nothing to its log.' : `It said:\n${log}`;
  return new AppError(
    'embedded.start_failed',
    `The embedded PostgreSQL of ${folder.dataDir} did not start. ${said}`,
    { details: { log: folder.log } },
  );
}

import { randomUUID } from 'node:crypto';
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#kernel/app-error.ts';
import { syncFolder } from '#kernel/durable-file.ts';
import { newCredentials, superuserName, writeCredentials } from './cluster-credentials.ts';
import type { ClusterFolder } from './cluster-folder.ts';
import { findFreePort } from './free-port.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import type { RunAs } from './run-as.ts';
import { spawnAs } from './spawn-as.ts';

const temporaryPrefix = 'pg-initdb-';

/**
 * Makes a new cluster. It appears under its name by one rename when it is complete, so a kill at any point
 * leaves either nothing or a cluster with its credentials. Call it with the data folder locked.
 * Throws `embedded.start_failed` with initdb's own words.
 */
export async function createCluster(
  folder: ClusterFolder,
  binaries: PostgresBinaries,
  runAs: RunAs,
): Promise<void> {
  const credentials = newCredentials(await findFreePort());
  const temporary = path.join(folder.dataDir, `${temporaryPrefix}${randomUUID()}`);
  const cluster = path.join(temporary, 'data');
  const passwordFile = path.join(temporary, 'password');
  try {
    await mkdir(cluster, { recursive: true, mode: 0o700 });
    await writeFile(passwordFile, credentials.superuserPassword, { mode: 0o600, flag: 'wx' });
    for (const entry of runAs === null ? [] : [temporary, cluster, passwordFile]) {
      await chown(entry, runAs?.uid ?? 0, runAs?.gid ?? 0);
    }
    await initialise(binaries, runAs, cluster, passwordFile);
    // The credentials first: a cluster without them would be of no use.
    await writeCredentials(folder.credentials, credentials);
    await rename(cluster, folder.cluster);
    await syncFolder(folder.dataDir);
  } finally {
    await removeTree(temporary);
  }
}

/** Removes what an interrupted `createCluster` left behind. Call it with the data folder locked. */
export async function removeUnfinishedClusters(folder: ClusterFolder): Promise<void> {
  for (const name of await readdir(folder.dataDir)) {
    if (name.startsWith(temporaryPrefix)) await removeTree(path.join(folder.dataDir, name));
  }
}

async function removeTree(tree: string): Promise<void> {
  // An initdb whose parent was killed may still be writing: try again while the folder fills up.
  await rm(tree, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

/**
 * The text search parser takes letters and punctuation from the C library: under plain `C` every character
 * beyond ASCII counts as a letter, and “Hello” with curly quotes cannot be found as hello. Plain `C` is the
 * last resort for a system that has neither of the others.
 */
const characterLocales = ['C.UTF-8', 'en_US.UTF-8', 'C'];

async function initialise(
  binaries: PostgresBinaries,
  runAs: RunAs,
  cluster: string,
  passwordFile: string,
): Promise<void> {
  let said = '';
  for (const locale of characterLocales) {
    const parameters = initdbParameters(cluster, passwordFile, locale);
    const outcome = await runInitdb(binaries, runAs, parameters);
    if (outcome.ok) return;
    said = outcome.said;
    if (!said.includes('invalid locale')) break;
  }
  throw new AppError(
    'embedded.start_failed',
    `A new database could not be made in ${cluster}. initdb said:\n${said}`,
  );
}

function initdbParameters(cluster: string, passwordFile: string, locale: string): string[] {
  return [
    `--pgdata=${cluster}`,
    `--username=${superuserName}`,
    `--pwfile=${passwordFile}`,
    '--auth-host=scram-sha-256',
    '--auth-local=scram-sha-256',
    '--encoding=UTF8',
    // The builtin provider sorts and folds the same on every machine and does not hang on a library version.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    `--lc-ctype=${locale}`,
    '--data-checksums',
  ];
}

function runInitdb(
  binaries: PostgresBinaries,
  runAs: RunAs,
  parameters: readonly string[],
): Promise<{ ok: boolean; said: string }> {
  return new Promise((resolve) => {
    const child = spawnAs(runAs, binaries.initdb, parameters, {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString('utf8')).slice(-4_000);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', (error) => resolve({ ok: false, said: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, said: said.trim() }));
  });
}

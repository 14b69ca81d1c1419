import { mkdir, readFile, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#kernel/app-error.ts';
import { isRoot } from './folder-owner.ts';
import { embeddedMajor } from './postgres-binaries.ts';

/** Where things are inside a data folder; all absolute, links resolved. */
export interface ClusterFolder {
  dataDir: string;
  /** PostgreSQL's own data directory. */
  cluster: string;
  credentials: string;
  log: string;
  lock: string;
}

const clusterName = `pg${embeddedMajor}`;

/** Makes the data folder when it is missing. Throws `embedded.start_failed` when that is not allowed. */
export async function openClusterFolder(dataDir: string): Promise<ClusterFolder> {
  try {
    // As root, PostgreSQL runs as another user, who must be able to pass through (not to list).
    await mkdir(dataDir, { recursive: true, mode: isRoot() ? 0o711 : 0o700 });
    // The resolved path is what a running server has on its command line, see postmaster-pid.ts.
    const folder = await realpath(dataDir);
    const inside = (name: string): string => path.join(folder, name);
    return {
      dataDir: folder,
      cluster: inside(clusterName),
      credentials: inside(`${clusterName}.json`),
      log: inside(`${clusterName}.log`),
      lock: inside(`${clusterName}.lock`),
    };
  } catch (cause) {
    throw new AppError(
      'embedded.start_failed',
      `The data folder ${dataDir} cannot be made or entered. Choose another one, or change its owner.`,
      { cause },
    );
  }
}

/**
 * Resolves to whether a cluster of our major version is there.
 * Throws `embedded.wrong_version` for one of another major: starting beside it would look like lost data.
 */
export async function findCluster(folder: ClusterFolder): Promise<boolean> {
  const majors = (await readdir(folder.dataDir))
    .map((name) => /^pg(\d+)$/.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number);
  const ours = majors.includes(embeddedMajor);
  const newer = majors.find((major) => major > embeddedMajor);
  const other = newer ?? (ours ? undefined : majors[0]);
  if (other !== undefined) throw wrongVersion(path.join(folder.dataDir, `pg${other}`), `${other}`);
  if (!ours) return false;
  const written = await writtenVersion(folder.cluster);
  if (written !== `${embeddedMajor}`) throw wrongVersion(folder.cluster, written);
  return true;
}

async function writtenVersion(cluster: string): Promise<string> {
  try {
    return (await readFile(path.join(cluster, 'PG_VERSION'), 'utf8')).trim();
  } catch (cause) {
    throw new AppError(
      'embedded.start_failed',
      `${cluster} is not a readable PostgreSQL data directory: PG_VERSION cannot be read. ` +
        'Start Docmill as the user who owns it, or restore the folder from a backup.',
      { cause },
    );
  }
}

function wrongVersion(where: string, found: string): AppError {
  return new AppError(
    'embedded.wrong_version',
    `${where} was written by PostgreSQL ${found}; this Docmill brings PostgreSQL ${embeddedMajor}. ` +
      'Start the Docmill version that wrote it and export there, or choose another data folder.',
    { details: { found, expected: `${embeddedMajor}` } },
  );
}

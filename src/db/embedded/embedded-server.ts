import { stat } from 'node:fs/promises';
import type { Logger } from '#kernel/logger.ts';
import { adoptOrLaunch } from './adopt-or-launch.ts';
import type { PostmasterSite, RunningPostmaster } from './adopt-or-launch.ts';
import { adminUrl, appUrl, ownerUrl } from './cluster-credentials.ts';
import { findCluster, openClusterFolder } from './cluster-folder.ts';
import type { ClusterFolder } from './cluster-folder.ts';
import { provisionCluster } from './cluster-roles.ts';
import { createCluster, removeUnfinishedClusters } from './create-cluster.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import type { DataFolderLock } from './data-folder-lock.ts';
import { giveFolderTo, isRoot } from './folder-owner.ts';
import { restoreLibraryLinks } from './library-links.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { PostmasterKeeper } from './postmaster-keeper.ts';
import { stopPostmaster } from './postmaster-process.ts';
import { chooseRunAs } from './run-as.ts';

export interface EmbeddedServerOptions {
  /** Made when missing; holds the cluster (`pg18`), its credentials, log and lock. */
  dataDir: string;
  logger: Logger;
  /** Names of postgresql.conf, over our defaults. An adopted server keeps what it was started with. */
  settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedServer {
  /** `docmill_owner` on database `docmill`: migrations. */
  ownerUrl: string;
  /** `docmill_app` on database `docmill`: everything at run time. */
  appUrl: string;
  /** The superuser on database `postgres`: tests and maintenance. */
  adminUrl: string;
  /** Such as `18.4`. */
  version: string;
  /** Changes when the server died and was started again. */
  readonly pid: number;
  /** True when the server was running already, left by a Docmill that was killed. */
  adopted: boolean;
  /** Shuts the server down, waits for its end and releases the data folder. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that comes with Docmill on a data folder, making a cluster at the first start, and
 * resolves when roles and database are there. Until `stop` a server that dies is started again on the same port.
 * A kill of Docmill, of PostgreSQL or of both at any moment is made good by the next call. Throws `embedded.unavailable`, `embedded.data_folder_in_use`,
 * `embedded.wrong_version` or `embedded.start_failed`.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const binaries = findPostgresBinaries();
  await restoreLibraryLinks(binaries.packageFolder);
  const folder = await openClusterFolder(options.dataDir);
  const lock = await lockDataFolder(folder.lock);
  try {
    const { logger, settings = {} } = options;
    const site = await prepareSite(folder, binaries, logger, settings);
    const running = await adoptOrLaunch(site);
    const version = await provisionOrStop(site, running);
    return describeServer(site, running, version, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function describeServer(
  site: PostmasterSite,
  running: RunningPostmaster,
  version: string,
  lock: DataFolderLock,
): EmbeddedServer {
  const { credentials, child } = running;
  const adopted = child === null;
  const keeper = new PostmasterKeeper(site, running);
  site.logger.info(
    { pid: keeper.pid, port: credentials.port, version, adopted },
    'embedded.started',
  );
  return {
    ownerUrl: ownerUrl(credentials),
    appUrl: appUrl(credentials),
    adminUrl: adminUrl(credentials),
    version,
    get pid() {
      return keeper.pid;
    },
    adopted,
    stop: () => keeper.stop().finally(() => lock.release()),
  };
}

async function provisionOrStop(site: PostmasterSite, running: RunningPostmaster): Promise<string> {
  try {
    return await provisionCluster(site.folder.credentials, running.credentials);
  } catch (error) {
    await stopPostmaster(running.pid, site.folder, site.binaries, site.logger);
    throw error;
  }
}

async function prepareSite(
  folder: ClusterFolder,
  binaries: PostgresBinaries,
  logger: Logger,
  settings: Readonly<Record<string, string>>,
): Promise<PostmasterSite> {
  const runAs = await chooseRunAs({
    cluster: folder.cluster,
    dataDir: folder.dataDir,
    programs: [binaries.initdb, binaries.postgres],
  });
  await removeUnfinishedClusters(folder);
  if (!(await findCluster(folder))) {
    logger.info({ cluster: folder.cluster }, 'embedded.creating');
    await createCluster(folder, binaries, runAs);
  } else if (isRoot() && (await stat(folder.cluster)).uid === 0) {
    // A cluster restored from a backup by root: PostgreSQL insists on owning its folder.
    await giveFolderTo(runAs, folder.cluster);
  }
  return { folder, binaries, runAs, logger, settings };
}

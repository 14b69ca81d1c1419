import path from 'node:path';
import type { BlobStore } from '#blobs/blob-store.ts';
import type { Database } from '#db/database.ts';
import { appUrl, ownerUrl, readCredentials } from '#db/embedded/cluster-credentials.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { Logger } from '#kernel/logger.ts';
import type { Config } from '../config.ts';
import { loadConfig, readEnvironment } from '../config.ts';
import { createLogger } from '../create-logger.ts';
import { openBlobStore } from '../open-blob-store.ts';
import type { DatabaseServer } from '../open-database.ts';
import { connectDatabase, migrateDatabase, openDatabaseServer } from '../open-database.ts';

/** What a command of the people who run Docmill works with. */
export interface Maintenance {
  config: Config;
  database: Database;
  logger: Logger;
}

/**
 * Runs `work` on the configured database, also while a server runs on it: then its embedded PostgreSQL is
 * used, otherwise it is started and brought up to date for the time of the command.
 */
export async function withMaintenance<Result>(
  work: (maintenance: Maintenance) => Promise<Result>,
): Promise<Result> {
  const config = loadConfig(readEnvironment());
  const logger = createLogger(config.DOCMILL_LOG_LEVEL === 'debug' ? 'debug' : 'warn');
  const server = await openOrJoinServer(config, logger, (opened) =>
    migrateDatabase(opened, logger),
  );
  try {
    const database = connectDatabase(config, server, logger);
    try {
      return await work({ config, database, logger });
    } finally {
      await database.close();
    }
  } finally {
    await server.stop();
  }
}

/**
 * The configured database: the embedded PostgreSQL of a Docmill that runs, or one started for the command, for which
 * `prepare` is called. Throws what opening throws, and `prepare`.
 */
export async function openOrJoinServer(
  config: Config,
  logger: Logger,
  prepare: (server: DatabaseServer) => Promise<void>,
): Promise<DatabaseServer> {
  try {
    const server = await openDatabaseServer(config, logger);
    await prepare(server).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    return server;
  } catch (error) {
    if (!isAppError(error, 'embedded.data_folder_in_use')) throw error;
    const credentials = await readCredentials(path.join(config.dataDir, 'pg18.json'));
    return {
      appUrl: appUrl(credentials),
      ownerUrl: ownerUrl(credentials),
      embedded: null,
      stop: async () => undefined,
    };
  }
}

/** As `withMaintenance`, with the store of bytes beside the database. */
export function withStoredBytes<Result>(
  work: (maintenance: Maintenance & { blobs: BlobStore }) => Promise<Result>,
): Promise<Result> {
  return withMaintenance(async (maintenance) => {
    const store = await openBlobStore(maintenance.config);
    try {
      return await work({ ...maintenance, blobs: store.blobs });
    } finally {
      store.close();
    }
  });
}

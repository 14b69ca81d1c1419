import type { Config } from './config.ts';
import type { Database } from '#db/database.ts';
import { createDatabase } from '#db/create-database.ts';
import type { EmbeddedServer } from '#db/embedded/embedded-server.ts';
import { startEmbeddedServer } from '#db/embedded/embedded-server.ts';
import { readMigrations } from '#db/migrate/migration-file.ts';
import { migrateUp } from '#db/migrate/run-migrations.ts';
import type { Logger } from '#kernel/logger.ts';
import { systemActor } from '#features/identity/index.ts';
import { constraintErrors } from './constraint-messages.ts';
import { productPaths } from './product-paths.ts';

/** Where PostgreSQL is, and how to let go of it. */
export interface DatabaseServer {
  /** For the running program: a role without rights over the schema. */
  appUrl: string;
  /** For migrations and LISTEN: straight to the server, as the owner of the schema. */
  ownerUrl: string;
  embedded: EmbeddedServer | null;
  stop(): Promise<void>;
}

/** Starts the embedded server, or takes the one that is configured. */
export async function openDatabaseServer(config: Config, logger: Logger): Promise<DatabaseServer> {
  if (config.DATABASE_URL !== undefined) {
    return {
      appUrl: config.DATABASE_URL,
      ownerUrl: config.DATABASE_DIRECT_URL ?? config.DATABASE_URL,
      embedded: null,
      stop: async () => undefined,
    };
  }
  const embedded = await startEmbeddedServer({ dataDir: config.dataDir, logger });
  return {
    appUrl: embedded.appUrl,
    ownerUrl: embedded.ownerUrl,
    embedded,
    stop: () => embedded.stop(),
  };
}

/** Brings the schema up to date. Safe when many processes start at once. */
export async function migrateDatabase(server: DatabaseServer, logger: Logger): Promise<void> {
  const migrations = await readMigrations(productPaths.migrations);
  const report = await migrateUp(server.ownerUrl, migrations);
  logger.info({ report }, 'database.migrated');
}

/** Pools for the running program. */
export function connectDatabase(config: Config, server: DatabaseServer, logger: Logger): Database {
  return createDatabase({
    url: server.appUrl,
    // The owner's address is only needed for LISTEN when a pooler stands in front of the app's.
    directUrl: server.embedded === null ? config.DATABASE_DIRECT_URL : undefined,
    poolSize: config.DATABASE_POOL_SIZE,
    prepare: config.DATABASE_PREPARE,
    connectionUses: config.DATABASE_CONNECTION_USES,
    connectionAgeMs: config.DATABASE_CONNECTION_MINUTES * 60_000,
    logStatements: config.DATABASE_LOG_QUERIES,
    constraintErrors,
    // Work that names nobody is the program's own: claiming, sweeping, listening.
    defaultActor: systemActor,
    logger,
  });
}

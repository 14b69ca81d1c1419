import type { BlobStore } from '#blobs/blob-store.ts';
import type { Database } from '#db/database.ts';
import { readMigrations } from '#db/migrate/migration-file.ts';
import { migrateUp, verifyMigrations } from '#db/migrate/run-migrations.ts';
import type { Engines } from '#engines/create-engines.ts';
import { createEngines } from '#engines/create-engines.ts';
import { AppError } from '#kernel/app-error.ts';
import type { Config } from '../config.ts';
import { loadConfig, readEnvironment } from '../config.ts';
import { createLogger } from '../create-logger.ts';
import { openBlobStore } from '../open-blob-store.ts';
import { connectDatabase, openDatabaseServer } from '../open-database.ts';
import { productPaths } from '../product-paths.ts';

export interface ImportSession {
  config: Config;
  database: Database;
  blobs: BlobStore;
  engines: Engines;
  maxUploadBytes: number;
}

/**
 * Opens what the configuration names, runs `work` and closes it again. With `readOnly` the schema is not touched:
 * a database that is not up to date is refused.
 */
export async function withImportSession<Result>(
  options: { readOnly: boolean },
  work: (session: ImportSession) => Promise<Result>,
): Promise<Result> {
  const config = loadConfig(readEnvironment());
  const logger = createLogger(config.DOCMILL_LOG_LEVEL === 'debug' ? 'debug' : 'error');
  const server = await openDatabaseServer(config, logger);
  const closing: (() => Promise<void>)[] = [() => server.stop()];
  try {
    await prepareSchema(server.ownerUrl, options.readOnly);
    const database = connectDatabase(config, server, logger);
    closing.push(() => database.close());
    const store = await openBlobStore(config);
    closing.push(async () => store.close());
    const engines = await createEngines({
      limits: {
        memoryMb: config.DOCMILL_ENGINE_MEMORY_MB,
        timeoutMs: config.DOCMILL_ENGINE_TIMEOUT_SECONDS * 1_000,
        maxPixels: config.DOCMILL_MAX_PIXELS,
      },
      ocr: config.DOCMILL_OCR_ENGINE,
      concurrency: 1,
      logger,
    });
    closing.push(() => engines.close());
    const { maxUploadBytes } = config;
    return await work({ config, database, blobs: store.blobs, engines, maxUploadBytes });
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

async function prepareSchema(ownerUrl: string, readOnly: boolean): Promise<void> {
  const migrations = await readMigrations(productPaths.migrations);
  if (!readOnly) {
    await migrateUp(ownerUrl, migrations);
    return;
  }
  const { pending } = await verifyMigrations(ownerUrl, migrations);
  if (pending === 0) return;
  throw new AppError(
    'migration.missing',
    'The database is not up to date, and nothing is to be written. Run "docmill migrate up" first.',
  );
}

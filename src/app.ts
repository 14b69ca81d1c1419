import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createLocalBlobStore } from '#blobs/local-blob-store.ts';
import type { BlobStore } from '#blobs/blob-store.ts';
import type { Database } from '#db/database.ts';
import type { Engines } from '#engines/create-engines.ts';
import { createEngines } from '#engines/create-engines.ts';
import { BlobSweeper } from '#features/documents/index.ts';
import { createExtractionHandlers } from '#features/extraction/index.ts';
import type { JobBells } from '#features/jobs/index.ts';
import { JobFeed, cancelChannel, jobChannel, queueChannel } from '#features/jobs/index.ts';
import { PageImageCache } from '#features/zones/index.ts';
import { createServer } from '#http/server.ts';
import type { JobId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import type { Service } from '#kernel/service.ts';
import { createBell } from '#queue/bell.ts';
import { Worker } from '#queue/worker.ts';
import type { Config } from './config.ts';
import { describeSystem } from './describe-system.ts';
import type { DatabaseServer } from './open-database.ts';
import { connectDatabase, migrateDatabase, openDatabaseServer } from './open-database.ts';
import { processorCount } from './processor-count.ts';
import { productPaths } from './product-paths.ts';
import { productVersion } from './product-version.ts';
import { importSamples } from './sample-import.ts';

export type Role = 'api' | 'worker';

/** A running Docmill: everything one process holds. */
export interface App {
  /** Where the API listens; null for a process without the role `api`. */
  address: string | null;
  database: Database;
  worker: Worker | null;
  /** Stops taking requests and work, lets running work finish or hands it back, and closes everything. */
  stop(): Promise<void>;
}

/**
 * The composition root: config → objects. Throws what starting the parts throws; what was started
 * before is stopped again.
 */
export async function startApp(
  config: Config,
  logger: Logger,
  roles: readonly Role[] = ['api', 'worker'],
): Promise<App> {
  const cleanups: (() => Promise<void>)[] = [];
  let serving = true;
  const stop = async (): Promise<void> => {
    serving = false;
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  };
  try {
    const server = await openDatabaseServer(config, logger);
    cleanups.push(() => server.stop());
    await migrateDatabase(server, logger);
    const parts = await buildParts(config, logger, server);
    cleanups.push(() => parts.close());
    const startService = async (service: Service): Promise<void> => {
      cleanups.push(() => service.stop());
      await service.start();
    };
    await startService(new BlobSweeper({ ...parts, logger }));
    const worker = roles.includes('worker') ? await startWorker(config, parts, startService) : null;
    const api = roles.includes('api')
      ? await startApi(config, parts, startService, () => serving)
      : null;
    // At the same time: a supervisor waits 30 s for requests and work together.
    cleanups.push(async () => {
      await Promise.all([api?.http.close(), worker?.stop()]);
    });
    if (roles.includes('api') && config.DOCMILL_SAMPLES) await importSamples(parts, logger);
    return { address: api?.address ?? null, database: parts.database, worker, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Parts {
  server: DatabaseServer;
  database: Database;
  blobs: BlobStore;
  engines: Engines;
  bells: JobBells;
  maxUploadBytes: number;
  maxFiles: number;
  logger: Logger;
  close(): Promise<void>;
}

async function buildParts(config: Config, logger: Logger, server: DatabaseServer): Promise<Parts> {
  const database = connectDatabase(config, server, logger);
  const engines = await createEngines({
    limits: {
      memoryMb: config.DOCMILL_ENGINE_MEMORY_MB,
      timeoutMs: config.DOCMILL_ENGINE_TIMEOUT_SECONDS * 1_000,
      maxPixels: config.DOCMILL_MAX_PIXELS,
    },
    ocr: config.DOCMILL_OCR_ENGINE,
    concurrency: config.DOCMILL_WORKER_CONCURRENCY ?? processorCount(),
    logger,
  });
  return {
    server,
    database,
    engines,
    blobs: createLocalBlobStore({ folder: path.join(config.dataDir, 'blobs') }),
    bells: {
      queue: createBell(database, queueChannel, logger),
      jobs: createBell(database, jobChannel, logger),
      cancel: createBell(database, cancelChannel, logger),
    },
    maxUploadBytes: config.maxUploadBytes,
    maxFiles: config.DOCMILL_MAX_FILES,
    logger,
    async close() {
      await engines.close();
      await database.close();
    },
  };
}

async function startWorker(
  config: Config,
  parts: Parts,
  startService: (service: Service) => Promise<void>,
): Promise<Worker> {
  const cores = config.DOCMILL_WORKER_CONCURRENCY ?? processorCount();
  const worker = new Worker({
    database: parts.database,
    bell: parts.bells.queue,
    handlers: createExtractionHandlers({
      ...parts,
      settings: { languages: config.DOCMILL_OCR_LANGUAGES, maxPages: config.DOCMILL_MAX_PAGES },
    }),
    // More ranges than text children keep those reading while other ranges are being stored.
    concurrency: { classify: 2, preprocess: cores + 1, ocr: cores, validate: 2 },
    version: productVersion,
    logger: parts.logger,
  });
  await startService(worker);
  const unlisten = await parts.bells.cancel.listen((id) => worker.abortJob(asId<JobId>(id)));
  await startService({ name: 'cancel', start: async () => undefined, stop: unlisten });
  return worker;
}

async function startApi(
  config: Config,
  parts: Parts,
  startService: (service: Service) => Promise<void>,
  isServing: () => boolean,
): Promise<{ address: string; http: FastifyInstance }> {
  const feed = new JobFeed(parts.database, parts.bells.jobs, parts.logger);
  await startService(feed);
  const cacheFolder = path.join(config.dataDir, 'cache', 'pages');
  const http: FastifyInstance = await createServer({
    version: productVersion,
    publicHosts: publicHosts(config),
    webFolder: productPaths.web,
    logger: parts.logger,
    deps: {
      ...parts,
      feed,
      cache: new PageImageCache(cacheFolder, 2 * 1024 ** 3, parts.logger),
      isServing,
      checkDatabase: async () => {
        await parts.database.sql`select 1`;
      },
      describeSystem: () => describeSystem(config, parts),
    },
  });
  try {
    const address = await http.listen({ host: config.DOCMILL_HOST, port: config.DOCMILL_PORT });
    return { address, http };
  } catch (error) {
    await http.close();
    throw error;
  }
}

function publicHosts(config: Config): string[] {
  const hosts = [config.DOCMILL_HOST];
  if (config.DOCMILL_PUBLIC_URL !== undefined) {
    hosts.push(new URL(config.DOCMILL_PUBLIC_URL).hostname);
  }
  return hosts;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { BlobStore } from '#blobs/blob-store.ts';
import { createLocalBlobStore } from '#blobs/local-blob-store.ts';
import type { Database } from '#db/database.ts';
import type { Engines } from '#engines/create-engines.ts';
import { createEngines } from '#engines/create-engines.ts';
import { createExtractionHandlers } from '#features/extraction/index.ts';
import type { JobBells } from '#features/jobs/index.ts';
import { JobFeed, cancelChannel, jobChannel, queueChannel } from '#features/jobs/index.ts';
import { PageImageCache } from '#features/zones/index.ts';
import type { RouteDeps } from '#http/server.ts';
import { createServer } from '#http/server.ts';
import type { Logger } from '#kernel/logger.ts';
import { silentLogger } from '#kernel/logger.ts';
import type { ReadingSettings } from '#pipeline/reading-settings.ts';
import type { StageEngines } from '#pipeline/stage.ts';
import { createBell } from '#queue/bell.ts';
import { Worker } from '#queue/worker.ts';
import { constraintErrors } from '../../src/constraint-messages.ts';
import { productPaths } from '../../src/product-paths.ts';
import { createTestDatabase } from './test-database.ts';

/** The parts of the product inside the test's process, over a database and a blob folder of their own. */
export interface TestParts {
  database: Database;
  /** As the owner of the schema, for what the run-time role may not do. */
  ownerUrl: string;
  blobs: BlobStore;
  engines: Engines;
  bells: JobBells;
  cache: PageImageCache;
  maxUploadBytes: number;
  maxFiles: number;
  logger: Logger;
  /** For caches and the like; removed by `close`. */
  folder: string;
  close(): Promise<void>;
}

/** Engines start their children only when they are used, so a test that reads nothing pays nothing. */
export async function openParts(): Promise<TestParts> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docmill-test-'));
  const testDatabase = await createTestDatabase({ constraintErrors });
  const { database, ownerUrl } = testDatabase;
  const logger = silentLogger;
  const engines = await createEngines({
    limits: { memoryMb: 1_024, timeoutMs: 60_000, maxPixels: 60_000_000 },
    ocr: 'auto',
    concurrency: 1,
    logger,
  });
  return {
    database,
    ownerUrl,
    blobs: createLocalBlobStore({ folder: path.join(folder, 'blobs') }),
    engines,
    bells: {
      queue: createBell(database, queueChannel, logger),
      jobs: createBell(database, jobChannel, logger),
      cancel: createBell(database, cancelChannel, logger),
    },
    cache: new PageImageCache(path.join(folder, 'pages'), 2 ** 30, logger),
    maxUploadBytes: 1024 * 1024,
    maxFiles: 100,
    logger,
    folder,
    async close() {
      await engines.close();
      await testDatabase.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A worker over the real stages that runs nothing until `tick` or `start`. */
export function makeWorker(
  parts: TestParts,
  changes: { engines?: StageEngines; settings?: Partial<ReadingSettings> } = {},
): Worker {
  return new Worker({
    database: parts.database,
    bell: parts.bells.queue,
    handlers: createExtractionHandlers({ ...parts, settings: {}, ...changes }),
    concurrency: { classify: 1, preprocess: 2, ocr: 1, validate: 1 },
    version: 'test',
    logger: parts.logger,
  });
}

/** Ticks until there is nothing left to claim; needs no listening worker. */
export async function workOff(worker: Worker): Promise<void> {
  while ((await worker.tick()) > 0) await worker.idle();
}

export interface TestApp {
  http: FastifyInstance;
  /** Such as `http://127.0.0.1:41234`. */
  url: string;
  feed: JobFeed;
  close(): Promise<void>;
}

/** The HTTP edge listening on a free port; `changes` replaces what the routes are given. */
export async function startApp(
  parts: TestParts,
  changes: Partial<RouteDeps> = {},
  webFolder: string = productPaths.web,
): Promise<TestApp> {
  const feed = new JobFeed(parts.database, parts.bells.jobs, parts.logger);
  await feed.start();
  const http = await createServer({
    version: 'test',
    publicHosts: ['docs.example.test'],
    webFolder,
    logger: pino({ level: 'silent' }),
    deps: {
      ...parts,
      feed,
      isServing: () => true,
      checkDatabase: async () => {
        await parts.database.sql`select 1`;
      },
      describeSystem: () => Promise.reject(new Error('not part of this test')),
      ...changes,
    },
  });
  const url = await http.listen({ host: '127.0.0.1', port: 0 });
  return {
    http,
    url,
    feed,
    async close() {
      await http.close();
      await feed.stop();
    },
  };
}
